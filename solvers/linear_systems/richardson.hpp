// Richardson's iteration (1910): x_{k+1} = x_k + eta (b - A x_k), which is gradient descent with a constant
// step on (1/2)x'Ax - b'x (Saad 2003, example 4.1).
// Needs: a linear system; mu and L, the extreme eigenvalues of A, where no learning_rate is given.
// Cost: 1 product.
// Rate: A symmetric positive definite: the error contracts by max(|1 - eta mu|, |1 - eta L|) for
// 0 < eta < 2/L, best at eta = 2/(L + mu): (kappa - 1)/(kappa + 1).
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct RichardsonOptions {
  std::optional<double> learning_rate;
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class Richardson final : public LinearSystemSolver {
 public:
  using Options = RichardsonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Richardson(const Options& options) : options_(options) {}

  const Options& options() const { return options_; }
  StepInfo step(Oracle& f) override;

  // eta; none where neither it nor mu and L are given or known of A. `facts` are those of the problem.
  static std::optional<double> step_length(const Options& options, bool is_gradient, const Facts& facts);

 protected:
  std::string lacking(const LinearSystem& system, const Facts& facts) const override;
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Options options_;
  double eta_ = 0;
};

}  // namespace optbed
