#include "solvers/stochastic/sampler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "problems/problem.hpp"

namespace optbed {
namespace {

// Makes order[first … last-1] a random choice from order[first …], in random order, and keeps the rest after it
// (Fisher & Yates 1938; Durstenfeld 1964, algorithm 235). Batch after batch this is a uniform permutation,
// drawn as far as it is needed.
void shuffle_from_rest(std::vector<Index>& order, std::size_t first, std::size_t last, Random& random) {
  for (std::size_t i = first; i < last; ++i) {
    const auto rest = static_cast<Index>(order.size() - i);
    std::swap(order[i], order[i + static_cast<std::size_t>(random.index(rest))]);
  }
}

}  // namespace

void Sampler::start(Index sample_count, Index batch_size, std::uint64_t seed) {
  random_ = Random(seed);
  sample_count_ = sample_count;
  batch_size_ = static_cast<std::size_t>(batch_size);
  first_ = 0;
  size_ = 0;
  order_.resize(sampling_ == Sampling::replacement ? batch_size_ : static_cast<std::size_t>(sample_count));
  std::iota(order_.begin(), order_.end(), 0);
  if (sampling_ == Sampling::shuffle_once) shuffle_from_rest(order_, 0, order_.size(), random_);
}

std::size_t Sampler::next_first() const {
  const std::size_t end = first_ + size_;
  return end == order_.size() ? 0 : end;
}

Index Sampler::next_size() const {
  return static_cast<Index>(std::min(batch_size_, order_.size() - next_first()));
}

void Sampler::draw() {
  const auto size = static_cast<std::size_t>(next_size());
  first_ = next_first();
  size_ = size;
  if (sampling_ == Sampling::shuffle) shuffle_from_rest(order_, first_, first_ + size_, random_);
  if (sampling_ == Sampling::replacement) {
    for (Index& sample : order_) sample = random_.index(sample_count_);
  }
}

long Sampler::batches_per_epoch() const {
  const auto m = static_cast<long>(batch_size_);
  return (sample_count_ + m - 1) / m;
}

std::string missing_samples(const Problem& problem, long batch_size) {
  const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&problem);
  if (!finite_sum) return "samples to make batches of (it is no finite sum)";
  if (batch_size <= finite_sum->sample_count()) return {};
  return fmt::format("the samples for batch_size = {}: it has {}", batch_size, finite_sum->sample_count());
}

}  // namespace optbed
