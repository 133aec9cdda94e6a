#include "analysis/performance_estimation/worst_case_checks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/theory/theory.hpp"
#include "solvers/minimize.hpp"

namespace optbed {
namespace {

// Says of the class, and of the start, what theory makes bounds from; a function of one variable that is
// evaluated at the start and the minimiser only.
class AnyOfTheClass final : public Problem {
 public:
  explicit AnyOfTheClass(const PerformanceQuestion& question) {
    const auto [mu, L] = question.functions;
    const std::string source = "the class";
    facts_.lipschitz = {L, source};
    if (mu > 0) facts_.strong_convexity = {mu, source};
    facts_.convexity = {mu > 0 ? Convexity::strongly_convex : Convexity::convex, source};
    facts_.function_class = {FunctionClass::smooth, source};
    facts_.minimum = {0, source};
    const double R = question.radius;
    const bool from_distance = question.initial == InitialCondition::distance;
    initial_gap_ = from_distance ? L / 2 * R * R : R;
    distance_ = from_distance ? R : mu > 0 ? std::sqrt(2 * R / mu) : std::numeric_limits<double>::infinity();
    if (std::isfinite(distance_)) facts_.minimisers.push_back({Vector::Zero(1), source});
  }

  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Constant(1, std::isfinite(distance_) ? distance_ : 1); }
  double value(const Vector& x) const override { return x[0] == 0 ? 0 : initial_gap_; }
  double gradient(const Vector& x, Vector& g) const override {
    g.setZero();
    return value(x);
  }

 private:
  double initial_gap_ = 0;
  double distance_ = 0;
};

double squared_gradient(const Problem& f, const Vector& x) {
  Vector g(x.size());
  f.gradient(x, g);
  return g.squaredNorm();
}

}  // namespace

std::optional<double> measured_worst_case(Solver& solver, const WorstCaseRate& rate,
                                          const PerformanceQuestion& question, long steps) {
  if (rate.worst_case.values.size() == 0) return std::nullopt;
  const InterpolatedFunction f(rate.worst_case);
  double least_gradient = squared_gradient(f, f.start());
  MinimizeSettings settings{.limits = {.max_iterations = steps, .gradient_tolerance = 0}};
  settings.observer = [&](const Observation& at) {
    least_gradient = std::min(least_gradient, squared_gradient(f, at.x));
    return false;
  };
  const Result result = minimize(f, solver, std::move(settings));
  if (result.iterations < steps) return std::nullopt;
  switch (question.measure) {
    case PerformanceMeasure::gap:
      return result.gap;
    case PerformanceMeasure::squared_distance:
      return *result.distance * *result.distance;
    case PerformanceMeasure::squared_gradient:
      return squared_gradient(f, result.x);
    case PerformanceMeasure::least_squared_gradient:
      return least_gradient;
  }
  return std::nullopt;
}

std::vector<KnownBound> known_bounds(const Solver& solver, const PerformanceQuestion& question, long steps) {
  const bool of_gap = question.measure == PerformanceMeasure::gap;
  if (!of_gap && question.measure != PerformanceMeasure::squared_distance) return {};
  const AnyOfTheClass problem(question);
  const Vector x0 = problem.start();
  std::vector<KnownBound> bounds;
  for (const Statement& s : applicable_theory(solver, {.problem = problem, .x0 = x0})) {
    const bool holds_here = s.scope == Scope::problem_class && !s.best_so_far &&
                            s.quantity == (of_gap ? Quantity::gap : Quantity::distance) &&
                            (s.valid_up_to < 0 || steps <= s.valid_up_to);
    if (!s.bound || !holds_here) continue;
    const double bound = s.bound(steps);
    bounds.push_back({.value = of_gap ? bound : bound * bound, .statement = s.text, .source = s.source});
  }
  return bounds;
}

}  // namespace optbed
