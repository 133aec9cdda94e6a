// Claims on Nesterov's accelerated gradient. Throughout kappa = L/mu, R = |x_0 - x*|.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/families.hpp"
#include "analysis/theory/linear_modes.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/first_order/nesterov.hpp"

namespace optbed {
namespace {

// Constant momentum on a quadratic, h = eta lambda: e_{k+1} = (1 + beta)(1 - h) e_k - beta (1 - h) e_{k-1}. The
// point ahead, y_k = x_k + beta (x_k - x_{k-1}), obeys the same recurrence from another e_1.
ModeOfEigenvalue constant_momentum_mode(const Nesterov::Parameters& parameters, NesterovIterate iterate) {
  return [=](double lambda) {
    const double beta = parameters.beta;
    const double shrink = 1 - parameters.eta * lambda;
    const double first = iterate == NesterovIterate::main ? shrink : shrink + beta * (shrink - 1);
    return Mode{.sum = (1 + beta) * shrink, .product = beta * shrink, .first = first};
  };
}

// f_k - f* <= (1 - sqrt(eta mu))^k (f_0 - f* + mu R^2/2) with eta <= 1/L, beta = (1 - sqrt(eta mu))/(1 +
// sqrt(eta mu)). At eta = 1/L: 1 - 1/sqrt(kappa). A smaller eta is the same with 1/eta >= L as the Lipschitz
// constant.
std::vector<Statement> strongly_convex(const Nesterov::Parameters& parameters, const SettingFacts& facts) {
  if (!facts.is_strongly_convex_smooth() || !facts.radius || !facts.initial_gap) return {};
  const auto [eta, beta] = parameters;
  if (eta * *facts.L > 1 + 1e-12) return {};
  const double root = std::sqrt(eta * *facts.mu);
  if (std::abs(beta - (1 - root) / (1 + root)) > 1e-12) return {};
  Statement s;
  s.method = "Nesterov, strongly convex tuning";
  s.text = fmt::format("f_k - f* <= {:.10g}^k (f_0 - f* + mu R^2/2)", 1 - root);
  s.conditions = "f mu-strongly convex and L-smooth, eta <= 1/L, beta = (1 - sqrt(eta mu))/(1 + sqrt(eta mu))";
  s.source = "Nesterov 2004, section 2.2.1";
  s.quantity = Quantity::gap;
  s.factor = std::sqrt(1 - root);
  s.bound = geometric(*facts.initial_gap + *facts.mu * *facts.radius * *facts.radius / 2, 1 - root);
  return {s};
}

// f_k - f* <= 2 R^2/(eta (k+1)^2) with eta <= 1/L.
std::vector<Statement> fista(double eta, const SettingFacts& facts) {
  if (!facts.is_convex_smooth() || !facts.radius || eta * *facts.L > 1 + 1e-12) return {};
  const double scale = 2 * *facts.radius * *facts.radius / eta;
  Statement s;
  s.method = "Nesterov, sequence of 1983 (FISTA)";
  s.text = fmt::format("f_k - f* <= 2 R^2/(eta (k+1)^2) = {:.6g}/(k+1)^2", scale);
  s.conditions = "f convex and L-smooth, eta <= 1/L";
  s.source = "Beck & Teboulle 2009, theorem 4.4";
  s.quantity = Quantity::gap;
  s.power = 2;
  s.bound = [scale](long k) {
    const auto t = static_cast<double>(k + 1);
    return scale / (t * t);
  };
  return {s};
}

}  // namespace

std::vector<Statement> nesterov_theory(const Nesterov& solver, const Setting& setting) {
  const NesterovOptions& options = solver.options();
  const auto parameters = Nesterov::parameters(options, setting.problem.facts());
  if (!parameters || options.batch_size || !Schedule(options).is_constant()) return {};
  const SettingFacts facts = facts_of(setting);
  const bool main = options.iterate == NesterovIterate::main;
  if (options.sequence == NesterovSequence::fista) {
    return main ? fista(parameters->eta, facts) : std::vector<Statement>{};
  }

  const double eta = parameters->eta;
  const double beta = parameters->beta;
  std::vector<Statement> statements = modal_theory(
      {"Nesterov, constant momentum",
       fmt::format(
           "eta = {:.6g} and beta = {:.6g} constant (contracts for 0 < eta L < 2 (1 + beta)/(1 + 2 beta))", eta,
           beta),
       "Lessard, Recht & Packard 2016, section 3 and proposition 1",
       constant_momentum_mode(*parameters, options.iterate)},
      setting);
  if (main) {
    for (Statement& s : strongly_convex(*parameters, facts)) statements.push_back(std::move(s));
  }
  return statements;
}

}  // namespace optbed
