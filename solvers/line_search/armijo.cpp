#include "solvers/line_search/armijo.hpp"

#include "solvers/line_search/line_function.hpp"
#include "solvers/rounding.hpp"

namespace optbed {

LineSearchResult Armijo::search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                                Point& trial) {
  LineFunction phi(f, from, d, trial);
  if (const auto failure = phi.failure()) return {.failure = failure};
  const Sample& origin = phi.origin();
  const auto is_acceptable = [&](double alpha) {
    const double change = phi.value(alpha) - origin.value;
    const double bound = armijo_decrease * alpha * origin.slope;
    const bool in_doubt = is_within_rounding(change, bound, phi.rounding());
    return (change <= bound || in_doubt) &&
           decreases_sufficiently(phi(alpha), origin, armijo_decrease, phi.rounding());
  };
  const double alpha = backtrack(initial_step, is_acceptable);
  if (alpha == 0) return {.failure = StopReason::line_search_failed};
  return {.step = alpha};
}

}  // namespace optbed
