#include "analysis/statistics/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "problems/errors.hpp"

namespace optbed {
namespace {

// Calls group(first, last) for each run of equal values, positions in the sorted order.
template <class F>
void for_each_tie(std::span<const double> values, std::span<const std::size_t> order, F&& group) {
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first + 1;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    group(first, last);
    first = last;
  }
}

std::vector<std::size_t> ascending_order(std::span<const double> values) {
  if (std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
    throw UsageError("values that are not all numbers cannot be ranked");
  }
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
  return order;
}

}  // namespace

std::vector<double> midranks(std::span<const double> values) {
  const std::vector<std::size_t> order = ascending_order(values);
  std::vector<double> ranks(values.size());
  for_each_tie(values, order, [&](std::size_t first, std::size_t last) {
    const double rank = 0.5 * static_cast<double>(first + 1 + last);
    for (std::size_t i = first; i < last; ++i) ranks[order[i]] = rank;
  });
  return ranks;
}

std::vector<double> midranks(std::span<const PerhapsCost> costs) {
  // Only the order matters here, and costs are finite.
  std::vector<double> values;
  for (const PerhapsCost& cost : costs) {
    values.push_back(cost.value_or(std::numeric_limits<double>::infinity()));
  }
  return midranks(values);
}

double tie_sum(std::span<const double> values) {
  double sum = 0;
  for_each_tie(values, ascending_order(values), [&](std::size_t first, std::size_t last) {
    const auto t = static_cast<double>(last - first);
    sum += t * t * t - t;
  });
  return sum;
}

}  // namespace optbed
