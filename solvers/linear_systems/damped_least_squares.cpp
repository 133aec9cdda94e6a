#include "solvers/linear_systems/damped_least_squares.hpp"

#include <stdexcept>

#include "solvers/linear_systems/damped_cholesky.hpp"
#include "solvers/linear_systems/damped_qr.hpp"
#include "solvers/linear_systems/damped_svd.hpp"

namespace optbed {

std::unique_ptr<DampedLeastSquares> make_damped_least_squares(DampedSolver solver) {
  switch (solver) {
    case DampedSolver::qr:
      return std::make_unique<DampedQr>();
    case DampedSolver::cholesky:
      return std::make_unique<DampedCholesky>();
    case DampedSolver::svd:
      return std::make_unique<DampedSvd>();
  }
  throw std::logic_error("no such linear solver");
}

const std::vector<std::pair<std::string, DampedSolver>>& damped_solver_choices() {
  static const std::vector<std::pair<std::string, DampedSolver>> choices = {
      {"qr", DampedSolver::qr}, {"cholesky", DampedSolver::cholesky}, {"svd", DampedSolver::svd}};
  return choices;
}

}  // namespace optbed
