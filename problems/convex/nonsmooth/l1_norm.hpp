// The weighted 1-norm f(x) = sum_{i=1}^n w_i |x_i - c|, with weights spaced evenly in the logarithm from 1 to
// kappa: the simplest convex function with kinks, for subgradient methods.
//
// Start (1, …, 1). Minimum 0 at (c, …, c). Where x_i = c, gradient() has 0 in place i: of all subgradients it
// is the shortest. Lipschitz continuous with M = |w|_2, the length of a subgradient where no x_i is c. On
// functions of this class no subgradient method can promise f - f* < M R/sqrt(k+1) after k steps, R = |x_0 -
// x*| (see max_coordinate.hpp); steps of R/(M sqrt(k+1)) attain that for the best of the k + 1 points (Nesterov
// 2004, theorem 3.2.2). Here f - f* >= |x - x*|, a sharp minimum: a method that knows f* converges linearly
// (Polyak 1969).
//
// The residual of optimality is |x - p|_inf, p the proximal step of length 1 from x: max_i min(|x_i - c|, w_i).
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct L1NormOptions {
  long n = 10;
  double kappa = 10;
  double shift = 0;
};

class L1Norm final : public Problem {
 public:
  using Options = L1NormOptions;
  static OptionTable<Options> option_table();

  explicit L1Norm(const Options& options = {});

  Index dimension() const override { return weights_.size(); }
  Vector start() const override { return Vector::Ones(dimension()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  Optimality optimality(const Vector& x, Vector& scratch) const override;

 private:
  Vector weights_;
  double centre_;  // c
};

ProblemEntry l1_norm_entry();

}  // namespace optbed
