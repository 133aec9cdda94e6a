// The lasso (Tibshirani 1996), F(x) = (1/2)|A x - b|^2 + lambda |x|_1 with A (m x n), on generated data of
// which the minimiser is known (Nesterov 2013, section 6): A, x* and y* as in planted_sparse_solution.hpp, and
// b = A x* + lambda y*. Then A'(b - A x*) = lambda A'y* is in the subdifferential of lambda |.|_1 at x*, so
// that x* is a minimiser, and the only one: off its support |A'y*| < 1, and the columns on it are linearly
// independent.
//   F* = lambda^2/2 + lambda |x*|_1.
//
// Start 0. The residual of optimality is L |x - p|_inf, where p is a proximal gradient step of length 1/L from
// x.
//
// The same F splits in two ways into f(x) + g(K x):
//   identity: f = (1/2)|A x - b|^2 is smooth, L and mu are the extreme eigenvalues of A'A; its proximal map is
//     x = (I + t A'A)^-1 (v + t A'b), by the singular vectors of A. g = lambda |.|_1, K = I.
//   data: f = lambda |.|_1, g(z) = (1/2)|z - b|^2, K = A: no system is solved with A.
#pragma once

#include "problems/convex/nonsmooth/planted_sparse_solution.hpp"
#include "problems/decompositions.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class LassoSplitting { identity, data };

struct LassoOptions {
  long m = 40;
  long n = 100;
  long sparsity = 8;
  double lambda = 1;
  LassoSplitting splitting = LassoSplitting::identity;
  long seed = 1;
};

class Lasso final : public CompositeProblem {
 public:
  using Options = LassoOptions;
  static OptionTable<Options> option_table();

  explicit Lasso(const Options& options = {});

  // A (m x n), b (m), lambda > 0: of the minimiser nothing is known.
  Lasso(const Matrix& A, Vector b, double lambda, LassoSplitting splitting = LassoSplitting::identity);

  Index dimension() const override { return rows_.rows(); }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override;
  Optimality optimality(const Vector& x, Vector& scratch) const override;

  bool has_smooth_part() const override { return splitting_ == LassoSplitting::identity; }
  double smooth_value(const Vector& x) const override;
  double smooth_gradient(const Vector& x, Vector& g) const override;
  double strong_convexity_of_f() const override;
  std::unique_ptr<ImplicitStep> proximal_map_of_f() const override;

  double g_value(const Vector& z) const override;
  void g_proximal_map(const Vector& v, double t, Vector& p) const override;

  bool map_is_identity() const override { return splitting_ == LassoSplitting::identity; }
  Index map_rows() const override { return map_is_identity() ? dimension() : b_.size(); }
  void map(const Vector& x, Vector& Kx) const override;
  void map_transposed(const Vector& y, Vector& Kty) const override;
  double map_norm() const override { return map_is_identity() ? 1 : svd_.s[0]; }

  Matrix data() const { return rows_.transpose(); }  // A
  const Vector& observations() const { return b_; }  // b
  double lambda() const { return lambda_; }

 private:
  Lasso(const PlantedSparseSolution& plant, double lambda, LassoSplitting splitting);

  double lipschitz() const { return svd_.s[0] * svd_.s[0]; }

  Matrix rows_;  // A' (n x m): one row of A a column
  Vector b_;
  double lambda_;
  LassoSplitting splitting_;
  SingularValueDecomposition svd_;  // of A
};

ProblemEntry lasso_entry();

}  // namespace optbed
