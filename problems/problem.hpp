// What is minimised. A problem is immutable and may be shared by threads: its members are const and keep no
// scratch.
#pragma once

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
class LeastSquaresProblem : public Problem {
 public:
  virtual Index residual_count() const = 0;
  virtual double scale() const { return 1; }
  virtual void residuals(const Vector& x, Vector& r) const = 0;
  virtual void jacobian(const Vector& x, Matrix& J) const = 0;
};

}  // namespace optbed
