// MINRES (Paige & Saunders 1975): the x_k of x_0 + span{r_0, A r_0, …, A^(k-1) r_0} with the least |b - A x|_2,
// by Lanczos' tridiagonalisation and its QR factorisation by plane rotations, in the form of Greenbaum 1997,
// algorithm 4, and Elman, Silvester & Wathen 2014, algorithm 2.4. Needs: a linear system with a symmetric A,
// definite or not. linear_solve_failed where A is singular and b is not in its range, as far as that shows.
// Cost: 1 product and passes over seven n-vectors.
// Rate: the residual never grows. A positive definite: |r_k| <= |r_0|/T_k((kappa+1)/(kappa-1)). Indefinite,
// kappa = max|lambda|/min|lambda|: |r_k| <= |r_0|/T_[k/2]((kappa^2+1)/(kappa^2-1)). In exact arithmetic it ends
// after as many iterations as A has distinct eigenvalues.
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct MinresOptions {};

class Minres final : public LinearSystemSolver {
 public:
  using Options = MinresOptions;
  static OptionTable<Options> option_table() { return {}; }
  static SolverEntry entry();

  explicit Minres(const Options& /*options*/ = {}) {}

  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& /*facts*/) const override {
    return lacking_symmetry(system);
  }
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Vector v_, v_before_;  // Lanczos vectors v_j, v_{j-1}
  Vector w_, w_before_;  // directions w_j, w_{j-1}
  Vector Av_;
  double gamma_ = 0;  // |v_j| before it was normalised: the off-diagonal element of the tridiagonal matrix
  double eta_ = 0;    // the residual's remaining component, |eta| = |r|
  double c_ = 1, c_before_ = 1, s_ = 0, s_before_ = 0;  // the last two rotations
  double norm_of_A_ = 0;  // a lower bound, from the columns of the tridiagonal matrix
};

}  // namespace optbed
