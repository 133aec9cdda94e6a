#include "solvers/linear_systems/chebyshev.hpp"

#include "solvers/linear_systems/eigenvalue_bounds.hpp"

namespace optbed {

OptionTable<ChebyshevOptions> Chebyshev::option_table() {
  OptionTable<Options> table;
  return add_eigenvalue_bounds(table);
}

SolverEntry Chebyshev::entry() {
  return registry_entry<Solver, Chebyshev>(
      "chebyshev", "Chebyshev's semi-iteration: the best polynomial in A for eigenvalues in [mu, L]",
      {{"needs", "a linear system with eigenvalues in [mu, L], mu > 0"},
       {"cost", "1 product with A an iteration, and no inner products"},
       {"rate", "1/T_k((kappa+1)/(kappa-1)) <= 2 q^k, q = (sqrt(kappa)-1)/(sqrt(kappa)+1)"},
       {"source", "Golub & Varga 1961; Saad 2003, algorithm 12.1"}});
}

std::string Chebyshev::lacking(const LinearSystem& system, const Facts& facts) const {
  const bool known = eigenvalue_bounds(options_, system.is_gradient(), facts).both();
  return known ? "" : lacking_eigenvalue_bounds + ")";
}

std::optional<StopReason> Chebyshev::prepare(Oracle& f) {
  const SmoothnessConstants bounds = eigenvalue_bounds(options_, f.system_is_gradient(), f.facts());
  theta_ = (*bounds.lipschitz + *bounds.mu) / 2;
  delta_ = (*bounds.lipschitz - *bounds.mu) / 2;
  rho_ = delta_ / theta_;
  d_ = r_ / theta_;
  return std::nullopt;
}

StepInfo Chebyshev::step(Oracle& f) {
  trial_ = current_.x + d_;
  const StepInfo info = move_to_trial(f);
  if (info.stop) return info;
  const double denominator = 2 * theta_ - delta_ * rho_;
  const double rho_next = delta_ / denominator;
  d_ = rho_next * rho_ * d_ + 2 / denominator * r_;
  rho_ = rho_next;
  return info;
}

}  // namespace optbed
