// Total variation denoising in one dimension (Rudin, Osher & Fatemi 1992; Condat 2013):
//   F(x) = (1/2)|x - b|^2 + lambda sum_{j=1}^{n-1} |x_{j+1} - x_j| = f(x) + g(D x),  (D x)_j = x_{j+1} - x_j,
// f = (1/2)|x - b|^2, g = lambda |.|_1, on a signal b whose denoised form is known: x* is constant but for
// `jumps` jumps of size 1 to 2, y* in [-lambda, lambda]^(n-1) is lambda sign((D x*)_j) at them and uniform in
// (-0.9 lambda, 0.9 lambda) elsewhere, and b = x* + D'y*, so that b - x* = D'y* is a subgradient of g(D x) at
// x*.
//
// Start b. mu = 1 by f: the minimiser is unique. |D| = 2 cos(pi/(2n)), the root of the greatest eigenvalue of
// DD'. The residual of optimality: x determines y by x - b + D'y = 0 but for the sum of that equation; it is
// the larger of |sum (x - b)| and |y - p|_inf, p = y + D x cut to [-lambda, lambda].
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct TotalVariationOptions {
  long n = 100;
  long jumps = 5;
  double lambda = 1;
  long seed = 1;
};

class TotalVariation final : public CompositeProblem {
 public:
  using Options = TotalVariationOptions;
  static OptionTable<Options> option_table();

  explicit TotalVariation(const Options& options = {});

  Index dimension() const override { return b_.size(); }
  Vector start() const override { return b_; }
  double value(const Vector& x) const override;
  Optimality optimality(const Vector& x, Vector& scratch) const override;

  bool has_smooth_part() const override { return true; }
  double smooth_value(const Vector& x) const override;
  double smooth_gradient(const Vector& x, Vector& g) const override;
  double strong_convexity_of_f() const override { return 1; }
  std::unique_ptr<ImplicitStep> proximal_map_of_f() const override;
  std::unique_ptr<ImplicitStep> implicit_step_through_map() const override;

  double g_value(const Vector& z) const override { return lambda_ * z.lpNorm<1>(); }
  void g_proximal_map(const Vector& v, double t, Vector& p) const override;

  bool map_is_identity() const override { return false; }
  Index map_rows() const override { return b_.size() - 1; }
  void map(const Vector& x, Vector& Dx) const override;
  void map_transposed(const Vector& y, Vector& Dty) const override;
  double map_norm() const override;

  const Vector& signal() const { return b_; }  // b
  double lambda() const { return lambda_; }

 private:
  Vector b_;
  double lambda_;
};

ProblemEntry total_variation_entry();

}  // namespace optbed
