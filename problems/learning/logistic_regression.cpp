#include "problems/learning/logistic_regression.hpp"

#include <algorithm>
#include <cmath>

#include "problems/decompositions.hpp"
#include "problems/learning/margin_loss.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

// The eigenvalue of A'A is that of the smaller of A'A and AA'.
double largest_eigenvalue(const Matrix& inputs) {
  const bool wide = inputs.cols() > inputs.rows();
  const Matrix gram = wide ? Matrix(inputs * inputs.transpose()) : Matrix(inputs.transpose() * inputs);
  return symmetric_eigenvalues(gram).value().maxCoeff();
}

// Newton with Armijo halving (Boyd & Vandenberghe 2004, algorithm 9.5) until f cannot tell the steps apart any
// more, and then with full steps as long as they shrink the gradient, which still can. Empty where the Hessian
// is singular to working precision or the gradient does not fall to rounding.
std::optional<Vector> newton_minimiser(const Problem& f) {
  const Index n = f.dimension();
  Vector x = f.start();
  Vector g(n), trial_g(n), step(n), trial(n);
  Matrix H(n, n);
  double f_x = f.gradient(x, g);
  for (int iteration = 0; iteration < 100; ++iteration) {
    f.hessian(x, H);
    const std::optional<Vector> solution = solve_positive_definite(H, g);
    if (!solution || !solution->allFinite()) return std::nullopt;
    step = -*solution;
    const double slope = g.dot(step);
    const bool decrease_is_visible = -slope > 1e-10 * (1 + std::abs(f_x));
    double t = 1;
    if (decrease_is_visible) {
      while (f.value(x + t * step) > f_x + 1e-4 * t * slope) t /= 2;
    }
    trial = x + t * step;
    const double f_trial = f.gradient(trial, trial_g);
    if (!decrease_is_visible && !(trial_g.norm() < g.norm())) break;
    x.swap(trial);
    g.swap(trial_g);
    f_x = f_trial;
  }
  const double rounding = 1e-13 * (1 + H.norm() * x.norm());
  return g.norm() <= rounding ? std::optional(x) : std::nullopt;
}

// Multiplications that one Newton step of the construction may take: about a second.
constexpr double largest_newton_step = 1e9;

}  // namespace

LabelledData generated_data(const LogisticRegressionOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  LabelledData data{random.normal_matrix(options.features, options.samples), Vector(options.samples)};
  const Vector weights =
      random.normal_matrix(options.features, 1) / std::sqrt(static_cast<double>(options.features));
  for (Index i = 0; i < options.samples; ++i) {
    const double probability = 1 / (1 + std::exp(-data.inputs.col(i).dot(weights)));
    data.labels[i] = random.uniform() < probability ? 1 : -1;
  }
  return data;
}

LogisticRegression::LogisticRegression(const Options& options)
    : LogisticRegression(generated_data(options), options.lambda) {}

LogisticRegression::LogisticRegression(const LabelledData& data, double lambda)
    : signed_inputs_(data.inputs * data.labels.asDiagonal()), lambda_(lambda) {
  facts_.strong_convexity = {lambda, "the Hessian is lambda I plus a positive semidefinite matrix"};
  facts_.convexity = {Convexity::strongly_convex, "lambda > 0"};
  facts_.function_class = {FunctionClass::smooth, "the second derivative of log(1 + exp(-z)) is at most 1/4"};
  facts_.bounded_below = {true, "f >= 0"};
  const auto p = static_cast<double>(signed_inputs_.rows());
  const auto m = static_cast<double>(signed_inputs_.cols());
  if (p * p * std::max(m, p) > largest_newton_step) return;
  facts_.lipschitz = {lambda + largest_eigenvalue(signed_inputs_) / (4 * m),
                      "lambda + (largest eigenvalue of A'A)/(4m), the largest eigenvalue of the Hessian at 0"};
  const std::string source = "computed: damped Newton method from 0 until the gradient falls no further";
  std::optional<Vector> minimiser = newton_minimiser(*this);
  if (!minimiser) return;
  facts_.minimum = {value(*minimiser), source};
  facts_.sample_variance = {optbed::sample_variance(*this, *minimiser), "computed: over the samples at x*"};
  facts_.minimisers.push_back({std::move(*minimiser), source});
}

double LogisticRegression::value(const Vector& x) const {
  double sum = 0;
  for (Index i = 0; i < signed_inputs_.cols(); ++i) sum += logistic_loss(signed_inputs_.col(i).dot(x)).loss;
  return sum / static_cast<double>(signed_inputs_.cols()) + lambda_ / 2 * x.squaredNorm();
}

double LogisticRegression::gradient(const Vector& x, Vector& g) const {
  const auto m = static_cast<double>(signed_inputs_.cols());
  double sum = 0;
  g = lambda_ * x;
  for (Index i = 0; i < signed_inputs_.cols(); ++i) {
    const MarginLoss at = logistic_loss(signed_inputs_.col(i).dot(x));
    sum += at.loss;
    g += (at.slope / m) * signed_inputs_.col(i);
  }
  return sum / m + lambda_ / 2 * x.squaredNorm();
}

void LogisticRegression::hessian(const Vector& x, Matrix& H) const {
  const auto m = static_cast<double>(signed_inputs_.cols());
  H.setZero();
  H.diagonal().setConstant(lambda_);
  for (Index i = 0; i < signed_inputs_.cols(); ++i) {
    const MarginLoss at = logistic_loss(signed_inputs_.col(i).dot(x));
    H.selfadjointView<Eigen::Lower>().rankUpdate(signed_inputs_.col(i), at.curvature / m);
  }
  H.triangularView<Eigen::StrictlyUpper>() = H.transpose();
}

void LogisticRegression::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  const auto m = static_cast<double>(signed_inputs_.cols());
  Hv = lambda_ * v;
  for (Index i = 0; i < signed_inputs_.cols(); ++i) {
    const MarginLoss at = logistic_loss(signed_inputs_.col(i).dot(x));
    Hv += (at.curvature * signed_inputs_.col(i).dot(v) / m) * signed_inputs_.col(i);
  }
}

double LogisticRegression::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  const auto count = static_cast<double>(samples.size());
  double sum = 0;
  g = lambda_ * x;
  for (const Index i : samples) {
    const MarginLoss at = logistic_loss(signed_inputs_.col(i).dot(x));
    sum += at.loss;
    g += (at.slope / count) * signed_inputs_.col(i);
  }
  return sum / count + lambda_ / 2 * x.squaredNorm();
}

OptionTable<LogisticRegressionOptions> LogisticRegression::option_table() {
  return OptionTable<Options>()
      .integer("samples", &Options::samples, at_least(1), "m, the number of samples")
      .integer("features", &Options::features, at_least(1), "p, the dimension")
      .real("lambda", &Options::lambda, positive(), "weight of the regularisation (lambda/2) |x|^2")
      .integer("seed", &Options::seed, at_least(0), "of the generated data");
}

ProblemEntry logistic_regression_entry() {
  return registry_entry<Problem, LogisticRegression>(
      "logistic_regression", "l2-regularised logistic regression on generated data, strongly convex",
      {{"start", "0"},
       {"facts", "mu = lambda, L = lambda + (largest eigenvalue of A'A)/(4m); x* computed by Newton's method"},
       {"source", "Boyd & Vandenberghe 2004, section 7.1.1"}});
}

}  // namespace optbed
