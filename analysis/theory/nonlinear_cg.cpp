// Claims on nonlinear conjugate gradients.
#include "solvers/first_order/nonlinear_cg.hpp"

#include "analysis/theory/families.hpp"
#include "analysis/theory/krylov.hpp"

namespace optbed {

// The five formulas are one where g_{k+1} is orthogonal to g_k and d_k, and no restart rule answers then
// (Nocedal & Wright 2006, section 5.2).
std::vector<Statement> nonlinear_cg_theory(const NonlinearCg& solver, const Setting& setting) {
  if (solver.options().line_search != LineSearchKind::exact) return {};
  return conjugate_gradient_statements("nonlinear CG, exact line search",
                                       "strongly convex quadratic, exact line search", setting);
}

}  // namespace optbed
