// Chebyshev's semi-iteration on [mu, L] (Golub & Varga 1961; Saad 2003, algorithm 12.1). With theta = (L +
// mu)/2, delta = (L - mu)/2, rho_0 = delta/theta and d_0 = r_0/theta:
//   x_{k+1} = x_k + d_k,
//   rho_{k+1} = delta/(2 theta - delta rho_k),
//   d_{k+1} = rho_{k+1} rho_k d_k + 2/(2 theta - delta rho_k) r_{k+1},
// which is the three-term recurrence of the polynomials T_k.
// Needs: a linear system whose eigenvalues lie in [mu, L], mu > 0.
// Cost: 1 product, no inner products.
// Rate: along the eigenvector of lambda the error is T_k((theta - lambda)/delta)/T_k(theta/delta), at most
// 1/T_k((kappa + 1)/(kappa - 1)), attained at lambda = mu and at L.
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct ChebyshevOptions {
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class Chebyshev final : public LinearSystemSolver {
 public:
  using Options = ChebyshevOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Chebyshev(const Options& options) : options_(options) {}

  const Options& options() const { return options_; }
  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& facts) const override;
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Options options_;
  double theta_ = 0;
  double delta_ = 0;
  double rho_ = 0;
  Vector d_;
};

}  // namespace optbed
