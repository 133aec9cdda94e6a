#include "solvers/solver.hpp"

namespace optbed {

std::string Solver::unmet_need(const Problem& problem) const {
  if (needs_gradient() && !problem.has_gradient()) {
    return "a gradient: it has kinks (proximal_gradient, admm and primal_dual are made for such problems)";
  }
  if (!handles_constraints() && problem.is_constrained()) {
    return "a minimum on the whole space: it has constraints, and this method holds none";
  }
  return missing(problem);
}

}  // namespace optbed
