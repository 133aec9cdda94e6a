// One pass over long vectors: work on pieces that stay in the first-level cache, so that an update written as
// several expressions moves each element through memory once.
#pragma once

#include <algorithm>

#include "problems/facts.hpp"

namespace optbed {

// 512 doubles are 4 KiB; the first-level data cache of 32 KiB holds the pieces of eight vectors.
constexpr Index block_size = 512;

// Calls update(first, size) for pieces that together are 0 … n-1, and returns the sum of what it returns.
template <class Update>
double sum_over_blocks(Index n, Update&& update) {
  double sum = 0;
  for (Index first = 0; first < n; first += block_size) sum += update(first, std::min(block_size, n - first));
  return sum;
}

}  // namespace optbed
