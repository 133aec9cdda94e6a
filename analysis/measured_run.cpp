#include "analysis/measured_run.hpp"

#include <utility>

namespace optbed {
namespace {

struct Limit {
  Vector x;
  bool is_minimiser;
  bool is_known;
};

// The stationary points among the facts, minimisers first.
std::vector<Limit> known_stationary_points(const Facts& facts) {
  std::vector<Limit> points;
  for (const auto& minimiser : facts.minimisers) points.push_back({minimiser.value, true, true});
  for (const auto& minimum : facts.local_minima) points.push_back({minimum.value.x, false, true});
  for (const auto& saddle : facts.saddles) points.push_back({saddle.value.x, false, true});
  return points;
}

std::optional<Limit> limit_of(const Problem& problem, const Vector& x0, const Result& result) {
  constexpr double close = 1e-3;
  constexpr double stationary = 1e-6;
  const Vector& x = result.x;
  if (!x.allFinite()) return std::nullopt;
  for (Limit& point : known_stationary_points(problem.facts())) {
    if ((x - point.x).norm() <= close * (x0 - point.x).norm()) return std::move(point);
  }
  Vector scratch(x.size());
  const double first = problem.optimality(x0, scratch).residual;
  if (!(result.gradient_norm <= stationary * first)) return std::nullopt;
  return Limit{x, false, false};
}

}  // namespace

MeasuredRun measure_run(const Problem& problem, Solver& solver, MinimizeSettings settings,
                        const MeasureSettings& measure) {
  const Vector x0 = settings.start.size() > 0 ? settings.start : problem.start();
  settings.trace = {.seconds = false, .iterates = settings.trace.iterates};
  MeasuredRun run;
  run.result = minimize(problem, solver, std::move(settings));
  ComparisonSettings comparison{.bootstrap_samples = measure.bootstrap_samples};
  if (const auto limit = limit_of(problem, x0, run.result)) {
    run.limit = limit->x;
    run.limit_is_known = limit->is_known;
    // The columns of the trace are about the known minimisers. Where f* is known but no minimiser, the gap
    // still tells whether this is one.
    const bool gap_vanishes =
        run.result.gap && std::abs(*run.result.gap) <= 1e-6 * (1 + std::abs(run.result.value));
    const bool elsewhere = !limit->is_minimiser && !gap_vanishes;
    if (elsewhere) comparison.measure = ErrorMeasure::gradient_norm;
  }
  const Setting setting{problem, x0, run.limit, measure.takes_differences};
  run.statements = applicable_theory(solver, setting);
  for (Statement& bound : lower_bounds(solver, setting)) run.statements.push_back(std::move(bound));
  run.predicted = predicted_factors(run.statements, problem);
  if (run.result.trace.rows() == 0) {
    run.comparison.reason = "the run did not start: " + to_string(run.result.stop);
    return run;
  }
  run.comparison = compare_with_theory(run.result.trace, run.statements, comparison);
  return run;
}

}  // namespace optbed
