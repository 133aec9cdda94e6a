// Claims on Newton's method.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/newton/newton.hpp"

namespace optbed {
namespace {

// The model is f itself: x_{k+1} - x* = (1 - eta)(x_k - x*).
std::vector<Statement> quadratic(const NewtonOptions& options, const Setting& setting) {
  if (options.safeguard == NewtonSafeguard::trust_region) return {};  // the radius decides
  Statement s;
  s.method = "Newton";
  s.source = "x_{k+1} - x* = (1 - eta)(x_k - x*); Nocedal & Wright 2006, section 3.3";
  s.strength = Strength::equality;
  // Backtracking begins at 1 and accepts it: f falls by half of what the slope promises.
  const double eta = options.safeguard == NewtonSafeguard::none ? options.step_length : 1;
  if (eta == 1) {
    s.text = "x_1 = x*: the model is f itself";
    s.conditions = "strongly convex quadratic, whole steps";
    s.terminates_within = 1;
    return {s};
  }
  const double factor = std::abs(1 - eta);
  const SettingFacts facts = facts_of(setting);
  s.conditions = fmt::format("strongly convex quadratic, step length {:g} (contracts for 0 < eta < 2)", eta);
  s.text = fmt::format("|x_k - x*| = |1 - eta|^k |x_0 - x*| with |1 - eta| = {:.10g}", factor);
  s.factor = factor;
  if (facts.radius) s.bound = geometric(*facts.radius, factor);
  std::vector<Statement> statements = {s};
  if (facts.initial_gap) {
    s.quantity = Quantity::gap;
    s.text = fmt::format("f_k - f* = (1 - eta)^(2k) (f_0 - f*) with (1 - eta)^2 = {:.10g}", factor * factor);
    s.bound = geometric(*facts.initial_gap, factor * factor);
    statements.push_back(s);
  }
  return statements;
}

}  // namespace

std::vector<Statement> newton_theory(const Newton& solver, const Setting& setting) {
  const NewtonOptions& options = solver.options();
  if (eigenvalues_of_quadratic(setting.problem)) return quadratic(options, setting);
  if (setting.problem.facts().is_quadratic() || !has_nondegenerate_limit(setting)) return {};

  Statement s;
  s.method = "Newton";
  s.conditions = "close to a minimiser with a positive definite Hessian, which is Lipschitz continuous there";
  s.scope = Scope::local;
  const bool damped = options.safeguard == NewtonSafeguard::none && options.step_length != 1;
  if (!damped) {
    s.source = "Nocedal & Wright 2006, theorem 3.5";
    s.text = "quadratic: |x_{k+1} - x*| = O(|x_k - x*|^2)";
    s.order = 2;
    return {s};
  }
  const double factor = std::abs(1 - options.step_length);
  if (factor >= 1) return {};
  s.source = "x_{k+1} - x* = (1 - eta)(x_k - x*) + O(|x_k - x*|^2)";
  s.text = fmt::format("|x_k - x*| contracts by |1 - eta| = {:.10g} an iteration close to x*", factor);
  s.strength = Strength::equality;
  s.factor = factor;
  return {s};
}

}  // namespace optbed
