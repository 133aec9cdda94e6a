#include "solvers/line_search/more_thuente.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/line_search/interpolation.hpp"

namespace optbed {
namespace {

constexpr double least_expansion = 1.1;  // without an upper end, the next trial lies between alpha + 1.1 and
constexpr double largest_expansion = 4;  // alpha + 4 times its distance from the best point (section 4)
constexpr double towards_end = 0.66;     // delta: how far towards the other end a trial may go, and how much
                                         // the interval has to shrink in two trials

// The interval of uncertainty: x is the lowest trial so far, y the other end, once there is one.
struct Uncertainty {
  Sample x;
  Sample y;
  bool has_y = false;
};

// Trials are confined to [lower, upper].
struct Bounds {
  double lower;
  double upper;
};

double midpoint(double a, double b) { return a + (b - a) / 2; }

bool slopes_differ(const Sample& a, const Sample& b) { return std::signbit(a.slope) != std::signbit(b.slope); }

double nearer(double from, double a, double b) { return std::abs(a - from) < std::abs(b - from) ? a : b; }
double farther(double from, double a, double b) { return std::abs(a - from) > std::abs(b - from) ? a : b; }

// Case 1, t is higher than x: a minimiser lies between them.
double trial_below_a_higher_one(const Sample& x, const Sample& t) {
  if (!t.is_finite()) return midpoint(x.alpha, t.alpha);
  const double cubic = cubic_minimiser(x, t);
  const double quadratic = quadratic_minimiser(x, t);
  return std::abs(cubic - x.alpha) < std::abs(quadratic - x.alpha) ? cubic : midpoint(cubic, quadratic);
}

// Case 3, t is lower and flatter than x, with the same sign of slope. The cubic is of use only where it falls
// beyond t and has its minimiser there.
double trial_beyond_a_flatter_one(const Uncertainty& interval, const Sample& t, const Bounds& bounds) {
  const auto& [x, y, has_y] = interval;
  const bool upwards = t.alpha > x.alpha;
  const double secant = secant_minimiser(t, x);
  double cubic = cubic_minimiser(t, x);
  const bool cubic_is_beyond = upwards ? cubic > t.alpha : cubic < t.alpha;
  if (!cubic_is_beyond) cubic = upwards ? bounds.upper : bounds.lower;
  if (!has_y) return std::clamp(farther(t.alpha, cubic, secant), bounds.lower, bounds.upper);
  const double limit = t.alpha + towards_end * (y.alpha - t.alpha);
  const double trial = nearer(t.alpha, cubic, secant);
  return upwards ? std::min(limit, trial) : std::max(limit, trial);
}

// Case 4, t is lower and not flatter than x, with the same sign of slope: a minimiser lies beyond t.
double trial_beyond_a_steeper_one(const Uncertainty& interval, const Sample& t, const Bounds& bounds) {
  const auto& [x, y, has_y] = interval;
  if (!has_y) return t.alpha > x.alpha ? bounds.upper : bounds.lower;
  return y.is_finite() ? cubic_minimiser(t, y) : midpoint(t.alpha, y.alpha);
}

// The next trial after t (section 4). Updates the interval by t (section 2).
double next_trial(Uncertainty& interval, const Sample& t, const Bounds& bounds) {
  const Sample x = interval.x;
  if (!(t.value <= x.value)) {
    interval = {x, t, true};
    return trial_below_a_higher_one(x, t);
  }
  if (slopes_differ(x, t)) {
    interval = {t, x, true};
    return farther(t.alpha, cubic_minimiser(t, x), secant_minimiser(t, x));  // case 2
  }
  const double trial = std::abs(t.slope) < std::abs(x.slope) ? trial_beyond_a_flatter_one(interval, t, bounds)
                                                             : trial_beyond_a_steeper_one(interval, t, bounds);
  interval.x = t;
  return trial;
}

// phi less the line through phi(0) with `slope`: psi for slope = mu phi'(0), but for a constant.
Sample less_line(const Sample& s, double slope) {
  return {s.alpha, s.value - s.alpha * slope, s.slope - slope};
}

double next_trial_on_psi(Uncertainty& interval, const Sample& t, const Bounds& bounds, double slope) {
  Uncertainty on_psi = {less_line(interval.x, slope), less_line(interval.y, slope), interval.has_y};
  const double trial = next_trial(on_psi, less_line(t, slope), bounds);
  interval = {less_line(on_psi.x, -slope), less_line(on_psi.y, -slope), on_psi.has_y};
  return trial;
}

}  // namespace

LineSearchResult MoreThuente::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                     Point& trial) {
  LineFunction phi(f, from, d, trial);
  if (const auto failure = phi.failure()) return {.failure = failure};
  const double test_slope = mu_ * phi.origin().slope;
  Uncertainty interval{phi.origin(), phi.origin(), false};
  Bounds bounds{0, initial_step + largest_expansion * initial_step};
  bool first_stage = true;
  double length_before = std::numeric_limits<double>::infinity();  // two trials ago
  double length = std::numeric_limits<double>::infinity();
  double alpha = initial_step;
  constexpr int max_trials = 60;  // the hardest of the paper's own tests takes 13
  while (phi.trials() < max_trials) {
    const Sample t = phi(alpha);
    if (decreases_sufficiently(t, phi.origin(), mu_, phi.rounding()) && is_flat(t, phi.origin(), eta_))
      return {.step = alpha};

    const double psi = t.value - phi.origin().value - t.alpha * test_slope;
    if (psi <= 0 && t.slope >= 0) first_stage = false;
    // Where psi is positive at a trial that is lower than x, phi alone could lead to a minimiser that does not
    // decrease sufficiently.
    const bool use_psi = first_stage && psi > 0 && t.value <= interval.x.value;
    alpha = use_psi ? next_trial_on_psi(interval, t, bounds, test_slope) : next_trial(interval, t, bounds);

    const auto& [x, y, has_y] = interval;
    if (!has_y) {
      const double last_move = alpha - x.alpha;
      bounds = {alpha + least_expansion * last_move, alpha + largest_expansion * last_move};
      continue;
    }
    const auto [lower, upper] = std::minmax(x.alpha, y.alpha);
    const bool shrinks = upper - lower < towards_end * length_before;
    length_before = length;
    length = upper - lower;
    if (!shrinks || !(lower < alpha && alpha < upper)) alpha = midpoint(lower, upper);
    if (alpha == lower || alpha == upper) break;  // no number lies between
    bounds = {lower, upper};
  }
  return {.failure = interval.has_y ? StopReason::line_search_failed : StopReason::diverged};
}

}  // namespace optbed
