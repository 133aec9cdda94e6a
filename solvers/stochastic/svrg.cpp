#include "solvers/stochastic/svrg.hpp"

#include <numeric>

namespace optbed {

OptionTable<SvrgOptions> Svrg::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta")
      .integer("batch_size", &Options::batch_size, at_least(1), "samples that a gradient is taken from")
      .integer("inner_iterations", &Options::inner_iterations, at_least(1), "2 N/batch_size",
               "iterations from one gradient of all samples to the next");
  return add_sampling(table, &Options::sampling);
}

SolverEntry Svrg::entry() {
  return registry_entry<Solver, Svrg>(
      "svrg", "stochastic gradients corrected at a snapshot where the gradient of f is known",
      {{"needs", "samples of a finite sum"},
       {"cost", "2 batch_size sample gradients an iteration, and N every inner_iterations iterations"},
       {"rate",
        "strongly convex, small steps: linear in expectation, by "
        "1/(mu eta (1-2 L eta) M) + 2 L eta/(1-2 L eta) in f for M inner iterations"},
       {"source", "Johnson & Zhang 2013, figure 1 and theorem 1"}});
}

std::string Svrg::missing(const Problem& problem) const {
  return missing_samples(problem, options_.batch_size);
}

std::optional<StopReason> Svrg::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  current_.x = x0;
  for (Vector* v : {&x_next_, &snapshot_, &snapshot_gradient_, &batch_gradient_, &batch_at_snapshot_})
    v->setZero(n);
  sampler_.start(f.sample_count(), options_.batch_size, f.seed());
  every_sample_.resize(static_cast<std::size_t>(f.sample_count()));
  std::iota(every_sample_.begin(), every_sample_.end(), 0);
  inner_iterations_ = options_.inner_iterations.value_or(2 * sampler_.batches_per_epoch());
  k_ = 0;
  return std::nullopt;
}

StepInfo Svrg::step(Oracle& f) {
  const bool new_snapshot = k_ % inner_iterations_ == 0;
  f.require_evaluations((new_snapshot ? f.sample_count() : 0) + 2 * sampler_.next_size());
  if (new_snapshot) {
    snapshot_ = current_.x;
    f.sample_gradient(snapshot_, every_sample_, snapshot_gradient_);
  }
  sampler_.draw();
  f.sample_gradient(current_.x, sampler_.batch(), batch_gradient_);
  f.sample_gradient(snapshot_, sampler_.batch(), batch_at_snapshot_);
  x_next_ = current_.x - options_.learning_rate * (batch_gradient_ - batch_at_snapshot_ + snapshot_gradient_);
  if (!x_next_.allFinite()) return stopped(StopReason::non_finite);
  const double length = (x_next_ - current_.x).norm();
  current_.x.swap(x_next_);
  ++k_;
  return moved(length);
}

}  // namespace optbed
