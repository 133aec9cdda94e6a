// l2-regularised logistic regression (Boyd & Vandenberghe 2004, section 7.1.1):
//   f(x) = (1/m) sum_{i=1}^m log(1 + exp(-b_i a_i'x)) + (lambda/2) |x|^2,   a_i in R^p, b_i = -1 or 1.
// Data: real ones of two classes (learning_task.hpp), or generated: a_i ~ N(0, I), true weights w ~ N(0, I/p),
// b_i = 1 with probability 1/(1 + exp(-a_i'w)).
//
// `kappa` determines lambda = (largest eigenvalue of A'A)/(4m (kappa - 1)), so that L/mu = kappa.
//
// Start 0. With s(z) = 1/(1 + exp(-z)), c_i = b_i a_i and z_i = c_i'x the Hessian is
//   lambda I + (1/m) sum s(z_i) s(-z_i) c_i c_i',   0 < s(z) s(-z) <= 1/4 with equality at z = 0, hence
//   mu = lambda (approached far from the data's kernel, and attained where p > m) and
//   L = lambda + (largest eigenvalue of A'A)/(4m), attained at x = 0.
// Minimiser and minimum have no closed form; they are computed once, by a damped Newton method to full
// precision.
//
// Its samples are the N = m data: f_i(x) = log(1 + exp(-b_i a_i'x)) + (lambda/2) |x|^2.
#pragma once

#include "problems/convex/regularisation.hpp"
#include "problems/learning/linear_classifier.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct LogisticRegressionOptions {
  long samples = 100;
  long features = 10;
  double lambda = 0.01;
  std::optional<double> kappa = {};
  long seed = 1;
  RealDataOptions real = {};
};

LabelledData generated_data(const LogisticRegressionOptions& options);

struct LogisticLosses {
  Loss operator()(Index /*i*/, double z) const { return logistic_loss(z); }
};

class LogisticRegression final : public LinearClassifier<LogisticLosses> {
 public:
  using Options = LogisticRegressionOptions;
  static OptionTable<Options> option_table();

  explicit LogisticRegression(const Options& options = {});

  // lambda > 0. The minimiser and L are computed where p^2 max(m, p) is at most 1e9, and unknown otherwise;
  // L is known too where `kappa` determines lambda.
  LogisticRegression(const LabelledData& data, double lambda);

 private:
  LogisticRegression(const LearningTask<LabelledData>& task, const Options& options);
  LogisticRegression(const LearningTask<LabelledData>& task, Regularisation regularisation);
};

ProblemEntry logistic_regression_entry();

}  // namespace optbed
