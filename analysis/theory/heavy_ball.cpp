// Claims on momentum, the heavy ball: e_{k+1} = (1 + beta - alpha lambda) e_k - beta e_{k-1} from rest.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/families.hpp"
#include "analysis/theory/linear_modes.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/first_order/momentum.hpp"

namespace optbed {
namespace {

// f_k - f* <= (1 - alpha mu)^k (f_0 - f*) with alpha <= 1/L, beta = sqrt((1 - alpha mu)(1 - alpha L)).
std::vector<Statement> safe_tuning(const Momentum::Parameters& parameters, const SettingFacts& facts) {
  if (!facts.is_strongly_convex_smooth() || !facts.initial_gap || parameters.alpha > 1 / *facts.L) return {};
  const double slow = 1 - parameters.alpha * *facts.mu;
  const double beta = std::sqrt(slow * (1 - parameters.alpha * *facts.L));
  if (std::abs(parameters.beta - beta) > 1e-12) return {};
  Statement s;
  s.method = "heavy ball, safe tuning";
  s.text = fmt::format("f_k - f* <= {:.10g}^k (f_0 - f*)", slow);
  s.conditions =
      "f mu-strongly convex and L-smooth, 0 < alpha <= 1/L, beta = sqrt((1 - alpha mu)(1 - alpha L))";
  s.source = "Ghadimi, Feyzmahdavian & Johansson 2015, theorem 4";
  s.quantity = Quantity::gap;
  s.factor = std::sqrt(slow);
  s.bound = geometric(*facts.initial_gap, slow);
  return {s};
}

}  // namespace

std::vector<Statement> heavy_ball_theory(const Momentum& solver, const Setting& setting) {
  const auto parameters = Momentum::parameters(solver.options(), setting.problem.facts());
  if (!parameters || solver.options().batch_size || !Schedule(solver.options()).is_constant()) return {};
  const auto [alpha, beta] = *parameters;
  const auto mode = [alpha = alpha, beta = beta](double lambda) {
    return Mode{.sum = 1 + beta - alpha * lambda, .product = beta, .first = 1 - alpha * lambda};
  };
  std::vector<Statement> statements = modal_theory(
      {"heavy ball",
       fmt::format("alpha = {:.6g} and beta = {:.6g} constant, from rest (contracts for 0 <= beta < 1, 0 < "
                   "alpha L < 2 (1 + beta))",
                   alpha, beta),
       "Polyak 1964, theorem 9; Lessard, Recht & Packard 2016, section 3", mode},
      setting);
  for (Statement& s : safe_tuning(*parameters, facts_of(setting))) statements.push_back(std::move(s));
  return statements;
}

}  // namespace optbed
