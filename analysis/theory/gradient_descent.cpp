// Claims on gradient descent. Throughout h = eta L, kappa = L/mu, R = |x_0 - x*|.
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <numbers>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "analysis/theory/linear_modes.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/first_order/gradient_descent.hpp"

namespace optbed {
namespace {

// |x_k - x*| <= rho^k R and f_k - f* <= rho^(2k) (f_0 - f*) with rho = max(|1 - eta mu|, |1 - eta L|).
void strongly_convex(double eta, const SettingFacts& facts, std::vector<Statement>& statements) {
  const double rho = std::max(std::abs(1 - eta * *facts.mu), std::abs(1 - eta * *facts.L));
  Statement s;
  s.method = "gradient descent, constant step";
  s.conditions = "f mu-strongly convex and L-smooth, 0 < eta < 2/L";
  s.source =
      "Polyak 1963 (distance); Taylor, Hendrickx & Glineur 2018, \"Exact worst-case convergence rates of the "
      "proximal gradient method\" (gap)";
  s.factor = rho;
  // On a quadratic the modes say exactly what the distance does.
  if (facts.radius && !facts.quadratic) {
    s.text = fmt::format("|x_k - x*| <= {:.10g}^k |x_0 - x*|", rho);
    s.bound = geometric(*facts.radius, rho);
    statements.push_back(s);
  }
  if (facts.initial_gap) {
    s.quantity = Quantity::gap;
    s.text = fmt::format("f_k - f* <= {:.10g}^k (f_0 - f*)", rho * rho);
    s.bound = geometric(*facts.initial_gap, rho * rho);
    statements.push_back(s);
  }
}

void convex(double eta, const SettingFacts& facts, std::vector<Statement>& statements) {
  if (!facts.radius) return;
  const double L = *facts.L;
  const double R2 = *facts.radius * *facts.radius;
  Statement s;
  s.method = "gradient descent, constant step";
  s.quantity = Quantity::gap;
  s.power = 1;
  if (eta <= 1 / L) {
    s.text =
        fmt::format("f_k - f* <= L R^2/(4 k eta L + 2) with L R^2 = {:.6g}, eta L = {:.6g}", L * R2, eta * L);
    s.conditions = "f convex and L-smooth, 0 < eta <= 1/L";
    s.source = "Drori & Teboulle 2014, section 3";
    s.bound = [=](long k) { return L * R2 / (4 * static_cast<double>(k) * eta * L + 2); };
    statements.push_back(s);
  } else if (facts.initial_gap) {
    const double D = *facts.initial_gap;
    s.text = "f_k - f* <= 2 (f_0 - f*) R^2/(2 R^2 + k eta (2 - eta L)(f_0 - f*))";
    s.conditions = "f convex and L-smooth, 0 < eta < 2/L";
    s.source = "Nesterov 2004, section 2.1.5";
    s.bound = [=](long k) {
      if (!(D > 0)) return 0.0;  // from x* itself, where the quotient is 0/0
      return 2 * D * R2 / (2 * R2 + static_cast<double>(k) * eta * (2 - eta * L) * D);
    };
    statements.push_back(s);
  }
}

// min_{j<=k} |g_j|^2 <= (4/3)(L/k)(f_0 - f_k) with eta = 1/L, and f_k >= f*; convex or not.
void smooth(double eta, const SettingFacts& facts, std::vector<Statement>& statements) {
  if (!facts.L || !facts.initial_gap || std::abs(eta * *facts.L - 1) > 1e-12) return;
  const double scale = 4.0 / 3 * *facts.L * *facts.initial_gap;
  Statement s;
  s.method = "gradient descent, constant step";
  s.text = fmt::format("min_{{j<=k}} |g_j|^2 <= (4/3)(L/k)(f_0 - f*) = {:.6g}/k", scale);
  s.conditions = "f L-smooth and bounded below, eta = 1/L";
  s.source = "Taylor 2017, section 4; Abbaszadehpeivasti, de Klerk & Zamani 2022, theorem 2";
  s.quantity = Quantity::gradient;
  s.best_so_far = true;
  s.power = 0.5;
  // |g_0|^2 <= 2 L (f_0 - f*) holds before the first step.
  s.bound = [scale](long k) { return std::sqrt(k == 0 ? 1.5 * scale : scale / static_cast<double>(k)); };
  statements.push_back(s);
}

// With subgradients g_j, |x_{j+1} - x*|^2 <= |x_j - x*|^2 - 2 eta (f_j - f*) + eta^2 |g_j|^2, |g_j| <= M: the
// sum over j = 0 … k bounds the least of the gaps. It is least, M R/sqrt(k+1), for eta = R/(M sqrt(k+1)).
void subgradients(double eta, const SettingFacts& facts, std::vector<Statement>& statements) {
  if (!facts.convex || !facts.M || !facts.radius) return;
  const double R2 = *facts.radius * *facts.radius;
  const double limit = eta * *facts.M * *facts.M / 2;
  Statement s;
  s.method = "subgradient method, constant step";
  s.text = fmt::format("min_{{j<=k}} f_j - f* <= R^2/(2 (k+1) eta) + {:.6g} with R^2 = {:.6g}", limit, R2);
  s.conditions = "f convex and Lipschitz continuous, eta > 0 constant";
  s.source = "Shor 1985; Nesterov 2004, section 3.2.3";
  s.quantity = Quantity::gap;
  s.best_so_far = true;
  s.bound = [=](long k) { return R2 / (2 * static_cast<double>(k + 1) * eta) + limit; };
  statements.push_back(s);
}

std::vector<Statement> constant_step_theory(double eta, const Setting& setting) {
  const auto mode = [eta](double lambda) {
    return Mode{.sum = 1 - eta * lambda, .product = 0, .first = 1 - eta * lambda};
  };
  std::vector<Statement> statements =
      modal_theory({"gradient descent, constant step", "eta > 0 constant",
                    "x_{k+1} - x* = (I - eta A)(x_k - x*); Polyak 1987, section 1.4", mode},
                   setting);
  const SettingFacts facts = facts_of(setting);
  subgradients(eta, facts, statements);
  if (!facts.L || eta >= 2 / *facts.L) return statements;
  smooth(eta, facts, statements);
  if (facts.mu) strongly_convex(eta, facts, statements);
  if (facts.is_convex_smooth()) convex(eta, facts, statements);
  return statements;
}

// Close to a minimiser with eigenvalues lambda_1 <= … <= lambda_n of the Hessian, f falls at least by the
// factor r^2 an iteration, for every r over (lambda_n - lambda_1)/(lambda_n + lambda_1).
std::vector<Statement> local_exact_line_search_theory(const Setting& setting) {
  const auto eigenvalues = eigenvalues_at_limit(setting);
  if (!eigenvalues) return {};
  const double least = eigenvalues->values.minCoeff();
  const double greatest = eigenvalues->values.maxCoeff();
  Statement s;
  s.method = "gradient descent, exact line search";
  s.scope = Scope::local;
  s.factor = (greatest - least) / (greatest + least);
  s.text = fmt::format("|x_k - x*| falls at least like {:.10g}^k close to x*", *s.factor);
  s.conditions = "exact line search, close to a minimiser with a positive definite Hessian";
  s.source = "Nocedal & Wright 2006, theorem 3.4";
  return {s};
}

// f_k - f* <= ((kappa - 1)/(kappa + 1))^(2k) (f_0 - f*); attained from (kappa, 1) on diag(1, kappa).
std::vector<Statement> exact_line_search_theory(const Setting& setting) {
  const SettingFacts facts = facts_of(setting);
  if (!facts.is_strongly_convex_smooth() || !facts.initial_gap) return local_exact_line_search_theory(setting);
  const double kappa = facts.condition_number();
  const double q = (kappa - 1) / (kappa + 1);
  Statement s;
  s.method = "gradient descent, exact line search";
  s.text = fmt::format("f_k - f* <= {:.10g}^k (f_0 - f*)", q * q);
  s.conditions = "f mu-strongly convex and L-smooth, exact line search";
  s.source = facts.quadratic ? "Kantorovich 1948; Luenberger & Ye 2008, section 8.2"
                             : "de Klerk, Glineur & Taylor 2017, theorem 1.2";
  s.quantity = Quantity::gap;
  if (kappa > 1) {
    s.factor = q;
  } else {
    s.terminates_within = 1;
  }
  s.bound = geometric(*facts.initial_gap, q * q);
  return {s};
}

// With c (f_k - f*)/|g_k|^2 for the step: |x_{k+1} - x*|^2 <= |x_k - x*|^2 - c (2 - c) (f_k - f*)^2/|g_k|^2,
// where |g_k|^2 <= 2 L (f_k - f*) and f_k - f* >= (mu/2)|x_k - x*|^2. So the distance never grows, and the sum
// of the gaps is at most 2 L R^2/(c (2 - c)).
std::vector<Statement> polyak_step_theory(double c, const SettingFacts& facts) {
  if (!facts.convex || !facts.radius) return {};
  const double gain = c * (2 - c);
  std::vector<Statement> statements;
  Statement s;
  s.method = "gradient descent, Polyak's step";
  s.source = "Polyak 1969; Hazan & Kakade 2019";
  if (facts.is_strongly_convex_smooth()) {
    const double kappa = facts.condition_number();
    double rho = std::sqrt(1 - gain / (4 * kappa));
    if (c == 2) {
      // gamma = 2 (f - f*)/|g|^2 contracts |x - x*|^2 by (gamma L - 1)(1 - gamma mu)/(gamma (L + mu) - 1), most
      // slowly at gamma = 2/(L + mu).
      rho = (kappa - 1) / (kappa + 1);
      s.source = "Barré, Taylor & d'Aspremont 2020, \"Complexity guarantees for Polyak steps with momentum\"";
    }
    s.text = fmt::format("|x_k - x*| <= {:.10g}^k |x_0 - x*|", rho);
    s.conditions = "f mu-strongly convex and L-smooth, f* known";
    if (rho > 0) s.factor = rho;
    s.bound = geometric(*facts.radius, rho);
  } else {
    s.text = "|x_k - x*| never grows";
    s.conditions = "f convex, f* known";
    s.bound = geometric(*facts.radius, 1);
  }
  statements.push_back(s);

  if (facts.is_convex_smooth() && gain > 0) {
    const double scale = 2 * *facts.L * *facts.radius * *facts.radius / gain;
    Statement best;
    best.method = s.method;
    best.text = fmt::format("min_{{j<=k}} f_j - f* <= {:.6g}/(k+1)", scale);
    best.conditions = "f convex and L-smooth, f* known";
    best.source = "Polyak 1969; Hazan & Kakade 2019, theorem 1";
    best.quantity = Quantity::gap;
    best.power = 1;
    best.best_so_far = true;
    best.bound = [scale](long k) { return scale / static_cast<double>(k + 1); };
    statements.push_back(best);
  }
  return statements;
}

// f_n - f* <= L R^2/(1 + sqrt(4 rho^(2m) - 3)) at n = 2^m - 1, rho = 1 + sqrt(2). In between f may rise, as
// every 2^m-th step is far beyond 2/L.
std::vector<Statement> silver_step_theory(double base_step, const SettingFacts& facts) {
  if (!facts.is_convex_smooth() || !facts.radius || base_step * *facts.L > 1 + 1e-12) return {};
  const double scale = *facts.radius * *facts.radius / base_step;
  const double rho = 1 + std::numbers::sqrt2;
  Statement s;
  s.method = "gradient descent, silver steps";
  s.text = fmt::format(
      "f_k - f* <= L R^2/(1 + sqrt(4 (1+sqrt(2))^(2m) - 3)) at k = 2^m - 1, with L R^2 = {:.6g}", scale);
  s.conditions = "f convex and L-smooth";
  s.source = "Altschuler & Parrilo 2023, \"Acceleration by stepsize hedging II\", theorem 1.1";
  s.quantity = Quantity::gap;
  s.power = std::log2(rho);
  s.best_so_far = true;
  s.bound = [=](long k) {
    const int m = std::bit_width(static_cast<unsigned long>(k + 1)) - 1;
    return scale / (1 + std::sqrt(4 * std::pow(rho, 2 * m) - 3));
  };
  return {s};
}

std::vector<Statement> barzilai_borwein_theory(const SettingFacts& facts, Index n) {
  if (!facts.quadratic || !facts.mu) return {};
  Statement s;
  s.method = "gradient descent, Barzilai-Borwein step";
  s.conditions = "strongly convex quadratic";
  s.text = "R-linear, not monotone; no factor is known";
  s.source = "Dai & Liao 2002";
  if (n == 2) {
    s.text = "R-superlinear for n = 2";
    s.conditions += ", n = 2";
    s.source = "Barzilai & Borwein 1988, section 3";
    s.order = 1;
  }
  return {s};
}

}  // namespace

std::vector<Statement> gradient_descent_theory(const GradientDescent& solver, const Setting& setting) {
  const GradientDescentOptions& options = solver.options();
  if (options.batch_size || !Schedule(options).is_constant()) return {};
  switch (options.step) {
    case StepRule::fixed:
    case StepRule::inverse_lipschitz:
    case StepRule::optimal: {
      const auto eta = GradientDescent::base_step(options, setting.problem.facts());
      return eta ? constant_step_theory(*eta, setting) : std::vector<Statement>{};
    }
    case StepRule::silver: {
      const auto base = GradientDescent::base_step(options, setting.problem.facts());
      return base ? silver_step_theory(*base, facts_of(setting)) : std::vector<Statement>{};
    }
    case StepRule::exact:
      return exact_line_search_theory(setting);
    case StepRule::polyak:
      return polyak_step_theory(options.polyak_factor, facts_of(setting));
    case StepRule::barzilai_borwein:
      return barzilai_borwein_theory(facts_of(setting), setting.problem.dimension());
    case StepRule::armijo:
    case StepRule::strong_wolfe:
      return {};
  }
  return {};
}

}  // namespace optbed
