// What is minimised. A problem is immutable and may be shared by threads: its members are const and keep no
// scratch.
#pragma once

#include <span>

#include "problems/facts.hpp"

namespace optbed {

// A function f from R^n to R with its derivatives, start and facts.
class Problem {
 public:
  Problem() = default;
  Problem(const Problem&) = delete;
  Problem& operator=(const Problem&) = delete;
  virtual ~Problem() = default;

  virtual Index dimension() const = 0;
  virtual Vector start() const = 0;  // the standard start (n)

  virtual double value(const Vector& x) const = 0;

  // Writes the gradient (n) into g, which has that size already, and returns f(x).
  virtual double gradient(const Vector& x, Vector& g) const = 0;

  // H (n x n, symmetric, both triangles). Throws std::logic_error where the problem has none.
  virtual bool has_hessian() const { return false; }
  virtual void hessian(const Vector& x, Matrix& H) const;

  // Hv = H(x) v (n), without forming H. Throws std::logic_error where the problem has none.
  virtual bool has_hessian_vector() const { return false; }
  virtual void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const;

  const Facts& facts() const { return facts_; }

 protected:
  Facts facts_;  // filled by the constructor
};

// f(x) = scale |r(x)|^2 with residuals r (m) and Jacobian J (m x n), J_ij = dr_i/dx_j.
// The scale is 1 for the Moré–Garbow–Hillstrom and NIST sets, which write f = sum r_i^2 without a half.
class LeastSquaresProblem : public virtual Problem {
 public:
  virtual Index residual_count() const = 0;
  virtual double scale() const { return 1; }
  virtual void residuals(const Vector& x, Vector& r) const = 0;
  virtual void jacobian(const Vector& x, Matrix& J) const = 0;
};

// f(x) = (1/N) sum_{i=0}^{N-1} f_i(x). Each f_i holds its share of the whole: what stands outside of a
// textbook's sum (a regularisation) is part of every f_i, and a sum without 1/N has it in the scale of its f_i.
class FiniteSumProblem : public virtual Problem {
 public:
  virtual Index sample_count() const = 0;  // N >= 1

  // Writes the mean of the gradients of f_i over the samples i (at least one, each in 0 … N-1, any of them more
  // than once) into g, which has size n already, and returns the mean of f_i(x) over them.
  virtual double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const = 0;
};

// The mean over the samples of |grad f_i(x) - grad f(x)|^2.
double sample_variance(const FiniteSumProblem& f, const Vector& x);

}  // namespace optbed
