#include "problems/learning/logistic_regression.hpp"

#include "problems/convex/newton_minimiser.hpp"

namespace optbed {
namespace {

// The largest eigenvalue of the Hessian of the risk: (1/(4m)) A A' at 0.
double logistic_curvature_bound(const Matrix& inputs) {
  return largest_gram_eigenvalue(inputs) / (4 * static_cast<double>(inputs.cols()));
}

}  // namespace

LabelledData generated_data(const LogisticRegressionOptions& options) {
  return generated_labels(options.samples, options.features, options.seed);
}

LogisticRegression::LogisticRegression(const Options& options)
    : LogisticRegression(options.real.are_given()
                             ? labelled_task("logistic_regression", options.real, options.seed)
                             : whole_task(generated_data(options), "generated"),
                         options) {}

LogisticRegression::LogisticRegression(const LearningTask<LabelledData>& task, const Options& options)
    : LogisticRegression(task, regularisation_of(options.lambda, options.kappa, [&] {
                           return logistic_curvature_bound(task.training.inputs);
                         })) {}

LogisticRegression::LogisticRegression(const LabelledData& data, double lambda)
    : LogisticRegression(whole_task(data, "given"), Regularisation{lambda}) {}

LogisticRegression::LogisticRegression(const LearningTask<LabelledData>& task, Regularisation regularisation)
    : LinearClassifier(task, {}, regularisation.lambda) {
  const bool computed = is_worth_computing(dimension(), sample_count());
  facts_ = regularised_risk_facts(
      with_bound(regularisation, computed, [&] { return logistic_curvature_bound(inputs()); }),
      "(largest eigenvalue of A'A)/(4m), the largest eigenvalue of the Hessian at 0");
  if (computed) add_newton_minimum(facts_, *this, start());
}

OptionTable<LogisticRegressionOptions> LogisticRegression::option_table() {
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m, the number of samples")
      .integer("features", &Options::features, at_least(1), "p, the dimension");
  add_regularisation(table, &Options::lambda, &Options::kappa, positive());
  return add_real_data(table, &Options::real, &Options::seed, {"samples", "features"});
}

ProblemEntry logistic_regression_entry() {
  return registry_entry<Problem, LogisticRegression>(
      "logistic_regression", "l2-regularised logistic regression on generated or real data, strongly convex",
      {{"start", "0"},
       {"facts", "mu = lambda, L = lambda + (largest eigenvalue of A'A)/(4m); x* computed by Newton's method"},
       {"source", "Boyd & Vandenberghe 2004, section 7.1.1"}});
}

}  // namespace optbed
