// Bootstrap intervals of any statistic (Efron & Tibshirani 1993, chapters 13 and 14). The same seed gives the
// same resamples on every platform.
//
//   const ConfidenceInterval interval = bootstrap_interval(seconds, [](auto sample) { return median(sample);
//   });
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace optbed {

// percentile: quantiles of the replicates. bca: the same, with the probabilities corrected for the bias of the
// median of the replicates and for a standard error that changes with the parameter (Efron 1987); its error in
// coverage falls like 1/n instead of n^{-1/2}.
enum class BootstrapMethod { percentile, bca };

struct BootstrapSettings {
  BootstrapMethod method = BootstrapMethod::bca;
  double level = 0.95;
  long resamples = 9999;
  std::uint64_t seed = 0;
};

struct ConfidenceInterval {
  double estimate = 0;  // the statistic of the sample itself
  double low = 0;
  double high = 0;
};

// Of a sample, in any order.
using Statistic = std::function<double(std::span<const double>)>;

// Of the members of a sample at these positions, for what is more than a number each: pairs, or the rows of a
// table.
using StatisticOfPositions = std::function<double(std::span<const std::size_t>)>;

// Throws UsageError where the sample has less than two members, the level is not in (0, 1), there are less than
// 100 resamples, or the statistic of a resample (for bca, of the sample without one member too) is not finite.
ConfidenceInterval bootstrap_interval(std::span<const double> sample, const Statistic& statistic,
                                      const BootstrapSettings& settings = {});
ConfidenceInterval bootstrap_interval(std::size_t members, const StatisticOfPositions& statistic,
                                      const BootstrapSettings& settings = {});

}  // namespace optbed
