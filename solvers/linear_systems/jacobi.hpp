// Jacobi's iteration (1845), weighted: x_{k+1} = x_k + omega D^-1 (b - A x_k), D = diag(A) (Saad 2003, section
// 4.1). omega = 1 is Jacobi's own.
// Needs: a linear system with a nonzero diagonal. Cost: 1 product.
// Rate: the error contracts asymptotically by the spectral radius of I - omega D^-1 A, which is below 1 for
// every start if A is strictly diagonally dominant and omega = 1, or A is symmetric positive definite and omega
// < 2/lambda_max(D^-1 A). On tridiag(-1, 2, -1) of order n and omega = 1: cos(pi/(n+1)).
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct JacobiOptions {
  double omega = 1;
};

class Jacobi final : public LinearSystemSolver {
 public:
  using Options = JacobiOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Jacobi(const Options& options = {}) : options_(options) {}

  const Options& options() const { return options_; }
  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& /*facts*/) const override {
    return lacking_nonzero_diagonal(system);
  }
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Options options_;
  Vector D_;
};

}  // namespace optbed
