#include "solvers/stochastic/saga.hpp"

namespace optbed {

OptionTable<SagaOptions> Saga::option_table() {
  OptionTable<Options> table;
  table
      .real("learning_rate", &Options::learning_rate, positive(), "step size eta; 1/(3 L) for L-smooth samples")
      .integer("batch_size", &Options::batch_size, at_least(1), "samples that a step takes");
  return add_sampling(table, &Options::sampling);
}

SolverEntry Saga::entry() {
  return registry_entry<Solver, Saga>(
      "saga", "stochastic gradients corrected by a table of the last gradient of every sample",
      {{"needs", "samples of a finite sum; a table of N gradients, at most 4 GiB"},
       {"cost", "batch_size sample gradients an iteration, N at the start"},
       {"rate",
        "strongly convex, eta = 1/(3 L): linear in expectation, by 1 - min(1/(4 N), mu/(3 L)) in the squared "
        "distance"},
       {"source", "Defazio, Bach & Lacoste-Julien 2014, algorithm 1 and corollary 1"}});
}

std::string Saga::missing(const Problem& problem) const {
  std::string samples = missing_samples(problem, options_.batch_size);
  if (!samples.empty()) return samples;
  const auto N = static_cast<double>(dynamic_cast<const FiniteSumProblem&>(problem).sample_count());
  const auto n = static_cast<double>(problem.dimension());
  const double bytes = static_cast<double>(sizeof(double)) * N * n;
  if (bytes <= largest_table) return {};
  constexpr double gibibyte = 1024.0 * 1024 * 1024;
  return fmt::format(
      "a size whose gradients fit into a table: {} samples of dimension {} take {:.3g} GiB, more than {}", N, n,
      bytes / gibibyte, largest_table / gibibyte);
}

std::optional<StopReason> Saga::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  const Index N = f.sample_count();
  f.require_evaluations(N);
  current_.resize(n);
  current_.x = x0;
  for (Vector* v : {&x_next_, &mean_, &sample_gradient_, &direction_}) v->setZero(n);
  sampler_.start(N, options_.batch_size, f.seed());
  table_.resize(n, N);
  fresh_.resize(n, options_.batch_size);
  for (Index i = 0; i < N; ++i) {
    f.sample_gradient(x0, {&i, 1}, sample_gradient_);
    table_.col(i) = sample_gradient_;
    mean_ += sample_gradient_ / static_cast<double>(N);
  }
  if (!mean_.allFinite()) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo Saga::step(Oracle& f) {
  f.require_evaluations(sampler_.next_size());
  sampler_.draw();
  const std::span<const Index> batch = sampler_.batch();
  const auto m = static_cast<double>(batch.size());
  direction_ = mean_;
  Index column = 0;
  for (const Index i : batch) {
    f.sample_gradient(current_.x, {&i, 1}, sample_gradient_);
    fresh_.col(column++) = sample_gradient_;
    direction_ += (sample_gradient_ - table_.col(i)) / m;
  }
  x_next_ = current_.x - options_.learning_rate * direction_;
  if (!x_next_.allFinite()) return stopped(StopReason::non_finite);
  column = 0;
  for (const Index i : batch) {  // a sample that was drawn twice changes nothing the second time
    mean_ += (fresh_.col(column) - table_.col(i)) / static_cast<double>(table_.cols());
    table_.col(i) = fresh_.col(column++);
  }
  const double length = (x_next_ - current_.x).norm();
  current_.x.swap(x_next_);
  return moved(length);
}

}  // namespace optbed
