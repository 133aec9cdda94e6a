// A problem and a solver that optbed does not have, and a comparison of the solver with some that it has.
// README.md in this folder explains it step by step.
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_function.hpp"
#include "problems/verification/verify.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace {

using optbed::Index;
using optbed::Vector;

// ---- the problem ----

// Denoising of a signal c by a smoothed total variation:
//   f(x) = sum_{i<n} sqrt(1 + (x_{i+1} - x_i)^2) + (mu/2) |x - c|^2,   c a step from 0 to 10.
struct SmoothedSteps {
  double mu;

  template <class X>
  X operator()(std::span<const X> x) const {
    using std::sqrt;
    X sum = 0.0 * x[0];
    for (std::size_t i = 0; i < x.size(); ++i) {
      const X misfit = x[i] - (2 * i < x.size() ? 0.0 : 10.0);
      sum += mu / 2 * misfit * misfit;
      if (i + 1 < x.size()) sum += sqrt(1.0 + (x[i + 1] - x[i]) * (x[i + 1] - x[i]));
    }
    return sum;
  }
};

struct DenoisingOptions {
  Index n = 20;
  double mu = 0.1;
};

class Denoising final : public optbed::DifferentiatedFunction<SmoothedSteps> {
 public:
  using Options = DenoisingOptions;

  static optbed::OptionTable<Options> option_table() {
    optbed::OptionTable<Options> table;
    table.integer("n", &Options::n, optbed::between(2, 100000), "dimension")
        .real("mu", &Options::mu, optbed::positive(), "weight of the misfit");
    return table;
  }

  static optbed::ProblemEntry entry() {
    return optbed::registry_entry<optbed::Problem, Denoising>(
        "denoising", "a step denoised by a smoothed total variation",
        {{"start", "0"}, {"facts", "mu and L derived"}, {"source", "this example"}});
  }

  explicit Denoising(const Options& options)
      : DifferentiatedFunction(SmoothedSteps{options.mu}, {.start = Vector::Zero(options.n)}) {
    const std::string derivation = "0 <= (sqrt(1 + t^2))'' <= 1, and |D|^2 <= 4 of the differences D";
    facts_.strong_convexity = {options.mu, derivation};
    facts_.lipschitz = {options.mu + 4, derivation};
    facts_.convexity = {optbed::Convexity::strongly_convex, derivation};
    facts_.function_class = {optbed::FunctionClass::smooth, derivation};
    facts_.bounded_below = {true, "a sum of squares and of roots of at least 1"};
  }
};

// ---- the solver ----

// Gradient descent whose step follows the local curvature (Malitsky & Mishchenko 2020, algorithm 1):
//   lambda_k = min(sqrt(1 + theta_{k-1}) lambda_{k-1}, |x_k - x_{k-1}| / (2 |g_k - g_{k-1}|)),
//   x_{k+1} = x_k - lambda_k g_k,   theta_k = lambda_k / lambda_{k-1},   theta_0 infinite.
// Needs: gradient. Cost: 1 gradient and two norms an iteration. Rate: O(1/k) where f is convex, without knowing
// L.
struct AdaptiveOptions {
  double first_step = 1e-6;  // lambda_0
};

class AdaptiveGradientDescent final : public optbed::Solver {
 public:
  using Options = AdaptiveOptions;

  static optbed::OptionTable<Options> option_table() {
    optbed::OptionTable<Options> table;
    table.real("first_step", &Options::first_step, optbed::positive(), "lambda_0, small");
    return table;
  }

  static optbed::SolverEntry entry() {
    return optbed::registry_entry<optbed::Solver, AdaptiveGradientDescent>(
        "adaptive_gradient_descent", "a step that follows the local curvature",
        {{"needs", "gradient"}, {"source", "Malitsky & Mishchenko 2020, algorithm 1"}});
  }

  explicit AdaptiveGradientDescent(const Options& options) : options_(options) {}

  std::string missing(const optbed::Problem& /*problem*/) const override { return {}; }

  std::optional<optbed::StopReason> start(optbed::Oracle& f, const Vector& x0) override {
    current_.resize(x0.size());
    next_.resize(x0.size());
    current_.x = x0;
    lambda_ = options_.first_step;
    theta_ = std::numeric_limits<double>::infinity();
    if (!f.evaluate(current_)) return optbed::StopReason::non_finite;
    return std::nullopt;
  }

  optbed::StepInfo step(optbed::Oracle& f) override {
    next_.x = current_.x - lambda_ * current_.gradient;
    if (!f.evaluate(next_)) return optbed::stopped(optbed::StopReason::non_finite);
    const double length = (next_.x - current_.x).norm();
    const double curvature = (next_.gradient - current_.gradient).norm() / length;
    swap(current_, next_);
    const double last = lambda_;
    if (curvature > 0) lambda_ = std::min(std::sqrt(1 + theta_) * lambda_, 1 / (2 * curvature));
    theta_ = lambda_ / last;
    return optbed::moved(length);
  }

  const optbed::Point& current() const override { return current_; }

 private:
  Options options_;
  optbed::Point current_;
  optbed::Point next_;
  double lambda_ = 0;
  double theta_ = 0;
};

}  // namespace

int main() {
  optbed::ProblemRegistry problems = optbed::all_problems();
  problems.add(Denoising::entry());
  optbed::SolverRegistry solvers = optbed::all_solvers();
  solvers.add(AdaptiveGradientDescent::entry());

  const auto findings = optbed::verification::verify(*problems.make("denoising"));
  for (const auto& finding : findings.all()) {
    if (finding.failures > 0) fmt::print("{}: {}\n", finding.check, finding.first_failure);
  }
  fmt::print("denoising: {} comparisons {}\n\n", findings.comparisons(),
             findings.all_hold() ? "hold" : "DO NOT HOLD");
  if (!findings.all_hold()) return 1;

  fmt::print("{:<24} {:<39} {:>10} {:>9}  {}\n", "problem", "solver", "iterations", "gradients", "solved");
  for (const char* problem_text : {"denoising", "denoising:n=100,mu=0.01", "logistic_regression"}) {
    for (const char* solver_text : {"adaptive_gradient_descent", "gradient_descent:step=inverse_lipschitz",
                                    "nesterov:sequence=strongly_convex", "lbfgs"}) {
      const auto problem = problems.make(problem_text);
      const auto solver = solvers.make(solver_text);
      const optbed::Result result = optbed::minimize(
          *problem, *solver, {.limits = {.max_iterations = 10000, .gradient_tolerance = 1e-8}});
      fmt::print("{:<24} {:<39} {:>10} {:>9}  {}\n", problem_text, solver_text, result.iterations,
                 result.evaluations.gradient, result.solved ? "yes" : to_string(result.stop));
    }
  }
}
