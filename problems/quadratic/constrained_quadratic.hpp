// A strongly convex quadratic on an affine set (Nocedal & Wright 2006, (16.3)):
//   f(x) = (1/2) x'H x - q'x  subject to  A x = b,  H (n x n) with spectrum in [1, kappa], A (p x n), p <= n.
// Data: H has random eigenvectors and eigenvalues spaced evenly in the logarithm; A has random orthonormal rows
// scaled by 1 to 2; x* and lambda* ~ N(0, I); q = H x* - A'lambda* and b = A x*. Then (x*, lambda*) solves the
// system H x - A'lambda = q, A x = b, whose matrix is regular: x* is the minimiser, with the multipliers
// lambda*.
//
// Start 0, where the constraints do not hold.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct ConstrainedQuadraticOptions {
  long n = 10;
  long p = 3;
  double kappa = 100;
  long seed = 1;
};

class ConstrainedQuadratic final : public EqualityConstrainedProblem {
 public:
  using Options = ConstrainedQuadraticOptions;
  static OptionTable<Options> option_table();

  explicit ConstrainedQuadratic(const Options& options = {});

  // H symmetric; nothing is declared known.
  ConstrainedQuadratic(Matrix H, Vector q, Matrix A, Vector b);

  Index dimension() const override { return q_.size(); }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  Index constraint_count() const override { return b_.size(); }
  void constraints(const Vector& x, Vector& c) const override;
  void constraint_jacobian(const Vector& x, Matrix& A) const override;
  bool constraints_are_linear() const override { return true; }
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const override;

  const Vector& multipliers() const { return multipliers_; }  // lambda* (p); empty where not known

 private:
  Matrix H_;
  Vector q_;
  Matrix A_;
  Vector b_;
  Vector multipliers_;
};

ProblemEntry constrained_quadratic_entry();

}  // namespace optbed
