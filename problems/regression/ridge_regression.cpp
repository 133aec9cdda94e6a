#include "problems/regression/ridge_regression.hpp"

#include <cmath>

#include "problems/decompositions.hpp"
#include "problems/quadratic/spectrum.hpp"

namespace optbed {

struct RidgeRegression::Data {
  Matrix X;
  Vector y;
};

RidgeRegression::Data RidgeRegression::data_of(const Options& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Index m = options.samples;
  const Index p = options.features;
  const Vector h = spectrum_of(Spectrum::log, p, options.kappa);
  const Vector s = (h.array() - options.lambda).max(0).sqrt();
  const Matrix U = random_orthonormal(m, p, random);
  const Matrix V = random_orthonormal(p, p, random);
  Data data{std::sqrt(static_cast<double>(m)) * U * s.asDiagonal() * V.transpose(), {}};
  const Vector weights = random.normal_matrix(p, 1);
  data.y = data.X * weights + options.noise * random.normal_matrix(m, 1);
  return data;
}

RidgeRegression::RidgeRegression(const Options& options) : RidgeRegression(data_of(options), options.lambda) {}

RidgeRegression::RidgeRegression(Data data, double lambda)
    : RidgeRegression(data.X, std::move(data.y), lambda) {}

RidgeRegression::RidgeRegression(const Matrix& X, Vector y, double lambda)
    : LinearRisk(X.transpose(), {std::move(y)}, 1 / static_cast<double>(X.rows()), lambda) {
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
  return OptionTable<Options>()
      .integer("samples", &Options::samples, at_least(1), "m, the number of samples, at least p")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("lambda", &Options::lambda, {.lower = 0, .upper = 1, .lower_open = true, .upper_open = false},
            "weight of (lambda/2) |w|^2; what it leaves of mu = 1 is the data's")
      .real("kappa", &Options::kappa, between(1, 1e16), "condition number of the Hessian: mu = 1, L = kappa")
      .real("noise", &Options::noise, at_least(0), "standard deviation of what is added to y")
      .integer("seed", &Options::seed, at_least(0), "of the generated data")
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.samples >= options.features) return {};
        return fmt::format("samples = {} is less than features = {}, too few for the chosen spectrum",
                           options.samples, options.features);
      });
}

ProblemEntry ridge_regression_entry() {
  return registry_entry<Problem, RidgeRegression>(
      "ridge_regression", "f = |X w - y|^2/(2m) + (lambda/2)|w|^2 with a chosen condition number",
      {{"start", "0"},
       {"facts", "mu = 1, L = kappa; w* from the singular value decomposition of X"},
       {"source", "Hoerl & Kennard 1970"}});
}

}  // namespace optbed
