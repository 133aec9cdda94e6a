// The function of Dixon & Price (1989, "Truncated Newton method for sparse unconstrained optimization using
// automatic differentiation"; Jamil & Yang 2013, no. 48):
//   f(x) = (x_1 - 1)^2 + sum_{i=2}^{n} i (2 x_i^2 - x_{i-1})^2.
//
// It is zero where x_1 = 1 and 2 x_i^2 = x_{i-1}, so that every x_i that has a successor is positive:
//   x_i = 2^(2^(1-i) - 1),   and the last one may have either sign: two minimisers.
// The sources give the domain [-10, 10]^n and no start; it is (1, …, 1) here. Not convex: at x_1 = 1, x_2 = … =
// 0 the second derivative in x_2 is -16, or -10 where n >= 3.
#pragma once

#include "problems/classic/large_scale/element_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct DixonPriceOptions {
  long n = 2;
};

// (k + 2)(2 b^2 - a)^2 with (a, b) = (x_{k+1}, x_{k+2}).
struct DixonPriceElement {
  static constexpr int width = 2, stride = 1, padding = 0;

  template <class X>
  static X gradient(X k, const std::array<X, 2>& x, std::array<X, 2>& g) {
    const auto [a, b] = x;
    const X residual = 2.0 * b * b - a;
    const X weighted = (k + 2.0) * residual;
    g[0] = -2.0 * weighted;
    g[1] = 8.0 * b * weighted;
    return weighted * residual;
  }

  template <class X>
  static void hessian(X k, const std::array<X, 2>& x, Triangle<X, 2>& H) {
    const auto [a, b] = x;
    const X weight = k + 2.0;
    H = {2.0 * weight, -8.0 * b * weight, 8.0 * weight * (6.0 * b * b - a)};
  }
};

class DixonPrice final : public ElementSumProblem<DixonPriceElement> {
 public:
  using Options = DixonPriceOptions;
  static OptionTable<Options> option_table();

  explicit DixonPrice(const Options& options = {});

  Vector start() const override { return Vector::Ones(dimension()); }

  // What the sum lacks is (x_1 - 1)^2.
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  void hessian(const Vector& x, Matrix& H) const override;
  void sparse_hessian(const Vector& x, SparseRows& H) const override;
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
};

ProblemEntry dixon_price_entry();

}  // namespace optbed
