// Linear least squares f(theta) = |X theta - y|^2 (no half), X of full column rank.
//
// Data: without options the four points (1, 6), (2, 5), (3, 7), (4, 10) with an intercept,
//   X = [[1,1],[1,2],[1,3],[1,4]], y = (6,5,7,10):
//   the normal equations (4 10; 10 30) theta = (28, 77) give theta* = (3.5, 1.4) with f = 4.2.
// With `samples` generated: X = U diag(s) V' with uniformly random orthonormal columns of U (m x p) and
//   V (p x p), 2 s_i^2 spaced evenly in the logarithm between 2 and 2 kappa; y = X w + noise e, w and e
//   ~ N(0, I).
//
// With `data` real ones (learning_task.hpp), the features of a sample a row of X.
//
// Start 0. The Hessian is 2 X'X: mu and L are its extreme eigenvalues, from the singular values of X, whose
// squares they are, twice; theta* by a QR factorisation of X, whose condition number is the root of that of
// X'X.
//
// Its samples are the N = m rows of X: f_i = N (x_i'theta - y_i)^2, of which f is the mean.
#pragma once

#include "problems/registry.hpp"
#include "problems/regression/linear_least_squares.hpp"

namespace optbed {

struct LinearRegressionOptions {
  std::optional<long> samples;
  long features = 5;
  double noise = 0.1;
  double kappa = 10;
  long seed = 1;
  RealDataOptions real = {};
};

class LinearRegression final : public LinearLeastSquares {
 public:
  using Options = LinearRegressionOptions;
  static OptionTable<Options> option_table();

  explicit LinearRegression(const Options& options = {});

  // X (m x p), y (m). Throws UsageError where X has not full column rank.
  LinearRegression(const Matrix& X, Vector y);

  Index residual_count() const override { return inputs().cols(); }
  void residuals(const Vector& theta, Vector& r) const override;
  void jacobian(const Vector& theta, Matrix& J) const override;

 private:
  explicit LinearRegression(LearningTask<TargetData> task);
};

ProblemEntry linear_regression_entry();

}  // namespace optbed
