// Stochastic gradient descent (Robbins & Monro 1951): x_{k+1} = x_k - eta_k g_B(x_k) with the gradient of a
// batch B of the samples of a finite sum.
// Needs: samples. Cost: 1 sample gradient for each sample of the batch, one pass over three n-vectors.
// Rate: with a constant step it goes to a ball about the minimiser and no further. On (lambda/2) x^2 with
// gradients of the variance s^2 (of batches of m samples out of N: v/m with replacement, (v/m)(N - m)/(N - 1)
// without, v that of one sample), as far as the batches are independent,
//   Var x -> eta s^2/(lambda (2 - eta lambda)),   E f - f* -> eta s^2/(2 (2 - eta lambda)).
// With eta_k = c/(lambda (k + 1)), c > 1/2: k Var x_k -> c^2 s^2/((2c - 1) lambda^2), best at c = 1, where x_k
// is the mean of the first k samples; for c < 1/2 it falls like k^(-2c) only.
#pragma once

#include "solvers/first_order/gradient_descent.hpp"

namespace optbed {

struct SgdOptions : FirstOrderOptions {
  SgdOptions() { batch_size = 1; }
  double learning_rate = 1e-3;
};

// Gradient descent with a fixed or scheduled step, on batches.
class Sgd final : public GradientDescent {
 public:
  using Options = SgdOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Sgd(const Options& options = {}) : GradientDescent(with_fixed_step(options)) {}

 private:
  static GradientDescentOptions with_fixed_step(const Options& options);
};

}  // namespace optbed
