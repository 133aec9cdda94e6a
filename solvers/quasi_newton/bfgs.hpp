// BFGS (Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, algorithm 6.1 with (6.17)):
//   H_{k+1} = (I - rho s y') H_k (I - rho y s') + rho s s',   rho = 1/s'y,
// from H_0 = I or, with initial_scaling, from (s'y/y'y) I once the first pair is known ((6.20)).
// Needs: gradient. Cost: a line search, of which most accept their first trial; 4 n^2 flops for the update and
// 2 n^2 for the direction; a triangle of an n x n matrix is read twice and written once.
// Rate: superlinear near a minimiser with a positive definite, Lipschitz-continuous Hessian (Dennis & Moré
// 1974; theorem 6.6); on a quadratic with exact searches and H_0 = I the iterates of conjugate gradients, which
// end after n steps (theorem 6.4).
#pragma once

#include "solvers/quasi_newton/dense_quasi_newton.hpp"

namespace optbed {

class Bfgs final : public DenseQuasiNewton {
 public:
  using Options = QuasiNewtonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Bfgs(const Options& options = {}) : DenseQuasiNewton(options) {}

 private:
  bool correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) override;
};

}  // namespace optbed
