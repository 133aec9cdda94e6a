// The order in which a ranking is read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace optbed {

// Positions from the least rank to the greatest; ties stay as they stand.
inline std::vector<std::size_t> best_rank_first(const std::vector<double>& ranks) {
  std::vector<std::size_t> order(ranks.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&ranks](auto a, auto b) { return ranks[a] < ranks[b]; });
  return order;
}

}  // namespace optbed
