// Bratu's problem -(u_xx + u_yy) = lambda e^u on the unit square, u = 0 on its boundary: the steady state of a
// solid fuel between ignition and explosion (Averick, Carter, Moré & Xue 1992, "The MINPACK-2 test problem
// collection", steady-state combustion). u minimises the integral of |grad u|^2/2 - lambda e^u; with linear
// elements on n x n inner points, h = 1/(n + 1), and the trapezoidal rule for e^u that becomes
//   f(x) = (1/2) x'A x - lambda - lambda h^2 sum (e^{x_i} - 1),   A = T (x) I + I (x) T,
//   T = tridiag(-1, 2, -1).
//
// f has no lower bound: along a component it falls like -e^x in the end. Up to a critical lambda, 6.80812… as n
// grows, there is one local minimum, the colder of the two solutions, and it is what one looks for. The facts
// are silent about the lower bound: that f is known to have none would say that no small gradient is a
// solution. Not convex: H = A - lambda h^2 diag(e^x), and the exponential has no bound.
//
// Start sqrt(min of the distances to the four sides) lambda/(lambda + 1). An evaluation takes a few passes over
// one row of the grid after the other, while it is in the cache; the exponential is most of its cost.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct BratuOptions {
  long n = 30;
  double lambda = 5;
};

class Bratu final : public Problem {
 public:
  using Options = BratuOptions;
  static OptionTable<Options> option_table();

  explicit Bratu(const Options& options = {});

  Index dimension() const override { return n_ * n_; }
  Vector start() const override;
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_sparse_hessian() const override { return true; }
  SparseRows sparse_hessian_pattern() const override;
  void sparse_hessian(const Vector& x, SparseRows& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  Index n_;      // a side
  double rate_;  // lambda h^2
  double lambda_;
};

ProblemEntry bratu_entry();

}  // namespace optbed
