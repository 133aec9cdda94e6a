// Robust linear regression (Huber 1964; Huber & Ronchetti 2009, chapter 7) on generated data with outliers:
//   f(x) = (1/m) sum_{i=1}^m h(a_i'x - y_i) + (lambda/2) |x|^2,   a_i in R^p,
//   h(r) = r^2/2 for |r| <= delta,   delta (|r| - delta/2) beyond.
// Data: a_i ~ N(0, I), true weights w ~ N(0, I), y_i = a_i'w + e_i with e_i ~ N(0, 1), and N(0, 100) for a
// share of `outliers` (the contaminated normal distribution of Tukey 1960). delta = 1.345 is the customary
// choice: without outliers its estimate has 95 % of the efficiency of least squares.
//
// Start 0. h'' is 1 inside and 0 outside: f is piecewise quadratic, and
//   L = lambda + (largest eigenvalue of A'A)/m, attained where every |r_i| <= delta;
//   mu = lambda, attained where every |r_i| > delta. lambda = 0 (default): convex, L-smooth, and not strongly
//   convex.
// At |r_i| = delta, hessian() has the inner curvature.
// Minimiser and minimum are computed by a damped Newton method from the least squares solution, which ends in
// the right pieces after finitely many iterations.
//
// Its samples are the N = m data: f_i(x) = h(a_i'x - y_i) + (lambda/2) |x|^2.
#pragma once

#include "problems/convex/regularisation.hpp"
#include "problems/learning/linear_risk.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct HuberRegressionOptions {
  long samples = 100;
  long features = 10;
  double delta = 1.345;
  double outliers = 0.1;
  double lambda = 0;
  std::optional<double> kappa = {};
  long seed = 1;
};

struct HuberLosses {
  Vector y;
  double delta;
  Loss operator()(Index i, double z) const { return huber_loss(z - y[i], delta); }
};

class HuberRegression final : public LinearRisk<HuberLosses> {
 public:
  using Options = HuberRegressionOptions;
  static OptionTable<Options> option_table();

  explicit HuberRegression(const Options& options = {});

  // X (m x p): one a_i a row; y (m), delta > 0, lambda >= 0. L and the minimiser, where it is unique, are
  // computed where p^2 max(m, p) is at most 1e9, and unknown otherwise. Throws UsageError where these do not
  // fit.
  HuberRegression(const Matrix& X, Vector y, double delta, double lambda);

 private:
  struct Data;
  static Data data_of(const Options& options);
  HuberRegression(Data data, double delta);
  HuberRegression(const Matrix& X, Vector y, double delta, Regularisation regularisation);
};

ProblemEntry huber_regression_entry();

}  // namespace optbed
