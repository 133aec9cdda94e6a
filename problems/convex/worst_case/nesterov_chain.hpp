// Nesterov's chain, on which every first-order method is slow (Nesterov 2004, section 2.1.2):
//   f(x) = (L/4) ((x_1^2 + sum_{i<n} (x_i - x_{i+1})^2 + x_n^2)/2 - x_1).
// The gradient passes information from one component to the next only: from the start 0, k gradients reach k
// components.
//
// With x_0 = 1, x_{n+1} = 0 and h = 1/(n+1) the differences d_i = x_i - x_{i+1}, i = 0 … n, sum to 1, so that
//   f = (L/8) (sum d_i^2 - 1) = (L/8) (h - 1) + (L/8) sum (d_i - h)^2,
// which shows minimum (L/8)(1/(n+1) - 1) and minimiser x*_i = 1 - i/(n+1) (all d_i = h).
// H = (L/4) tridiag(-1, 2, -1) has the eigenvalues (L/4)(2 - 2 cos(i pi/(n+1))) = L sin^2(i pi/(2(n+1))), i = 1
// … n:
//   mu = L sin^2(pi/(2(n+1))),   largest eigenvalue L cos^2(pi/(2(n+1))).
//
// value() sums the squares of the last form, which are small near the minimiser, and adds the minimum at the
// end: the gap f - f* is right to half a unit in the last place of f* and never negative. The first form would
// lose it in the rounding errors of n terms of the size of f*.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct NesterovChainOptions {
  long n = 21;
  double lipschitz = 1;
};

class NesterovChain final : public Problem {
 public:
  using Options = NesterovChainOptions;
  static OptionTable<Options> option_table();

  explicit NesterovChain(const Options& options = {});

  Index dimension() const override { return n_; }
  Vector start() const override { return Vector::Zero(n_); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  Index n_;
  double L_;
  double h_;        // 1/(n+1)
  double minimum_;  // (L/8)(h - 1)
};

ProblemEntry nesterov_chain_entry();

}  // namespace optbed
