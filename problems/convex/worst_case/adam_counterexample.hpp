// The convex problem on which Adam goes to the worst point (Reddi, Kale & Kumar 2018, theorem 1): on [-1, 1]
// the losses C x, -x, -x come again and again, C > 2, with the mean (C - 2) x/3 and the best point -1. With
// beta1 = 0, beta2 = 1/(1 + C^2), no bias correction and steps alpha/sqrt(t), Adam scales the one large
// gradient down to the size of the small ones and goes to 1. AMSGrad goes to -1.
//
// As a finite sum of N = 3 samples, to be taken with sampling=sequential,batch_size=1. The interval is kept by
// a wall that rises beyond it, part of every sample, instead of a projection:
//   f_1(x) = C x + (wall/2) d(x)^2,   f_2(x) = f_3(x) = -x + (wall/2) d(x)^2,   d(x) = max(0, |x| - 1).
// Start 0. f' = (C - 2)/3 + wall d(x) sign(x) vanishes at x* = -1 - (C - 2)/(3 wall) only. Convex, L = wall,
// attained beyond the interval; no mu. The samples' gradients at x* are 2 (C + 1)/3 and twice -(C + 1)/3. At
// |x| = 1, hessian() has the inner second derivative 0.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct AdamCounterexampleOptions {
  double c = 3;
  double wall = 10;
};

class AdamCounterexample final : public FiniteSumProblem {
 public:
  using Options = AdamCounterexampleOptions;
  static OptionTable<Options> option_table();

  explicit AdamCounterexample(const Options& options = {});

  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Zero(1); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
  Index sample_count() const override { return 3; }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override;

 private:
  // slope x + (wall/2) d(x)^2, and its derivative in g.
  double loss(double slope, const Vector& x, Vector& g) const;
  double curvature(const Vector& x) const;

  double C_;
  double wall_;
};

ProblemEntry adam_counterexample_entry();

}  // namespace optbed
