#include "solvers/line_search/strong_wolfe.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/line_search/interpolation.hpp"
#include "solvers/rounding.hpp"

namespace optbed {
namespace {

constexpr double expansion = 4;  // the largest factor by which Moré & Thuente (1994) let a trial grow
constexpr double margin = 0.1;   // a trial keeps this fraction of the interval from either end
constexpr double slow_shrinkage = 2.0 / 3;  // an interval that stays longer than this is bisected next
constexpr int most_trials = 60;             // enough to grow by 1e36, or to bisect away every bit of a double

// The minimiser of the cubic through both ends, kept off the ends, or the midpoint.
double between(const Sample& lo, const Sample& hi, bool bisect) {
  const double midpoint = lo.alpha + (hi.alpha - lo.alpha) / 2;
  const double cubic = cubic_minimiser(lo, hi);
  if (bisect || std::isnan(cubic)) return midpoint;
  const auto [left, right] = std::minmax(lo.alpha, hi.alpha);
  const double distance = margin * (right - left);
  return std::clamp(cubic, left + distance, right - distance);
}

}  // namespace

// Algorithm 3.5.
LineSearchResult StrongWolfe::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                     Point& trial) {
  LineFunction phi(f, from, d, trial);
  if (const auto failure = phi.failure()) return {.failure = failure};
  Sample previous = phi.origin();
  double alpha = initial_step;
  while (phi.trials() < most_trials) {
    const Sample current = phi(alpha);
    const bool rises = phi.trials() > 1 && current.value >= previous.value + phi.rounding();
    if (rises || !decreases_sufficiently(current, phi.origin(), c1_, phi.rounding()))
      return zoom(phi, previous, current);
    if (is_flat(current, phi.origin(), c2_)) return {.step = alpha};
    if (current.slope >= 0) return zoom(phi, current, previous);
    previous = current;
    alpha *= expansion;
  }
  return {.failure = StopReason::diverged};  // phi still falls
}

// Algorithm 3.6: lo has the lowest value of all trials that decrease sufficiently, and phi falls from lo
// towards hi.
LineSearchResult StrongWolfe::zoom(LineFunction& phi, Sample lo, Sample hi) const {
  double last_length = std::numeric_limits<double>::infinity();
  while (phi.trials() < most_trials) {
    const double length = std::abs(hi.alpha - lo.alpha);
    const double alpha = between(lo, hi, length > slow_shrinkage * last_length);
    if (alpha == lo.alpha || alpha == hi.alpha) break;  // no number lies between
    last_length = length;
    const Sample middle = phi(alpha);
    const bool rises = middle.value >= lo.value + phi.rounding();
    if (rises || !decreases_sufficiently(middle, phi.origin(), c1_, phi.rounding())) {
      hi = middle;
      continue;
    }
    if (is_flat(middle, phi.origin(), c2_)) return {.step = alpha};
    if (middle.slope * (hi.alpha - lo.alpha) >= 0) hi = lo;
    lo = middle;
  }
  return {.failure = StopReason::line_search_failed};
}

}  // namespace optbed
