// Claims on BFGS, DFP, SR1 and L-BFGS.
#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"
#include "analysis/theory/krylov.hpp"
#include "analysis/theory/setting_facts.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/dfp.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "solvers/quasi_newton/sr1.hpp"

namespace optbed {
namespace {

// Searches whose steps meet the Wolfe conditions, or are better still.
bool meets_wolfe_conditions(LineSearchKind kind) { return kind != LineSearchKind::armijo; }

// With exact searches on a quadratic BFGS, DFP and L-BFGS are conjugate gradients, whatever multiple of I they
// begin with and however many pairs they keep (Nocedal & Wright 2006, theorem 6.4 and section 7.2), and so is
// SR1 from I (Dixon 1972).
std::vector<Statement> conjugate_gradients(const std::string& method, const Setting& setting) {
  return conjugate_gradient_statements(method + ", exact line search",
                                       "strongly convex quadratic, exact line search", setting);
}

}  // namespace

std::vector<Statement> bfgs_theory(const Bfgs& solver, const Setting& setting) {
  const LineSearchKind search = solver.options().line_search;
  std::vector<Statement> statements;
  if (search == LineSearchKind::exact) statements = conjugate_gradients("BFGS", setting);
  const bool definite = eigenvalues_of_quadratic(setting.problem) || has_nondegenerate_limit(setting);
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

// Wolfe's conditions are not known to be enough for DFP.
std::vector<Statement> dfp_theory(const Dfp& solver, const Setting& setting) {
  if (solver.options().line_search != LineSearchKind::exact) return {};
  std::vector<Statement> statements = conjugate_gradients("DFP", setting);
  if (!facts_of(setting).is_strongly_convex_smooth()) return statements;
  Statement s;
  s.method = "DFP";
  s.text = "superlinear: |x_{k+1} - x*|/|x_k - x*| -> 0";
  s.conditions = "f mu-strongly convex and L-smooth, Hessian Lipschitz continuous at x*, exact line search";
  s.source = "Powell 1971";
  s.order = 1;
  statements.push_back(std::move(s));
  return statements;
}

// From (s'y/y'y) I the first pair adds no rank-one term, and the directions are not conjugate.
std::vector<Statement> sr1_theory(const Sr1LineSearch& solver, const Setting& setting) {
  const QuasiNewtonOptions& options = solver.options();
  if (options.line_search != LineSearchKind::exact || options.initial_scaling) return {};
  return conjugate_gradients("SR1", setting);
}

std::vector<Statement> lbfgs_theory(const Lbfgs& solver, const Setting& setting) {
  const LineSearchKind search = solver.options().line_search;
  std::vector<Statement> statements;
  if (search == LineSearchKind::exact) statements = conjugate_gradients("L-BFGS", setting);
  const bool everywhere = facts_of(setting).is_strongly_convex_smooth();
  if (!meets_wolfe_conditions(search) || !(everywhere || has_nondegenerate_limit(setting))) return statements;
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
