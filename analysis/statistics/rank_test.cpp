#include "analysis/statistics/rank_test.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/statistics/distributions.hpp"

namespace optbed {

double HalfGrid::at_most(double statistic) const {
  const auto end = probability.begin() + std::lround(2 * statistic) + 1;
  return std::accumulate(probability.begin(), end, 0.0);
}

double HalfGrid::at_least(double statistic) const {
  const auto begin = probability.begin() + std::lround(2 * statistic);
  // Summed from the far end, where the terms are small.
  return std::accumulate(probability.rbegin(), std::make_reverse_iterator(begin), 0.0);
}

double p_value(double lower_tail, double upper_tail, Alternative alternative) {
  switch (alternative) {
    case Alternative::two_sided:
      break;
    case Alternative::less:
      return std::min(1.0, lower_tail);
    case Alternative::greater:
      return std::min(1.0, upper_tail);
  }
  return std::min(1.0, 2 * std::min(lower_tail, upper_tail));
}

double normal_p_value(double statistic, double mean, double variance, Alternative alternative) {
  if (!(variance > 0)) return 1;
  const double deviation = std::sqrt(variance);
  return p_value(normal_lower_tail((statistic - mean + 0.5) / deviation),
                 normal_upper_tail((statistic - mean - 0.5) / deviation), alternative);
}

}  // namespace optbed
