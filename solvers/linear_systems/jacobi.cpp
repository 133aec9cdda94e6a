#include "solvers/linear_systems/jacobi.hpp"

namespace optbed {

OptionTable<JacobiOptions> Jacobi::option_table() {
  return OptionTable<Options>().real("omega", &Options::omega, positive(),
                                     "weight of a correction; 1: Jacobi's");
}

SolverEntry Jacobi::entry() {
  return registry_entry<Solver, Jacobi>(
      "jacobi", "each equation solved for its own unknown, all at once: x + omega D^-1 (b - A x)",
      {{"needs", "a linear system with a nonzero diagonal"},
       {"cost", "1 product with A an iteration; at the start 1 Hessian (the diagonal of A)"},
       {"rate", "the spectral radius of I - omega D^-1 A; cos(pi/(n+1)) on tridiag(-1, 2, -1)"},
       {"source", "Jacobi 1845; Saad 2003, section 4.1"}});
}

std::optional<StopReason> Jacobi::prepare(Oracle& f) {
  D_ = diagonal(f.matrix());
  return std::nullopt;
}

StepInfo Jacobi::step(Oracle& f) {
  trial_ = current_.x + options_.omega * r_.cwiseQuotient(D_);
  return move_to_trial(f);
}

}  // namespace optbed
