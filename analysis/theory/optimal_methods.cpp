// Claims on the methods whose coefficients are optimal for a class: optimized_gradient for convex L-smooth
// functions, triple_momentum for strongly convex ones. Throughout kappa = L/mu, R = |x_0 - x*|.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/families.hpp"
#include "analysis/theory/linear_modes.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/optimized_gradient.hpp"
#include "solvers/first_order/triple_momentum.hpp"

namespace optbed {
namespace {

// The last theta of a run of k iterations, for k = 0 … 1000. Beyond, (k + 1)/sqrt(2), which is less by 5e-3.
std::vector<double> last_thetas() {
  constexpr int count = 1000;
  std::vector<double> last = {1};
  double theta = 1;
  for (int k = 1; k <= count; ++k) {
    last.push_back(OptimizedGradient::last_theta(theta));
    theta = OptimizedGradient::next_theta(theta);
  }
  return last;
}

// A constant L that the user gives is one of f as well if it is not below the known one.
bool is_lipschitz_constant(double L, const SettingFacts& facts) {
  return facts.L && L >= *facts.L * (1 - 1e-12);
}

}  // namespace

// f_k - f* <= L R^2/(2 theta_k^2) with the last theta of a run of k iterations.
std::vector<Statement> optimized_gradient_theory(const OptimizedGradient& solver, const Setting& setting) {
  const OptimizedGradientOptions& options = solver.options();
  const SettingFacts facts = facts_of(setting);
  const double L = lipschitz_constant(options, setting.problem.facts()).value();
  if (options.iterate != OptimizedGradientIterate::final || options.batch_size) return {};
  if (!Schedule(options).is_constant()) return {};
  if (!facts.is_convex_smooth() || !facts.radius || !is_lipschitz_constant(L, facts)) return {};
  const double scale = L * *facts.radius * *facts.radius / 2;
  Statement s;
  s.method = "optimized gradient method";
  s.text = fmt::format("f_k - f* <= L R^2/(2 theta_k^2) <= L R^2/(k+1)^2 with L R^2 = {:.6g}", 2 * scale);
  s.conditions = "f convex and L-smooth, step 1/L";
  s.source = "Kim & Fessler 2016, theorem 2";
  s.quantity = Quantity::gap;
  s.power = 2;
  s.bound = [scale, last = last_thetas()](long k) {
    const auto i = static_cast<std::size_t>(k);
    const double theta = i < last.size() ? last[i] : (static_cast<double>(k) + 1) / std::sqrt(2.0);
    return scale / (theta * theta);
  };
  return {s};
}

std::vector<Statement> triple_momentum_theory(const TripleMomentum& solver, const Setting& setting) {
  const TripleMomentumOptions& options = solver.options();
  const auto parameters = TripleMomentum::parameters(options, setting.problem.facts());
  if (!parameters || options.batch_size || !Schedule(options).is_constant()) return {};
  const auto [rho, alpha, beta, gamma, delta] = *parameters;

  // xi_{k+1} = (1 + beta - alpha lambda (1 + gamma)) xi_k - (beta - alpha lambda gamma) xi_{k-1}, and so x_k.
  const auto mode = [alpha = alpha, beta = beta, gamma = gamma, delta = delta](double lambda) {
    const double h = alpha * lambda;
    return Mode{.sum = 1 + beta - h * (1 + gamma), .product = beta - h * gamma, .first = 1 - (1 + delta) * h};
  };
  std::vector<Statement> statements = modal_theory(
      {"triple momentum",
       fmt::format("alpha = {:.6g}, beta = {:.6g}, gamma = {:.6g}, delta = {:.6g} constant, from rest", alpha,
                   beta, gamma, delta),
       "Van Scoy, Freeman & Lynch 2018; Lessard, Recht & Packard 2016, section 3", mode},
      setting);

  const SettingFacts facts = facts_of(setting);
  if (!facts.is_strongly_convex_smooth() || !facts.radius) return statements;
  const SmoothnessConstants used = smoothness_constants(options, setting.problem.facts());
  if (!is_lipschitz_constant(*used.lipschitz, facts) || *used.mu > *facts.mu * (1 + 1e-12)) return statements;
  const double scale = *used.lipschitz * *used.lipschitz / *used.mu / 2 * *facts.radius * *facts.radius;
  Statement s;
  s.method = "triple momentum";
  s.text = fmt::format("f_k - f* <= {:.10g}^k (L kappa/2) R^2", rho * rho);
  s.conditions = "f mu-strongly convex and L-smooth";
  s.source = "Van Scoy, Freeman & Lynch 2018, theorem 1";
  s.quantity = Quantity::gap;
  s.factor = rho;
  s.bound = geometric(scale, rho * rho);
  statements.push_back(std::move(s));
  return statements;
}

}  // namespace optbed
