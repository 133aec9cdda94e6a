#include "problems/regression/huber_regression.hpp"

#include <fmt/format.h>

#include "problems/convex/newton_minimiser.hpp"
#include "problems/decompositions.hpp"
#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

constexpr double outlier_deviation = 10;

double huber_curvature_bound(const Matrix& X) {
  return largest_gram_eigenvalue(X) / static_cast<double>(X.rows());
}

}  // namespace

struct HuberRegression::Data {
  Matrix X;
  Vector y;
  Regularisation regularisation;
};

HuberRegression::Data HuberRegression::data_of(const Options& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  Data data{random.normal_matrix(options.samples, options.features), {}, {}};
  const Vector weights = random.normal_matrix(options.features, 1);
  data.y = data.X * weights;
  for (double& y : data.y) {
    const bool is_outlier = random.uniform() < options.outliers;
    y += (is_outlier ? outlier_deviation : 1) * random.normal();
  }
  data.regularisation =
      regularisation_of(options.lambda, options.kappa, [&] { return huber_curvature_bound(data.X); });
  return data;
}

HuberRegression::HuberRegression(const Options& options) : HuberRegression(data_of(options), options.delta) {}

HuberRegression::HuberRegression(Data data, double delta)
    : HuberRegression(data.X, std::move(data.y), delta, data.regularisation) {}

HuberRegression::HuberRegression(const Matrix& X, Vector y, double delta, double lambda)
    : HuberRegression(X, std::move(y), delta, Regularisation{lambda}) {}

HuberRegression::HuberRegression(const Matrix& X, Vector y, double delta, Regularisation regularisation)
    : LinearRisk(X.transpose(), {std::move(y), delta}, 1 / static_cast<double>(X.rows()),
                 regularisation.lambda) {
  if (X.rows() == 0 || X.cols() == 0 || losses().y.size() != X.rows()) {
    throw UsageError(
        fmt::format("a Huber regression takes X (m x p) and y (m), m and p at least 1, not {} x {} and {}",
                    X.rows(), X.cols(), losses().y.size()));
  }
  if (!(delta > 0))
    throw UsageError(fmt::format("the delta of a Huber regression is more than 0, not {}", delta));
  if (!(regularisation.lambda >= 0)) {
    throw UsageError(
        fmt::format("the lambda of a Huber regression is at least 0, not {}", regularisation.lambda));
  }
  const bool computed = is_worth_computing(dimension(), sample_count());
  facts_ = regularised_risk_facts(
      with_bound(regularisation, computed, [&] { return huber_curvature_bound(X); }),
      "(largest eigenvalue of A'A)/m, as Huber's function has a second derivative of at most 1");
  if (computed) add_newton_minimum(facts_, *this, least_squares_solution(X, losses().y));
}

OptionTable<HuberRegressionOptions> HuberRegression::option_table() {
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m, the number of samples")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("delta", &Options::delta, positive(), "residual from which the loss is linear")
      .real("outliers", &Options::outliers, between(0, 1), "share of the samples with ten times the noise");
  add_regularisation(table, &Options::lambda, &Options::kappa, at_least(0));
  return table.integer("seed", &Options::seed, at_least(0), "of the generated data");
}

ProblemEntry huber_regression_entry() {
  return registry_entry<Problem, HuberRegression>(
      "huber_regression", "robust linear regression on generated data with outliers",
      {{"start", "0"},
       {"facts",
        "L = lambda + (largest eigenvalue of A'A)/m; mu = lambda, convex only for lambda = 0; x* computed by "
        "Newton's method"},
       {"source", "Huber 1964; Huber & Ronchetti 2009, chapter 7"}});
}

}  // namespace optbed
