// Conjugate gradients (Hestenes & Stiefel 1952; Saad 2003, algorithm 6.18). With p_0 = r_0 = b - A x_0:
//   alpha = r'r/p'Ap,  x += alpha p,  r -= alpha A p,  beta = r_+'r_+/r'r,  p = r_+ + beta p.
// Needs: a linear system with a symmetric positive definite A. Where p'Ap <= 0 shows that it is not, the run
// stops with linear_solve_failed at the last iterate.
// Cost: 1 product and three passes over five n-vectors.
// Rate: the A-norm of the error falls at least like 1/T_k((kappa+1)/(kappa-1)) <= 2 q^k with
// q = (sqrt(kappa)-1)/(sqrt(kappa)+1); in exact arithmetic it is 0 after as many iterations as A has distinct
// eigenvalues.
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct ConjugateGradientOptions {};

class ConjugateGradient final : public LinearSystemSolver {
 public:
  using Options = ConjugateGradientOptions;
  static OptionTable<Options> option_table() { return {}; }
  static SolverEntry entry();

  explicit ConjugateGradient(const Options& /*options*/ = {}) {}

  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& /*facts*/) const override {
    return lacking_symmetry(system);
  }
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Vector p_;
  Vector Ap_;
  double rr_ = 0;  // r'r
  double pp_ = 0;  // p'p
};

}  // namespace optbed
