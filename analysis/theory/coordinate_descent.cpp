// Claims on coordinate descent.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/families.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/coordinate_descent.hpp"

namespace optbed {

// A step along the largest derivative takes at least g_i^2/(2L) >= |g|^2/(2 n L) >= (mu/(n L))(f - f*) off f.
std::vector<Statement> coordinate_descent_theory(const CoordinateDescent& solver, const Setting& setting) {
  const CoordinateDescentOptions& options = solver.options();
  if (options.order != CoordinateOrder::greedy || options.step == CoordinateStep::armijo) return {};
  const SettingFacts facts = facts_of(setting);
  if (!facts.is_strongly_convex_smooth() || !facts.initial_gap) return {};
  double L = *facts.L;
  if (options.step == CoordinateStep::inverse_lipschitz && options.lipschitz) {
    if (*options.lipschitz < L) return {};
    L = *options.lipschitz;
  }
  const double factor = 1 - *facts.mu / (static_cast<double>(setting.problem.dimension()) * L);
  Statement s;
  s.method = "coordinate descent, largest derivative";
  s.text = fmt::format("f_k - f* <= {:.10g}^k (f_0 - f*)", factor);
  s.conditions = "f mu-strongly convex and L-smooth, exact or 1/L steps along the largest derivative";
  s.source = "Wright 2015, section 3.3; Nutini et al. 2015, section 4";
  s.quantity = Quantity::gap;
  s.factor = std::sqrt(factor);
  s.bound = geometric(*facts.initial_gap, factor);
  return {s};
}

}  // namespace optbed
