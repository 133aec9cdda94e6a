// What is minimised. A problem is immutable and may be shared by threads: its members are const and keep no
// scratch.
#pragma once

#include <memory>
#include <span>

#include "problems/facts.hpp"
#include "problems/sparse_rows.hpp"

namespace optbed {

// max |v_i|; NaN where an element is NaN.
double infinity_norm(const Vector& v);

// How good a point is, as the harness judges it.
struct Optimality {
  double value;     // f there
  double residual;  // 0 where the first-order conditions of a minimum hold; what gradient_tolerance is held to
};

// A function f from R^n to R with its derivatives, start and facts, to be minimised on the whole space or, in a
// refinement, subject to constraints.
class Problem {
 public:
  Problem() = default;
  Problem(const Problem&) = delete;
  Problem& operator=(const Problem&) = delete;
  virtual ~Problem() = default;

  virtual Index dimension() const = 0;
  virtual Vector start() const = 0;  // the standard start (n)

  virtual double value(const Vector& x) const = 0;

  // False where f has kinks and offers no subgradient; `gradient` throws std::logic_error then.
  virtual bool has_gradient() const { return true; }

  // Writes the gradient (n), or where f has kinks a subgradient, into g, which has that size already, and
  // returns f(x).
  virtual double gradient(const Vector& x, Vector& g) const = 0;

  // By how much x is outside of the constraints, in the largest component; 0 where there are none.
  virtual bool is_constrained() const { return false; }
  virtual double infeasibility(const Vector& /*x*/) const { return 0; }

  // The residual is |gradient|_inf unless f has kinks or there are constraints; it contains the infeasibility.
  // `scratch` (n) may be written to.
  virtual Optimality optimality(const Vector& x, Vector& scratch) const;

  // H (n x n, symmetric, both triangles). Throws std::logic_error where the problem has none.
  virtual bool has_hessian() const { return false; }
  virtual void hessian(const Vector& x, Matrix& H) const;

  // The same for an H that is mostly zeros. The pattern (n x n, compressed) holds a zero for every element, in
  // both triangles, that is not zero at some x, and takes O(n) memory; H has that pattern already, and its
  // elements are written without allocating. Both throw std::logic_error where the problem has none.
  virtual bool has_sparse_hessian() const { return false; }
  virtual SparseRows sparse_hessian_pattern() const;
  virtual void sparse_hessian(const Vector& x, SparseRows& H) const;

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

// A finite sum over labelled points that a hyperplane is to separate. x separates them where c_i'x > 0 for
// every i: the signed point c_i (n) is the label, -1 or 1, times the point, with a 1 appended where there is a
// threshold.
class LinearClassificationProblem : public FiniteSumProblem {
 public:
  // Writes c_i into c, which has size n already.
  virtual void signed_point(Index i, Vector& c) const = 0;
};

// The mean over the samples of |grad f_i(x) - grad f(x)|^2.
double sample_variance(const FiniteSumProblem& f, const Vector& x);

// x = argmin_x f(x) + |K x - v|^2/(2 t) for a convex f and a linear map K, with what that takes of memory. Made
// by a problem, which outlives it.
class ImplicitStep {
 public:
  ImplicitStep() = default;
  ImplicitStep(const ImplicitStep&) = delete;
  ImplicitStep& operator=(const ImplicitStep&) = delete;
  virtual ~ImplicitStep() = default;

  // v (m) and x (n), which has that size already; t > 0. Allocates nothing.
  virtual void operator()(const Vector& v, double t, Vector& x) = 0;
};

// F(x) = f(x) + g(K x), with f and g convex and K linear (m x n). Both may have kinks, and an indicator (0 on a
// set, infinity outside) is left out of the value: how far x is outside is the infeasibility. What of f is
// available differs: its gradient, where it is smooth; its proximal map; or that with K inside.
class CompositeProblem : public virtual Problem {
 public:
  bool has_gradient() const final { return false; }
  double gradient(const Vector& x, Vector& g) const final;

  // f's value and gradient. Where there is one, facts().lipschitz is its Lipschitz constant.
  // The second and the third throw std::logic_error where there is none.
  virtual bool has_smooth_part() const { return false; }
  virtual double smooth_value(const Vector& x) const;
  virtual double smooth_gradient(const Vector& x, Vector& g) const;

  // The modulus of strong convexity of f; 0 where none is known.
  virtual double strong_convexity_of_f() const { return 0; }

  // The proximal map of f, v (n); and argmin_x f(x) + |K x - v|^2/(2 t), v (m), which is the same where K = I.
  // Null where there is no closed form.
  virtual std::unique_ptr<ImplicitStep> proximal_map_of_f() const { return nullptr; }
  virtual std::unique_ptr<ImplicitStep> implicit_step_through_map() const {
    return map_is_identity() ? proximal_map_of_f() : nullptr;
  }

  // g's value at z (m), and p = argmin_p g(p) + |p - v|^2/(2 t), p and v (m); p may be v.
  virtual double g_value(const Vector& z) const = 0;
  virtual void g_proximal_map(const Vector& v, double t, Vector& p) const = 0;

  // K x (m), K'y (n) and the spectral norm of K. K = I unless a problem says otherwise.
  virtual bool map_is_identity() const { return true; }
  virtual Index map_rows() const { return dimension(); }
  virtual void map(const Vector& x, Vector& Kx) const { Kx = x; }
  virtual void map_transposed(const Vector& y, Vector& Kty) const { Kty = y; }
  virtual double map_norm() const { return 1; }
};

// f(x) subject to c(x) = 0, c from R^n to R^p. Value, gradient and Hessian are those of f.
class EqualityConstrainedProblem : public virtual Problem {
 public:
  virtual Index constraint_count() const = 0;
  virtual void constraints(const Vector& x, Vector& c) const = 0;
  virtual void constraint_jacobian(const Vector& x, Matrix& A) const = 0;  // A (p x n), A_ij = dc_i/dx_j
  virtual bool constraints_are_linear() const { return false; }

  // The Hessian (n x n) in x of the Lagrangian f(x) - lambda'c(x), lambda (p).
  virtual void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const = 0;

  bool is_constrained() const final { return true; }
  double infeasibility(const Vector& x) const override;

  // The residual is the larger of |grad f - A'lambda|_inf, with the lambda that makes its 2-norm least (Nocedal
  // & Wright 2006, (18.21)), and the infeasibility.
  Optimality optimality(const Vector& x, Vector& scratch) const override;
};

}  // namespace optbed
