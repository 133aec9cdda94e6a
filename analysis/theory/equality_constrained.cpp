// Claims on the methods for equality constraints.
#include "analysis/theory/families.hpp"
#include "solvers/constrained/augmented_lagrangian.hpp"
#include "solvers/constrained/lagrange.hpp"

namespace optbed {

std::vector<Statement> lagrange_theory(const Lagrange& solver, const Setting& setting) {
  const auto& problem = dynamic_cast<const EqualityConstrainedProblem&>(setting.problem);
  Statement s;
  s.method = "Lagrange's conditions by Newton's method";
  const Facts& facts = problem.facts();
  if (facts.is_quadratic() && facts.strong_convexity && problem.constraints_are_linear()) {
    s.text = "one step solves the problem";
    s.conditions = "f a strongly convex quadratic, c linear with independent rows";
    s.source = "Nocedal & Wright 2006, section 16.1";
    s.terminates_within = 1;
    return {s};
  }
  s.text = "|x_{k+1} - x*| <= C |x_k - x*|^2 close to x*";
  s.conditions =
      "close to a minimiser with independent constraint gradients and a positive definite reduced Hessian";
  s.source = "Nocedal & Wright 2006, theorem 18.4";
  if (solver.options().safeguard == LagrangeSafeguard::line_search) {
    s.conditions += "; the second-order correction lets whole steps pass";
  }
  s.scope = Scope::local;
  s.order = 2;
  return {s};
}

std::vector<Statement> augmented_lagrangian_theory(const AugmentedLagrangian& /*solver*/,
                                                   const Setting& /*setting*/) {
  Statement s;
  s.method = "augmented Lagrangian";
  s.text = "linear, with a factor proportional to 1/mu";
  s.conditions = "close to a minimiser as in the theory of Lagrange's conditions, mu constant and large enough";
  s.source = "Nocedal & Wright 2006, theorem 17.6; Bertsekas 1982, section 2.2.3";
  s.scope = Scope::local;
  return {s};
}

}  // namespace optbed
