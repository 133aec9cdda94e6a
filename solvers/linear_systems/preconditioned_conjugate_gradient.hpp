// Preconditioned conjugate gradients (Saad 2003, algorithm 9.1). With z = M^-1 r and p_0 = z_0:
//   alpha = r'z/p'Ap,  x += alpha p,  r -= alpha A p,  beta = r_+'z_+/r'z,  p = z_+ + beta p.
// Needs: a linear system with a symmetric positive definite A. linear_solve_failed where p'Ap <= 0 or r'z <= 0
// shows that A or M is not, or where the incomplete factorisation meets a pivot that is not positive.
// Cost: 1 product and an application of M^-1: n divisions for jacobi; as much as a product for the others,
// counted as one for ssor. Rate: that of conjugate gradients with the condition number of M^-1 A.
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"
#include "solvers/linear_systems/preconditioner.hpp"

namespace optbed {

struct PreconditionedConjugateGradientOptions {
  PreconditionerKind preconditioner = PreconditionerKind::jacobi;
  double omega = 1;
};

class PreconditionedConjugateGradient final : public LinearSystemSolver {
 public:
  using Options = PreconditionedConjugateGradientOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit PreconditionedConjugateGradient(const Options& options);

  const Options& options() const { return options_; }
  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& facts) const override;
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Options options_;
  std::unique_ptr<Preconditioner> M_;
  Vector z_;
  Vector p_;
  Vector Ap_;
  Vector r_next_;
  double rz_ = 0;  // r'z
  double pp_ = 0;  // p'p
};

}  // namespace optbed
