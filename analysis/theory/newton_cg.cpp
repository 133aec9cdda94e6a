// Claims on Newton-CG: its rate is that of its forcing terms.
#include "solvers/newton/newton_cg.hpp"

#include <fmt/format.h>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/families.hpp"

namespace optbed {

// Close to x* the step is whole: the residual of conjugate gradients is orthogonal to it, so that f falls by
// half of what the slope promises.
std::vector<Statement> newton_cg_theory(const NewtonCg& solver, const Setting& setting) {
  const NewtonCgOptions& options = solver.options();
  if (!eigenvalues_of_quadratic(setting.problem) && !has_nondegenerate_limit(setting)) return {};
  Statement s;
  s.method = "Newton-CG";
  s.conditions = "close to a minimiser with a positive definite Hessian, which is Lipschitz continuous there";
  s.scope = Scope::local;
  switch (options.forcing) {
    case Forcing::superlinear:
      s.source = "Nocedal & Wright 2006, theorem 7.2";
      s.text = "superlinear, as the forcing terms go to 0: |x_{k+1} - x*|/|x_k - x*| -> 0";
      s.order = 1;
      break;
    case Forcing::quadratic:
      s.source = "Nocedal & Wright 2006, theorem 7.2";
      s.text = "quadratic, as the forcing terms are O(|g|): |x_{k+1} - x*| = O(|x_k - x*|^2)";
      s.order = 2;
      break;
    case Forcing::constant:
      s.source = "Nocedal & Wright 2006, theorem 7.1";
      s.text = fmt::format("|g| contracts by eta = {:.10g} an iteration or faster", options.forcing_term);
      s.factor = options.forcing_term;
      break;
  }
  return {s};
}

}  // namespace optbed
