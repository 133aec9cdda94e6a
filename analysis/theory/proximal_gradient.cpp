// Claims on the proximal gradient method, F = f + g with f convex and L-smooth, g convex. Throughout R = |x_0 -
// x*|. Where L is found by backtracking, no L_k is over max(L_0, eta L), which stands for L then.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/theory/families.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/constrained/proximal_gradient.hpp"

namespace optbed {
namespace {

// The bounds say nothing of the start: g may be as large as it likes there.
std::function<double(long)> after_the_start(std::function<double(double)> bound) {
  return [bound = std::move(bound)](long k) {
    return k < 1 ? std::numeric_limits<double>::infinity() : bound(static_cast<double>(k));
  };
}

Statement ista(double L, double R) {
  Statement s;
  s.method = "proximal gradient (ISTA)";
  s.text = fmt::format("F_k - F* <= L R^2/(2k) = {:.6g}/k, k >= 1", L * R * R / 2);
  s.source = "Beck & Teboulle 2009, theorem 3.1";
  s.power = 1;
  s.bound = after_the_start([=](double k) { return L * R * R / (2 * k); });
  return s;
}

Statement fista(double L, double R) {
  Statement s;
  s.method = "proximal gradient, accelerated (FISTA)";
  s.text = fmt::format("F_k - F* <= 2 L R^2/(k+1)^2 = {:.6g}/(k+1)^2, k >= 1", 2 * L * R * R);
  s.source = "Beck & Teboulle 2009, theorem 4.4";
  s.power = 2;
  s.bound = after_the_start([=](double k) { return 2 * L * R * R / ((k + 1) * (k + 1)); });
  return s;
}

// A gradient step of length 1/L contracts by 1 - mu/L where f is strongly convex, and no proximal map expands.
Statement linear(double L, double mu, double R) {
  Statement s;
  s.method = "proximal gradient (ISTA)";
  s.text = fmt::format("|x_k - x*| <= {:.10g}^k |x_0 - x*|", 1 - mu / L);
  s.conditions = "f mu-strongly convex and L-smooth, g convex, steps 1/L";
  s.source =
      "Taylor, Hendrickx & Glineur 2018, \"Exact worst-case convergence rates of the proximal gradient "
      "method\"";
  s.quantity = Quantity::distance;
  s.factor = 1 - mu / L;
  s.bound = geometric(R, 1 - mu / L);
  return s;
}

}  // namespace

std::vector<Statement> proximal_gradient_theory(const ProximalGradient& solver, const Setting& setting) {
  const ProximalGradientOptions& options = solver.options();
  const SettingFacts facts = facts_of(setting);
  const auto first = ProximalGradient::first_lipschitz(options, setting.problem.facts());
  // Of the restarted method no bound is known that its conditions let one check.
  if (!first || !facts.L || !facts.radius || options.restart != ProximalRestart::none) return {};
  const bool backtracks = options.step == ProximalStep::backtracking;
  if (!backtracks && *first < *facts.L) return {};
  const double L = backtracks ? std::max(*first, options.increase * *facts.L) : *first;

  const bool accelerated = options.acceleration == ProximalAcceleration::fista;
  std::vector<Statement> statements;
  const double mu = dynamic_cast<const CompositeProblem&>(setting.problem).strong_convexity_of_f();
  if (mu > 0 && !accelerated && !backtracks) statements.push_back(linear(L, mu, *facts.radius));
  Statement s = accelerated ? fista(L, *facts.radius) : ista(L, *facts.radius);
  s.quantity = Quantity::gap;
  s.conditions = backtracks ? "f convex and smooth, g convex, L = max(L_0, eta L_f) by backtracking"
                            : "f convex and L-smooth, g convex, steps 1/L";
  statements.push_back(std::move(s));
  return statements;
}

}  // namespace optbed
