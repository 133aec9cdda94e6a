#include "solvers/line_search/hager_zhang.hpp"

#include <cmath>

#include "solvers/line_search/slope_bracket.hpp"

namespace optbed {

LineSearchResult HagerZhang::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                    Point& trial) {
  LineFunction phi(f, from, d, trial);
  if (const auto failure = phi.failure()) return {.failure = failure};
  const Sample& origin = phi.origin();
  const double highest = origin.value + constants_.epsilon * std::abs(origin.value);
  const auto accepts = [&](const Sample& s) {
    const bool wolfe = s.value - origin.value <= constants_.delta * s.alpha * origin.slope;
    const bool approximate_wolfe = s.value <= highest && s.slope <= (2 * constants_.delta - 1) * origin.slope;
    return s.slope >= constants_.sigma * origin.slope && (wolfe || approximate_wolfe);
  };
  constexpr int max_trials = 100;  // enough to bisect away every bit of a double after it has been bracketed
  SlopeBracket bracket(phi, highest, max_trials, accepts);
  const BracketOutcome outcome = bracket.search(initial_step);
  if (outcome == BracketOutcome::accepted) return {.step = bracket.last_trial().alpha};
  if (outcome == BracketOutcome::unbounded) return {.failure = StopReason::diverged};
  return {.failure = StopReason::line_search_failed};
}

}  // namespace optbed
