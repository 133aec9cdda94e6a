// The soft maximum of affine functions (Boyd & Vandenberghe 2004, section 3.1.5), with a minimiser that is
// known:
//   f(x) = log sum_{i=1}^m exp(c_i + a_i'(x - x*)) + (lambda/2) |x|^2,   a_i in R^n.
// Data: x* and c ~ N(0, I); a_i ~ N(0, I), moved by one vector so that with s = softmax(c)
//   sum s_i a_i = -lambda x*,
// which makes the gradient vanish at x*: f* = log sum exp(c_i) + (lambda/2) |x*|^2.
//
// Start 0. The Hessian is lambda I + sum s_i (a_i - a)(a_i - a)' with the softmax s of the exponents and a =
// sum s_i a_i: along a unit vector v the variance of the numbers a_i'v, which is at most a quarter of the
// square of their range (Popoviciu 1935), hence
//   L = lambda + max_{i,j} |a_i - a_j|^2/4.
// All pairs are compared where that takes 1e9 flops at most, n m^2 <= 6.7e8; L is unknown otherwise.
// mu = lambda, which is approached far out, where one term outweighs all others. lambda = 0 (default): convex
// and L-smooth, not strongly convex. `kappa` determines lambda so that L/mu = kappa.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct LogSumExpOptions {
  long n = 20;
  long m = 100;
  double lambda = 0;
  std::optional<double> kappa = {};
  long seed = 1;
};

class LogSumExp final : public Problem {
 public:
  using Options = LogSumExpOptions;
  static OptionTable<Options> option_table();

  // Throws UsageError where kappa is given and L unknown.
  explicit LogSumExp(const Options& options = {});

  Index dimension() const override { return A_.rows(); }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  struct Sums;

  double exponent(Index i, const Vector& x) const { return A_.col(i).dot(x) + b_[i]; }
  Sums sums(const Vector& x) const;

  Matrix A_;  // n x m, columns a_i
  Vector b_;  // c_i - a_i'x*
  double lambda_;
};

ProblemEntry log_sum_exp_entry();

}  // namespace optbed
