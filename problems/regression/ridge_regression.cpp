#include "problems/regression/ridge_regression.hpp"

#include <cmath>

#include "problems/decompositions.hpp"
#include "problems/quadratic/spectrum.hpp"

namespace optbed {
namespace {

TargetData generated(const RidgeRegressionOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Index m = options.samples;
  const Index p = options.features;
  const Vector h = spectrum_of(Spectrum::log, p, options.kappa);
  const Vector s = (h.array() - options.lambda).max(0).sqrt();
  const Matrix U = random_orthonormal(m, p, random);
  const Matrix V = random_orthonormal(p, p, random);
  const Matrix X = std::sqrt(static_cast<double>(m)) * U * s.asDiagonal() * V.transpose();
  const Vector weights = random.normal_matrix(p, 1);
  return {X.transpose(), X * weights + options.noise * random.normal_matrix(m, 1)};
}

LearningTask<TargetData> task_of(const RidgeRegressionOptions& options) {
  return options.real.are_given() ? target_task("ridge_regression", options.real, options.seed)
                                  : whole_task(generated(options), "generated");
}

std::string broken_rule(const RidgeRegressionOptions& options, const std::set<std::string>& /*given*/) {
  if (options.real.are_given()) return {};
  if (options.lambda > 1) {
    return fmt::format(
        "lambda = {} is more than mu = 1 of generated data; what lambda leaves of it is the data's",
        options.lambda);
  }
  if (options.samples >= options.features) return {};
  return fmt::format("samples = {} is less than features = {}, too few for the chosen spectrum",
                     options.samples, options.features);
}

}  // namespace

RidgeRegression::RidgeRegression(const Options& options) : RidgeRegression(task_of(options), options.lambda) {}

RidgeRegression::RidgeRegression(const Matrix& X, Vector y, double lambda)
    : RidgeRegression(whole_task(TargetData{X.transpose(), std::move(y)}, "given"), lambda) {}

RidgeRegression::RidgeRegression(LearningTask<TargetData> task, double lambda)
    : LinearLeastSquares(std::move(task), 1 / static_cast<double>(task.training.inputs.cols()), lambda) {
  const Matrix X = inputs().transpose();
  const auto [U, sigma, V] = singular_value_decomposition(X);
  const auto m = static_cast<double>(X.rows());
  const Vector h = (sigma.array().square() / m + lambda).matrix();  // eigenvalues of the Hessian, descending
  const bool has_kernel = X.cols() > X.rows();
  const std::string spectrum = "eigenvalue of X'X/m + lambda I, from the singular values of X";
  facts_.strong_convexity = {has_kernel ? lambda : h[h.size() - 1], "least " + spectrum};
  facts_.lipschitz = {h[0], "greatest " + spectrum};
  facts_.convexity = {Convexity::strongly_convex, "lambda > 0"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.bounded_below = {true, "a sum of squares"};
  const std::string source = "computed: by the singular value decomposition of X";
  Vector minimiser = V * (U.transpose() * losses().y).cwiseProduct(sigma).cwiseQuotient(m * h);
  facts_.minimum = {value(minimiser), source};
  facts_.sample_variance = {optbed::sample_variance(*this, minimiser), "computed: over the samples at w*"};
  facts_.minimisers.push_back({std::move(minimiser), source});
}

void RidgeRegression::residuals(const Vector& w, Vector& r) const {
  const Index m = inputs().cols();
  r.head(m) = -losses().y;
  r.head(m).noalias() += inputs().transpose() * w;
  r.head(m) /= std::sqrt(static_cast<double>(m));
  r.tail(w.size()) = std::sqrt(lambda()) * w;
}

void RidgeRegression::jacobian(const Vector& /*w*/, Matrix& J) const {
  const Index m = inputs().cols();
  J.topRows(m) = inputs().transpose() / std::sqrt(static_cast<double>(m));
  J.bottomRows(dimension()).setZero();
  J.bottomRows(dimension()).diagonal().setConstant(std::sqrt(lambda()));
}

OptionTable<RidgeRegressionOptions> RidgeRegression::option_table() {
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m, the number of samples, at least p")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("lambda", &Options::lambda, positive(), "weight of (lambda/2) |w|^2; at most 1 on generated data")
      .real("kappa", &Options::kappa, between(1, 1e16), "condition number of the Hessian: mu = 1, L = kappa")
      .real("noise", &Options::noise, at_least(0), "standard deviation of what is added to y");
  return add_real_data(table, &Options::real, &Options::seed, {"samples", "features", "kappa", "noise"})
      .rule(broken_rule);
}

ProblemEntry ridge_regression_entry() {
  return registry_entry<Problem, RidgeRegression>(
      "ridge_regression",
      "f = |X w - y|^2/(2m) + (lambda/2)|w|^2 with a chosen condition number, or on real data",
      {{"start", "0"},
       {"facts",
        "mu = 1, L = kappa on generated data, else the extreme eigenvalues of X'X/m + lambda I; w* from the "
        "singular value decomposition of X"},
       {"source", "Hoerl & Kennard 1970"}});
}

}  // namespace optbed
