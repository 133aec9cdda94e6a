#include "analysis/statistics/signed_rank.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/statistics/ranks.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

constexpr std::size_t most_signs_by_default = 50;
constexpr std::size_t most_signs = 1000;  // half a second

// W+ = sum of r_i b_i with independent fair bits b_i. Each rank in turn convolves the distribution with
// {1/2 at 0, 1/2 at r_i}.
HalfGrid sign_distribution(std::span<const double> ranks) {
  const double sum = std::accumulate(ranks.begin(), ranks.end(), 0.0);
  HalfGrid grid;
  grid.probability.assign(static_cast<std::size_t>(std::lround(2 * sum)) + 1, 0.0);
  grid.probability[0] = 1;
  std::size_t largest = 0;
  for (const double rank : ranks) {
    const auto shift = static_cast<std::size_t>(std::lround(2 * rank));
    largest += shift;
    for (std::size_t i = largest; i >= shift; --i) {
      grid.probability[i] = (grid.probability[i] + grid.probability[i - shift]) / 2;
    }
    for (std::size_t i = 0; i < shift; ++i) grid.probability[i] /= 2;
  }
  return grid;
}

// The differences that are ranked: all, or those that are not 0.
std::vector<double> ranked_differences(std::span<const double> differences, ZeroRule zeros) {
  std::vector<double> kept(differences.begin(), differences.end());
  if (zeros == ZeroRule::wilcoxon) std::erase(kept, 0.0);
  return kept;
}

}  // namespace

SignedRankTest signed_rank_test(std::span<const double> differences, const SignedRankSettings& settings) {
  if (!std::all_of(differences.begin(), differences.end(), [](double d) { return std::isfinite(d); })) {
    throw UsageError("the signed-rank test needs differences that are finite numbers");
  }
  const std::vector<double> kept = ranked_differences(differences, settings.zeros);
  std::vector<double> magnitudes;
  magnitudes.reserve(kept.size());
  for (const double d : kept) magnitudes.push_back(std::abs(d));
  const std::vector<double> all_ranks = midranks(magnitudes);

  SignedRankTest test;
  std::vector<double> ranks;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i] == 0) continue;
    ranks.push_back(all_ranks[i]);
    (kept[i] > 0 ? test.statistic : test.negative) += all_ranks[i];
  }
  test.nonzeros = ranks.size();
  test.zeros = differences.size() - ranks.size();

  test.distribution = settings.distribution;
  if (test.distribution == NullDistribution::automatic) {
    const bool plain = test.zeros == 0 && tie_sum(magnitudes) == 0;
    test.distribution =
        plain && ranks.size() <= most_signs_by_default ? NullDistribution::exact : NullDistribution::normal;
  }
  if (test.distribution == NullDistribution::exact) {
    if (ranks.size() > most_signs) {
      throw UsageError(
          fmt::format("the exact signed-rank test takes up to {} differences, not {}: take the normal one",
                      most_signs, ranks.size()));
    }
    const HalfGrid grid = sign_distribution(ranks);
    test.p_value = p_value(grid.at_most(test.statistic), grid.at_least(test.statistic), settings.alternative);
  } else {
    // Each rank is r_i or 0: mean r_i/2, variance r_i^2/4. Ties and zeros need no further correction.
    const double mean = (test.statistic + test.negative) / 2;
    const double variance = std::inner_product(ranks.begin(), ranks.end(), ranks.begin(), 0.0) / 4;
    test.p_value = normal_p_value(test.statistic, mean, variance, settings.alternative);
  }
  return test;
}

std::vector<double> paired_differences(std::span<const PerhapsCost> a, std::span<const PerhapsCost> b,
                                       PairedScale scale) {
  if (a.size() != b.size()) {
    throw UsageError(
        fmt::format("pairs need as many costs of the one as of the other, not {} and {}", a.size(), b.size()));
  }
  std::vector<double> differences(a.size(), 0.0);
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!a[i] || !b[i]) continue;
    if (scale == PairedScale::log_ratio && !(*a[i] > 0 && *b[i] > 0)) {
      throw UsageError("a cost of 0 has no ratio to another: compare by differences");
    }
    differences[i] = scale == PairedScale::log_ratio ? std::log2(*a[i] / *b[i]) : *a[i] - *b[i];
    largest = std::max(largest, std::abs(differences[i]));
  }
  const double beyond = largest > 0 ? 2 * largest : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].has_value() != b[i].has_value()) differences[i] = a[i] ? -beyond : beyond;
  }
  return differences;
}

}  // namespace optbed
