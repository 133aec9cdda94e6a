// Ridge regression (Hoerl & Kennard 1970), on generated data with a Hessian of a chosen condition number or on
// real data:
//   f(w) = (1/(2m)) |X w - y|^2 + (lambda/2) |w|^2,   X (m x p).
// Data: real ones (learning_task.hpp), the features of a sample a row of X, or generated: X = sqrt(m) U diag(s)
// V' with uniformly random orthonormal columns of U (m x p) and V (p x p) and
//   s_i^2 = h_i - lambda, h_i spaced evenly in the logarithm from 1 to kappa, 0 < lambda <= 1;
//   y = X v + noise e, v and e ~ N(0, I).
// lambda = 1 leaves X with a rank of p - 1: it is the regularisation alone that makes f strongly convex then.
//
// Start 0. The Hessian X'X/m + lambda I = V diag(h) V': mu = 1, L = kappa, whatever lambda;
// of real data its extreme eigenvalues.
// The minimiser solves (X'X/m + lambda I) w = X'y/m. It is computed from the singular values of X, of which the
// condition number is the root of that of X'X: w* = V diag(s_i/(s_i^2 + lambda)) U'y/sqrt(m).
//
// As a least-squares problem it has the m + p residuals ((X w - y)/sqrt(m), sqrt(lambda) w), of scale 1/2; as a
// finite sum the m samples f_i(w) = (1/2)(x_i'w - y_i)^2 + (lambda/2)|w|^2.
#pragma once

#include "problems/registry.hpp"
#include "problems/regression/linear_least_squares.hpp"

namespace optbed {

struct RidgeRegressionOptions {
  long samples = 100;
  long features = 10;
  double lambda = 0.1;
  double kappa = 100;
  double noise = 0.1;
  long seed = 1;
  RealDataOptions real = {};
};

class RidgeRegression final : public LinearLeastSquares {
 public:
  using Options = RidgeRegressionOptions;
  static OptionTable<Options> option_table();

  explicit RidgeRegression(const Options& options = {});

  // X (m x p), y (m), lambda > 0.
  RidgeRegression(const Matrix& X, Vector y, double lambda);

  Index residual_count() const override { return inputs().cols() + inputs().rows(); }
  double scale() const override { return 0.5; }
  void residuals(const Vector& w, Vector& r) const override;
  void jacobian(const Vector& w, Matrix& J) const override;

 private:
  RidgeRegression(LearningTask<TargetData> task, double lambda);
};

ProblemEntry ridge_regression_entry();

}  // namespace optbed
