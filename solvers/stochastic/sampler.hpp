// Which samples of a finite sum the next gradient is taken from: batch after batch of indices in 0 … N-1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "problems/options.hpp"
#include "problems/random.hpp"

namespace optbed {

class Problem;

// shuffle: every epoch passes through the samples once, in an order drawn anew for it. shuffle_once: in one
// order for all epochs. sequential: in the problem's own order. replacement: every sample of every batch is
// drawn from all of them.
enum class Sampling { shuffle, replacement, shuffle_once, sequential };

// An epoch of N samples has ceil(N/m) batches of the size m, of which the last is shorter where m does not
// divide N; with replacement every batch has the size m.
class Sampler {
 public:
  explicit Sampler(Sampling sampling) : sampling_(sampling) {}

  // Before the first batch; 1 <= batch_size <= sample_count. Allocates. The draws depend on the seed alone.
  void start(Index sample_count, Index batch_size, std::uint64_t seed);

  // Of the batch that draw() makes next.
  Index next_size() const;

  // The next batch: `batch` holds it until the next draw.
  void draw();
  std::span<const Index> batch() const { return std::span(order_).subspan(first_, size_); }

  long batches_per_epoch() const;

 private:
  std::size_t next_first() const;

  Sampling sampling_;
  std::vector<Index>
      order_;  // the samples in the order of the epoch, or those that were drawn with replacement
  Index sample_count_ = 0;
  std::size_t batch_size_ = 0;
  std::size_t first_ = 0;  // of the batch, in order_
  std::size_t size_ = 0;
  Random random_{0};
};

// What a problem lacks for batches of this size, in words; empty where nothing is missing.
std::string missing_samples(const Problem& problem, long batch_size);

// Adds `sampling` to a table of options; `member` is where they hold it.
template <class T>
OptionTable<T>& add_sampling(OptionTable<T>& table, Sampling T::*member) {
  return table.choice(
      "sampling", member,
      {{"shuffle", Sampling::shuffle},
       {"replacement", Sampling::replacement},
       {"shuffle_once", Sampling::shuffle_once},
       {"sequential", Sampling::sequential}},
      "how the samples of a batch are chosen: each once an epoch in an order that is new for every "
      "epoch, drawn once, or the problem's; or drawn from all with replacement");
}

}  // namespace optbed
