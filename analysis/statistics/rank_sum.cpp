#include "analysis/statistics/rank_sum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "analysis/statistics/ranks.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

constexpr std::size_t largest_sample_by_default = 50;
constexpr std::size_t largest_sample = 100;  // half a second

// The sum of m of the ranks, drawn without replacement. count[k][s] is the number of k-subsets, of the ranks
// so far, with the sum s/2; a further rank joins a (k-1)-subset or leaves a k-subset as it is.
HalfGrid subset_sum_distribution(std::span<const double> ranks, std::size_t m) {
  const double sum = std::accumulate(ranks.begin(), ranks.end(), 0.0);
  const auto size = static_cast<std::size_t>(std::lround(2 * sum)) + 1;
  std::vector<std::vector<double>> count(m + 1, std::vector<double>(size, 0.0));
  count[0][0] = 1;
  std::size_t largest = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    const auto shift = static_cast<std::size_t>(std::lround(2 * ranks[i]));
    largest += shift;
    for (std::size_t k = std::min(m, i + 1); k > 0; --k) {
      for (std::size_t s = shift; s <= largest; ++s) count[k][s] += count[k - 1][s - shift];
    }
  }
  HalfGrid grid{std::move(count[m])};
  const double subsets = std::accumulate(grid.probability.begin(), grid.probability.end(), 0.0);
  for (double& probability : grid.probability) probability /= subsets;
  return grid;
}

// The ranks of the sample of m are the first of the joint ones.
RankSumTest test_of_joint_ranks(std::span<const double> ranks, std::size_t m, const RankSumSettings& settings) {
  const std::size_t n = ranks.size() - m;
  if (m == 0 || n == 0) throw UsageError("the rank-sum test needs two samples that are not empty");
  const auto pairs = static_cast<double>(m * n);
  const auto total = static_cast<double>(m + n);
  const double rank_sum = std::accumulate(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(m), 0.0);

  RankSumTest test;
  test.statistic = rank_sum - static_cast<double>(m * (m + 1)) / 2;
  test.superiority = test.statistic / pairs;
  const double ties = tie_sum(ranks);
  test.distribution = settings.distribution;
  if (test.distribution == NullDistribution::automatic) {
    const bool plain = ties == 0 && std::max(m, n) <= largest_sample_by_default;
    test.distribution = plain ? NullDistribution::exact : NullDistribution::normal;
  }
  if (test.distribution == NullDistribution::exact) {
    if (std::max(m, n) > largest_sample) {
      throw UsageError(
          fmt::format("the exact rank-sum test takes samples of up to {}, not {} and {}: take the normal one",
                      largest_sample, m, n));
    }
    const HalfGrid grid = subset_sum_distribution(ranks, m);
    test.p_value = p_value(grid.at_most(rank_sum), grid.at_least(rank_sum), settings.alternative);
  } else {
    const double variance = pairs / 12 * (total + 1 - ties / (total * (total - 1)));
    test.p_value = normal_p_value(test.statistic, pairs / 2, variance, settings.alternative);
  }
  return test;
}

template <class T>
RankSumTest test_of_samples(std::span<const T> a, std::span<const T> b, const RankSumSettings& settings) {
  std::vector<T> joint(a.begin(), a.end());
  joint.insert(joint.end(), b.begin(), b.end());
  return test_of_joint_ranks(midranks(joint), a.size(), settings);
}

}  // namespace

RankSumTest rank_sum_test(std::span<const double> a, std::span<const double> b,
                          const RankSumSettings& settings) {
  return test_of_samples(a, b, settings);
}

RankSumTest rank_sum_test(std::span<const PerhapsCost> a, std::span<const PerhapsCost> b,
                          const RankSumSettings& settings) {
  return test_of_samples(a, b, settings);
}

}  // namespace optbed
