// Beale's function (Beale 1958; Moré, Garbow, Hillstrom 1981, no. 5): f = r_1^2 + r_2^2 + r_3^2 with
//   r_i = c_i - x_1 (1 - x_2^i),   c = (1.5, 2.25, 2.625).
// Start (1, 1), times start_scale. Minimum 0 at (3, 0.5): 3 (1 - 0.5^i) = 1.5, 2.25, 2.625. It is the only
// zero: r_2/r_1 would need 1 + x_2 = 1.5. Not convex: at the start d^2f/dx_1^2 = 0 while d^2f/dx_1dx_2 = 2 sum
// i c_i = 27.75. The gradient is a polynomial of degree 7, so it has no global Lipschitz constant.
//
// Two traps: (0, 1) is a saddle, where each r_i = c_i and only d^2f/dx_1dx_2 = 2 sum i c_i is not zero; and as
// x_1 -> -inf with x_1 (1 - x_2) = s the residuals tend to c_i - i s, whose squares sum to no less than
// 14.203125 - 13.875^2/14, at s = 13.875/14.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct BealeOptions {
  long start_scale = 1;
};

class Beale final : public LeastSquaresProblem {
 public:
  using Options = BealeOptions;
  static OptionTable<Options> option_table();

  explicit Beale(const Options& options = {});

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector::Constant(2, start_scale_); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
  Index residual_count() const override { return 3; }
  void residuals(const Vector& x, Vector& r) const override;
  void jacobian(const Vector& x, Matrix& J) const override;

 private:
  double start_scale_;
};

ProblemEntry beale_entry();

}  // namespace optbed
