// Basis pursuit (Chen, Donoho & Saunders 1998): |x|_1 -> min subject to A x = b, A (m x n), m <= n, on
// generated data of which the minimiser is known: A, x* and y* as in planted_sparse_solution.hpp, and b = A x*.
// For every x with A x = b, |x|_1 >= (A'y*)'x = b'y* = |x*|_1, since |A'y*|_inf <= 1: the minimum is |x*|_1,
// attained at x* only, as |A'y*| < 1 off its support and the columns on it are linearly independent.
//
// Start 0. As every minimiser goes with every dual solution, x is a minimiser if and only if A x = b and A'y*
// is a subgradient of |.|_1 at x. The residual of optimality is the larger of |A x - b|_inf and |x - p|_inf, p
// = sign(x + A'y*) max(|x + A'y*| - 1, 0).
//
// The same problem splits in two ways into f(x) + g(K x):
//   identity: f is the indicator of A x = b, whose proximal map is the projection; g = |.|_1, K = I.
//   data: f = |.|_1, g the indicator of b, K = A: no system is solved with A.
#pragma once

#include "problems/convex/nonsmooth/planted_sparse_solution.hpp"
#include "problems/decompositions.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class BasisPursuitSplitting { identity, data };

struct BasisPursuitOptions {
  long m = 40;
  long n = 100;
  long sparsity = 8;
  BasisPursuitSplitting splitting = BasisPursuitSplitting::identity;
  long seed = 1;
};

class BasisPursuit final : public CompositeProblem {
 public:
  using Options = BasisPursuitOptions;
  static OptionTable<Options> option_table();

  explicit BasisPursuit(const Options& options = {});

  Index dimension() const override { return rows_.rows(); }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override { return x.lpNorm<1>(); }
  bool is_constrained() const override { return true; }
  double infeasibility(const Vector& x) const override;
  Optimality optimality(const Vector& x, Vector& scratch) const override;

  std::unique_ptr<ImplicitStep> proximal_map_of_f() const override;
  double g_value(const Vector& z) const override;
  void g_proximal_map(const Vector& v, double t, Vector& p) const override;

  bool map_is_identity() const override { return splitting_ == BasisPursuitSplitting::identity; }
  Index map_rows() const override { return map_is_identity() ? dimension() : b_.size(); }
  void map(const Vector& x, Vector& Kx) const override;
  void map_transposed(const Vector& y, Vector& Kty) const override;
  double map_norm() const override { return map_is_identity() ? 1 : svd_.s[0]; }

  Matrix data() const { return rows_.transpose(); }  // A
  const Vector& right_side() const { return b_; }    // b

 private:
  Matrix rows_;  // A' (n x m): one row of A a column
  Vector b_;
  BasisPursuitSplitting splitting_;
  SingularValueDecomposition svd_;  // of A
  Vector Aty_;                      // A'y*
};

ProblemEntry basis_pursuit_entry();

}  // namespace optbed
