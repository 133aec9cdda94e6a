// The surface of least area over the square (-1/2, 1/2)^2 with given heights on its boundary, those of
// Enneper's surface (Averick, Carter, Moré & Xue 1992, "The MINPACK-2 test problem collection", minimal
// surfaces). With heights x at n x n inner points, h = 1/(n + 1), and linear elements,
//   f(x) = (h^2/2) sum over triangles of sqrt(1 + p^2 + q^2),
// p and q the slopes of a triangle: each cell of the grid is cut from its lower right to its upper left corner.
//
// Enneper's surface is (u + u v^2 - u^3/3, -v - u^2 v + v^3/3, u^2 - v^2): the first two are solved for (u, v)
// at each boundary point. Its own heights inside are O(h^2) from the minimiser.
//
// Convex, as a sum of norms of affine functions (1, p, q). In p and q the Hessian of sqrt(1 + p^2 + q^2) is at
// most I, so that H is at most the five-point matrix tridiag(-1, 2, -1) (x) I + I (x) tridiag(-1, 2, -1), which
// gives L = 8 cos^2(pi/(2(n + 1))); no mu > 0, as the curvature vanishes where the surface is steep.
//
// Start: halfway between the heights interpolated from left to right and from bottom to top.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct MinimalSurfaceOptions {
  long n = 30;
};

// The heights at the n + 2 points of each side of a square grid.
struct SquareBoundary {
  Vector bottom, top, left, right;

  // (i, j) on the boundary, each from 0 to n + 1.
  double operator()(Index i, Index j) const {
    if (j == 0) return bottom[i];
    if (i == 0) return left[j];
    return i + 1 == right.size() ? right[j] : top[i];
  }
};

class MinimalSurface final : public Problem {
 public:
  using Options = MinimalSurfaceOptions;
  static OptionTable<Options> option_table();

  explicit MinimalSurface(const Options& options = {});

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
  void add_computed_minimum();

  Index n_;  // a side
  double inverse_h_;
  double h_;
  SquareBoundary boundary_;
};

// The height of Enneper's surface over (x, y), |x|, |y| <= 1/2.
double enneper_height(double x, double y);

ProblemEntry minimal_surface_entry();

}  // namespace optbed
