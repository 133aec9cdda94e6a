// SAGA (Defazio, Bach & Lacoste-Julien 2014, algorithm 1): a step along the gradient of a batch B, corrected by
// the gradients t_i that its samples had when they were drawn last:
//   x_{k+1} = x_k - eta (mean_{i in B} (grad f_i(x_k) - t_i) + mean_i t_i),
//   then t_i = grad f_i(x_k) for i in B.
// Needs: samples, and memory for a table of N gradients: 8 N n bytes.
// Cost: 1 sample gradient for each sample of the batch, N at the start; passes over as many n-vectors as the
// batch has samples, and five.
// Rate: f_i convex and L-smooth, f mu-strongly convex, batches of one sample drawn with replacement,
// eta = 1/(3 L) (corollary 1):
//   E |x_k - x*|^2 <= (1 - min(1/(4 N), mu/(3 L)))^k (|x_0 - x*|^2 + 2 N/(3 L) (f_0 - f*)).
#pragma once

#include "solvers/registry.hpp"
#include "solvers/stochastic/sampler.hpp"

namespace optbed {

struct SagaOptions {
  double learning_rate = 1e-3;
  long batch_size = 1;
  Sampling sampling = Sampling::replacement;
};

class Saga final : public Solver {
 public:
  using Options = SagaOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  // A larger table is refused: N n doubles in bytes.
  static constexpr double largest_table = 4.0 * 1024 * 1024 * 1024;

  explicit Saga(const Options& options = {}) : options_(options), sampler_(options.sampling) {}

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }
  long look_interval() const override { return sampler_.batches_per_epoch(); }

 private:
  Options options_;
  Sampler sampler_;
  Point current_;  // only the point is known
  Vector x_next_;
  Matrix table_;  // n x N: t_i
  Vector mean_;   // of the t_i
  Matrix fresh_;  // n x m: the gradients of the batch's samples at x_k
  Vector sample_gradient_;
  Vector direction_;
};

}  // namespace optbed
