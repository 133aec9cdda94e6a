#include "problems/regression/linear_regression.hpp"

#include <cmath>
#include <limits>

#include "problems/decompositions.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

TargetData generated(const LinearRegressionOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Matrix U = random_orthonormal(*options.samples, options.features, random);
  const Matrix V = random_orthonormal(options.features, options.features, random);
  const Vector s = spectrum_of(Spectrum::log, options.features, options.kappa).cwiseSqrt();
  const Matrix X = U * s.asDiagonal() * V.transpose();
  const Vector weights = random.normal_matrix(options.features, 1);
  return {X.transpose(), X * weights + options.noise * random.normal_matrix(*options.samples, 1)};
}

LearningTask<TargetData> task_of(const LinearRegressionOptions& options) {
  if (options.real.are_given()) return target_task("linear_regression", options.real, options.seed);
  if (options.samples) return whole_task(generated(options), "generated");
  return whole_task(TargetData{Matrix{{1, 1, 1, 1}, {1, 2, 3, 4}}, Vector{{6, 5, 7, 10}}}, "textbook");
}

std::string broken_rule(const LinearRegressionOptions& options, const std::set<std::string>& given) {
  if (options.real.are_given()) return {};
  for (const char* name : {"features", "noise", "kappa", "seed"}) {
    if (given.count(name) && !options.samples)
      return fmt::format("'{}' needs 'samples': it is about generated data", name);
  }
  if (!options.samples || *options.samples >= options.features) return {};
  return fmt::format("samples = {} is less than features = {}, so that theta* is not unique", *options.samples,
                     options.features);
}

}  // namespace

LinearRegression::LinearRegression(const Options& options) : LinearRegression(task_of(options)) {}

LinearRegression::LinearRegression(const Matrix& X, Vector y)
    : LinearRegression(whole_task(TargetData{X.transpose(), std::move(y)}, "given")) {}

LinearRegression::LinearRegression(LearningTask<TargetData> task) : LinearLeastSquares(std::move(task), 2, 0) {
  const Matrix X = inputs().transpose();
  const Vector& values = losses().y;
  if (X.rows() < X.cols() || X.cols() == 0 || values.size() != X.rows()) {
    throw UsageError(
        fmt::format("linear_regression: {} samples of {} features with {} values do not determine theta*",
                    X.rows(), X.cols(), values.size()));
  }
  const auto [Q, R] = thin_qr(X);
  const Index p = X.cols();
  const Vector s = singular_values(R);  // descending
  const double rounding = static_cast<double>(p) * std::numeric_limits<double>::epsilon() * s[0];
  if (!(s[p - 1] > rounding)) {
    throw UsageError(
        "linear_regression: the columns of X are linearly dependent, so that theta* is not unique (in "
        "ridge_regression it is)");
  }
  const std::string spectrum = "eigenvalue of 2 X'X, twice the square of a singular value of X";
  facts_.strong_convexity = {2 * s[p - 1] * s[p - 1], "least " + spectrum};
  facts_.lipschitz = {2 * s[0] * s[0], "greatest " + spectrum};
  facts_.convexity = {Convexity::strongly_convex, "X has full column rank"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.bounded_below = {true, "a sum of squares"};
  const std::string source = "computed: QR factorisation of X";
  Vector minimiser = R.triangularView<Eigen::Upper>().solve(Q.transpose() * values);
  facts_.minimum = {value(minimiser), source};
  facts_.sample_variance = {optbed::sample_variance(*this, minimiser), "computed: over the samples at theta*"};
  facts_.minimisers.push_back({std::move(minimiser), source});
}

void LinearRegression::residuals(const Vector& theta, Vector& r) const {
  r.noalias() = inputs().transpose() * theta;
  r -= losses().y;
}

void LinearRegression::jacobian(const Vector& /*theta*/, Matrix& J) const { J = inputs().transpose(); }

OptionTable<LinearRegressionOptions> LinearRegression::option_table() {
  OptionTable<Options> table;
  table
      .integer("samples", &Options::samples, at_least(1), "the four textbook points",
               "m, the number of generated samples")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("noise", &Options::noise, at_least(0), "standard deviation of what is added to y")
      .real("kappa", &Options::kappa, between(1, 1e16), "condition number of the Hessian 2 X'X");
  return add_real_data(table, &Options::real, &Options::seed, {"samples", "features", "noise", "kappa"})
      .rule(broken_rule);
}

ProblemEntry linear_regression_entry() {
  return registry_entry<Problem, LinearRegression>(
      "linear_regression",
      "f = |X theta - y|^2, on four points, generated data of a chosen condition number or real data",
      {{"start", "0"},
       {"facts",
        "mu and L are the extreme eigenvalues of 2 X'X; theta* by QR; theta* = (3.5, 1.4), f* = 4.2 on the "
        "four points"},
       {"source", "normal equations, e.g. Nocedal & Wright 2006, section 10.2"}});
}

}  // namespace optbed
