#include "solvers/line_search/armijo.hpp"

namespace optbed {
namespace {

constexpr double sufficient_decrease = 1e-4;  // c1
constexpr double contraction = 0.5;           // rho
constexpr int max_trials = 60;                // 2^-60: the step is below the rounding error of x

}  // namespace

LineSearchResult Armijo::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                Point& trial) {
  const double slope = from.gradient.dot(d);
  if (!(slope < 0)) return {.failure = StopReason::not_descent};
  double alpha = initial_step;
  for (int i = 0; i < max_trials; ++i, alpha *= contraction) {
    trial.x = from.x + alpha * d;
    // A comparison with NaN is false: such a trial is shortened like one that is too high.
    if (!(f.value(trial.x) <= from.value + sufficient_decrease * alpha * slope)) continue;
    if (f.evaluate(trial)) return {.step = alpha};
  }
  return {.failure = StopReason::line_search_failed};
}

}  // namespace optbed
