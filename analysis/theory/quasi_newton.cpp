// Claims on BFGS and L-BFGS.
#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"

namespace optbed {
namespace {

// Searches whose steps meet the Wolfe conditions, or are better still.
bool meets_wolfe_conditions(LineSearchKind kind) { return kind != LineSearchKind::armijo; }

// With exact searches on a quadratic both are conjugate gradients, whatever multiple of I they begin with and
// however many pairs they keep (Nocedal & Wright 2006, theorem 6.4 and section 7.2): finite termination, and
// f_k - f* <= T_k((kappa+1)/(kappa-1))^-2 (f_0 - f*) with Chebyshev's polynomial T_k.
std::vector<Statement> conjugate_gradients(const std::string& method, const Setting& setting) {
  const auto eigenvalues = eigenvalues_of_quadratic(setting.problem);
  if (!eigenvalues) return {};
  const Facts& facts = setting.problem.facts();
  const Index distinct =
      facts.distinct_eigenvalues ? facts.distinct_eigenvalues->value : setting.problem.dimension();

  Statement ends;
  ends.method = method + ", exact line search";
  ends.text = fmt::format("x_k = x* after {} iterations: one for each distinct eigenvalue", distinct);
  ends.conditions = "strongly convex quadratic, exact line search, exact arithmetic";
  ends.source = "Nocedal & Wright 2006, theorems 5.4 and 6.4";
  ends.terminates_within = distinct;
  std::vector<Statement> statements = {ends};

  const double kappa = eigenvalues->greatest() / eigenvalues->least();
  const SettingFacts known = facts_of(setting);
  if (kappa > 1 && known.initial_gap) {
    const double q = (std::sqrt(kappa) - 1) / (std::sqrt(kappa) + 1);
    Statement s = ends;
    s.terminates_within.reset();
    s.text = fmt::format(
        "f_k - f* <= (f_0 - f*)/T_k((kappa+1)/(kappa-1))^2, which falls by {:.10g} an iteration", q * q);
    s.conditions = "strongly convex quadratic, exact line search";
    s.source = "Luenberger & Ye 2008, section 9.4";
    s.quantity = Quantity::gap;
    s.factor = q;
    s.bound = [q, initial = *known.initial_gap](long k) {
      const double qk = std::pow(q, static_cast<double>(k));
      const double minimax = 2 * qk / (1 + qk * qk);  // 1/T_k
      return initial * minimax * minimax;
    };
    statements.push_back(std::move(s));
  }
  return statements;
}

}  // namespace

std::vector<Statement> bfgs_theory(const Bfgs& solver, const Setting& setting) {
  const LineSearchKind search = solver.options().line_search;
  std::vector<Statement> statements;
  if (search == LineSearchKind::exact) statements = conjugate_gradients("BFGS", setting);
  const bool definite =
      eigenvalues_of_quadratic(setting.problem) || has_nondegenerate_minimisers(setting.problem);
  if (!definite || !meets_wolfe_conditions(search)) return statements;
  Statement s;
  s.method = "BFGS";
  s.text = "superlinear: |x_{k+1} - x*|/|x_k - x*| -> 0";
  s.conditions =
      "close to a minimiser with a positive definite Hessian, which is Lipschitz continuous there; Wolfe "
      "conditions";
  s.source = "Powell 1976; Nocedal & Wright 2006, theorem 6.6";
  s.scope = Scope::local;
  s.order = 1;
  statements.push_back(std::move(s));
  return statements;
}

std::vector<Statement> lbfgs_theory(const Lbfgs& solver, const Setting& setting) {
  const LineSearchKind search = solver.options().line_search;
  std::vector<Statement> statements;
  if (search == LineSearchKind::exact) statements = conjugate_gradients("L-BFGS", setting);
  const bool everywhere = facts_of(setting).is_strongly_convex_smooth();
  if (!meets_wolfe_conditions(search) || !(everywhere || has_nondegenerate_minimisers(setting.problem)))
    return statements;
  Statement s;
  s.method = "L-BFGS";
  s.text = "R-linear; no factor is known";
  s.conditions = everywhere ? "f mu-strongly convex and L-smooth, Wolfe conditions"
                            : "on a convex level set round a minimiser with a positive definite Hessian; Wolfe "
                              "conditions";
  s.source = "Liu & Nocedal 1989, theorem 6.1";
  s.scope = everywhere ? Scope::problem_class : Scope::local;
  statements.push_back(std::move(s));
  return statements;
}

}  // namespace optbed
