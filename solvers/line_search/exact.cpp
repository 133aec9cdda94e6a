#include "solvers/line_search/exact.hpp"

#include <cmath>

#include "solvers/line_search/slope_bracket.hpp"
#include "solvers/rounding.hpp"

namespace optbed {
namespace {

constexpr double slope_tolerance = 1e-14;  // some fifty units in the last place of phi'(0)

}  // namespace

LineSearchResult Exact::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                               Point& trial) {
  LineFunction phi(f, from, d, trial);
  if (const auto failure = phi.failure()) return {.failure = failure};
  const Sample& origin = phi.origin();

  if (f.facts().is_quadratic() && f.has_hessian_vector()) {
    f.hessian_vector(from.x, d, Hd_);
    const double curvature = d.dot(Hd_);
    if (!std::isfinite(curvature)) return {.failure = StopReason::non_finite};
    if (curvature <= 0) return {.failure = StopReason::diverged};  // f falls without end along d
    const Sample minimiser = phi(-origin.slope / curvature);
    if (!minimiser.is_finite()) return {.failure = StopReason::non_finite};
    return {.step = minimiser.alpha};
  }

  const double highest = origin.value + phi.rounding();
  constexpr int max_trials = 200;  // growth by 5^30 and then as many bisections as a double has bits
  SlopeBracket bracket(phi, highest, max_trials, [&](const Sample& s) {
    return s.value <= highest && std::abs(s.slope) <= slope_tolerance * std::abs(origin.slope);
  });
  const BracketOutcome outcome = bracket.search(initial_step);
  if (outcome == BracketOutcome::unbounded) return {.failure = StopReason::diverged};
  const Sample& last = bracket.last_trial();
  const bool found = outcome == BracketOutcome::accepted ||
                     (outcome == BracketOutcome::collapsed && last.is_finite() && last.value <= highest);
  if (!found) return {.failure = StopReason::line_search_failed};
  return {.step = last.alpha};
}

}  // namespace optbed
