// Rosenbrock's curved valley in n variables: the sum over pairs (a, b) of components of
//   100 (b - a^2)^2 + (1 - a)^2 = r_1^2 + r_2^2,   r_1 = 10 (b - a^2),  r_2 = 1 - a.
//
// extended: the pairs (x_1, x_2), (x_3, x_4), …, n even: n/2 copies of the two-dimensional function
//   (Moré, Garbow, Hillstrom 1981, no. 21; n = 2 is no. 1, Rosenbrock 1960).
// chained: the pairs (x_1, x_2), (x_2, x_3), …, (x_{n-1}, x_n) (Toint 1978 with all coefficients 100).
//
// Start (-1.2, 1, -1.2, 1, …) times start_scale. Minimum 0 at (1, …, 1), where every residual vanishes; it is
// the only zero: r_2 = 0 fixes the first of each pair and r_1 = 0 the second. Not convex: at a = 0, b = 1 the
// second derivative in a is -398. The gradient is cubic, so it has no global Lipschitz constant. Chained, there
// is exactly one more local minimum for 4 <= n <= 7, near (-1, 1, …, 1) (Kok & Sandrock 2009); it is not a
// minimiser.
//
// Each evaluation is one pass over x; H is tridiagonal and hessian_vector never forms it.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class RosenbrockForm { extended, chained };

struct RosenbrockOptions {
  long n = 2;
  RosenbrockForm form = RosenbrockForm::extended;
  long start_scale = 1;
};

class Rosenbrock final : public LeastSquaresProblem {
 public:
  using Options = RosenbrockOptions;
  static OptionTable<Options> option_table();

  explicit Rosenbrock(const Options& options = {});

  Index dimension() const override { return n_; }
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

  // Two residuals a pair, in the order of the pairs: r_1, r_2, r_1, r_2, …
  Index residual_count() const override { return 2 * ((n_ - 2) / stride_ + 1); }
  void residuals(const Vector& x, Vector& r) const override;
  void jacobian(const Vector& x, Matrix& J) const override;

 private:
  bool is_extended() const { return stride_ == 2; }

  Index n_;
  double start_scale_;
  Index stride_;  // from one pair to the next: 2 extended, 1 chained
};

ProblemEntry rosenbrock_entry();
ProblemEntry extended_rosenbrock_entry();  // no. 21: form = extended, n = 10

}  // namespace optbed
