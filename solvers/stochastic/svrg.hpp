// Stochastic variance reduced gradient (Johnson & Zhang 2013, figure 1, option I): a step along the gradient of
// a batch B, corrected by what the same batch said at a snapshot y, where the gradient of f is known:
//   x_{k+1} = x_k - eta (g_B(x_k) - g_B(y) + grad f(y)),   y = x_k anew every `inner_iterations` iterations.
// The correction's mean over the batches is 0, and its variance vanishes as x and y approach x*: unlike
// stochastic gradient descent the method converges with a constant step. An iteration is one step of the inner
// loop.
// Needs: samples. Cost: 2 sample gradients for each sample of the batch, and N every inner_iterations
// iterations; one pass over five n-vectors.
// Rate: f_i convex and L-smooth, f mu-strongly convex, batches of one sample drawn with replacement, M inner
// iterations: from snapshot to snapshot E f - f* contracts by
//   1/(mu eta (1 - 2 L eta) M) + 2 L eta/(1 - 2 L eta),
// where a snapshot is one of the inner iterates at random (theorem 1, for option II).
#pragma once

#include "solvers/registry.hpp"
#include "solvers/stochastic/sampler.hpp"

namespace optbed {

struct SvrgOptions {
  double learning_rate = 1e-3;
  long batch_size = 1;
  Sampling sampling = Sampling::replacement;
  std::optional<long> inner_iterations;
};

class Svrg final : public Solver {
 public:
  using Options = SvrgOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Svrg(const Options& options = {}) : options_(options), sampler_(options.sampling) {}

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }
  long look_interval() const override { return sampler_.batches_per_epoch(); }

 private:
  Options options_;
  Sampler sampler_;
  std::vector<Index> every_sample_;
  Point current_;  // only the point is known
  Vector x_next_;
  Vector snapshot_;           // y
  Vector snapshot_gradient_;  // grad f(y)
  Vector batch_gradient_;     // g_B(x_k)
  Vector batch_at_snapshot_;  // g_B(y)
  long inner_iterations_ = 0;
  long k_ = 0;
};

}  // namespace optbed
