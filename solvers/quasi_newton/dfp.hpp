// DFP (Davidon 1959; Fletcher & Powell 1963; Nocedal & Wright 2006, algorithm 6.1 with (6.15)):
//   H_{k+1} = H_k - H_k y y'H_k/y'H_k y + s s'/s'y,
// from H_0 = I or, with initial_scaling, from (s'y/y'y) I once the first pair is known ((6.20)). The first
// quasi-Newton method; it recovers from a bad H more slowly than BFGS, its dual, and needs better searches: on
// the chained Rosenbrock function of 100 variables 431 exact ones are enough, and 10000 strong Wolfe ones are
// not, of which BFGS makes 597.
// Needs: gradient. Cost: as BFGS: a line search; 4 n^2 flops for the update and 2 n^2 for the direction.
// Rate: superlinear with exact searches on a uniformly convex function (Powell 1971), and from a good start
// with whole steps (Broyden, Dennis & Moré 1973); on a quadratic with exact searches and H_0 = I the iterates
// of conjugate gradients, which end after n steps (theorem 6.4).
#pragma once

#include "solvers/quasi_newton/dense_quasi_newton.hpp"

namespace optbed {

class Dfp final : public DenseQuasiNewton {
 public:
  using Options = QuasiNewtonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Dfp(const Options& options = {}) : DenseQuasiNewton(options) {}

 private:
  bool correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) override;
};

}  // namespace optbed
