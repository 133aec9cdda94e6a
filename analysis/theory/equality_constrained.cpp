// Claims on the methods for equality constraints.
#include <algorithm>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "solvers/constrained/augmented_lagrangian.hpp"
#include "solvers/constrained/lagrange.hpp"
#include "solvers/linear_systems/null_space_kkt.hpp"

namespace optbed {
namespace {

bool has_independent_constraints(const EqualityConstrainedProblem& problem, const Vector& x,
                                 NullSpaceKkt& kkt) {
  const Index n = problem.dimension();
  if (n > largest_decomposition) return false;
  Matrix A(problem.constraint_count(), n);
  problem.constraint_jacobian(x, A);
  kkt.start(n, A.rows());
  return A.allFinite() && kkt.factorise_constraints(A);
}

// Independent constraint gradients, and a Hessian of the Lagrangian that is positive definite on their null
// space.
bool is_regular_minimiser(const EqualityConstrainedProblem& problem, const Vector& x) {
  NullSpaceKkt kkt;
  if (!has_independent_constraints(problem, x, kkt)) return false;
  Vector g(x.size());
  problem.gradient(x, g);
  Vector lambda(problem.constraint_count());
  kkt.least_squares_multipliers(g, lambda);
  Matrix H(x.size(), x.size());
  problem.lagrangian_hessian(x, lambda, H);
  Vector step(x.size());
  const Vector c = Vector::Zero(lambda.size());
  return H.allFinite() && kkt.solve(H, g, c, step, lambda) && kkt.shift() == 0;
}

// Of at least one; false where that cannot be computed.
bool has_regular_minimisers(const EqualityConstrainedProblem& problem) {
  const auto& minimisers = problem.facts().minimisers;
  return !minimisers.empty() && std::all_of(minimisers.begin(), minimisers.end(), [&](const Fact<Vector>& x) {
    return is_regular_minimiser(problem, x.value);
  });
}

}  // namespace

std::vector<Statement> lagrange_theory(const Lagrange& solver, const Setting& setting) {
  const auto& problem = dynamic_cast<const EqualityConstrainedProblem&>(setting.problem);
  Statement s;
  s.method = "Lagrange's conditions by Newton's method";
  const Facts& facts = problem.facts();
  if (facts.is_quadratic() && facts.strong_convexity && problem.constraints_are_linear()) {
    NullSpaceKkt kkt;
    if (!has_independent_constraints(problem, setting.x0, kkt)) return {};
    s.text = "one step solves the problem";
    s.conditions = "f a strongly convex quadratic, c linear with independent rows";
    s.source = "Nocedal & Wright 2006, section 16.1";
    s.terminates_within = 1;
    return {s};
  }
  if (!has_regular_minimisers(problem)) return {};
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
                                                   const Setting& setting) {
  if (!has_regular_minimisers(dynamic_cast<const EqualityConstrainedProblem&>(setting.problem))) return {};
  Statement s;
  s.method = "augmented Lagrangian";
  s.text = "linear, with a factor proportional to 1/mu";
  s.conditions = "close to a minimiser as in the theory of Lagrange's conditions, mu constant and large enough";
  s.source = "Nocedal & Wright 2006, theorem 17.6; Bertsekas 1982, section 2.2.3";
  s.scope = Scope::local;
  return {s};
}

}  // namespace optbed
