#include "solvers/line_search/armijo.hpp"

namespace optbed {

LineSearchResult Armijo::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                Point& trial) {
  const double slope = from.gradient.dot(d);
  if (!(slope < 0)) return {.failure = StopReason::not_descent};
  const auto value_at = [&](double alpha) {
    trial.x = from.x + alpha * d;
    return f.value(trial.x);
  };
  for (double alpha = initial_step;; alpha /= 2) {
    alpha = backtrack(from.value, slope, alpha, value_at);
    if (alpha == 0) return {.failure = StopReason::line_search_failed};
    if (f.evaluate(trial)) return {.step = alpha};  // otherwise the gradient is not finite there: shorter still
  }
}

}  // namespace optbed
