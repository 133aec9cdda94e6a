#include "analysis/statistics/bootstrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "analysis/statistics/distributions.hpp"
#include "analysis/statistics/quantile.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

constexpr long fewest_resamples = 100;

void check_bootstrap(std::size_t members, const BootstrapSettings& settings) {
  if (members < 2) throw UsageError(fmt::format("a bootstrap needs a sample of at least 2, not {}", members));
  if (!(settings.level > 0 && settings.level < 1)) {
    throw UsageError(fmt::format("the level of an interval must be in (0, 1), not {}", settings.level));
  }
  if (settings.resamples < fewest_resamples) {
    throw UsageError(
        fmt::format("a bootstrap needs at least {} resamples, not {}", fewest_resamples, settings.resamples));
  }
}

double finite_statistic(const StatisticOfPositions& statistic, std::span<const std::size_t> positions) {
  const double value = statistic(positions);
  if (std::isfinite(value)) return value;
  throw UsageError("the statistic of a resample is not finite: take one that is defined for any resample");
}

std::vector<double> replicates_of(std::size_t members, const StatisticOfPositions& statistic,
                                  const BootstrapSettings& settings) {
  Random random(settings.seed);
  std::vector<std::size_t> positions(members);
  std::vector<double> replicates(static_cast<std::size_t>(settings.resamples));
  for (double& replicate : replicates) {
    for (std::size_t& position : positions) {
      position = static_cast<std::size_t>(random.index(static_cast<Index>(members)));
    }
    replicate = finite_statistic(statistic, positions);
  }
  return replicates;
}

// z_0 = Φ^{-1}(#{θ* < θ} / B), (14.14), replicates that equal θ counting half. Kept off 0 and 1, where no
// replicate lies beyond θ, by half a replicate.
double bias_correction(const std::vector<double>& replicates, double estimate) {
  double below = 0;
  for (const double replicate : replicates) {
    below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
  }
  const auto count = static_cast<double>(replicates.size());
  return normal_quantile(std::clamp(below, 0.5, count - 0.5) / count);
}

// a = Σ (θ_(.) - θ_(i))^3 / (6 (Σ (θ_(.) - θ_(i))^2)^{3/2}), (14.15), over the sample without its i-th member.
double acceleration(std::size_t members, const StatisticOfPositions& statistic) {
  std::vector<double> leave_one_out(members);
  std::vector<std::size_t> others(members - 1);
  std::iota(others.begin(), others.end(), std::size_t{1});
  for (std::size_t i = 0; i < members; ++i) {
    leave_one_out[i] = finite_statistic(statistic, others);
    if (i + 1 < members) others[i] = i;
  }
  const double mean =
      std::accumulate(leave_one_out.begin(), leave_one_out.end(), 0.0) / static_cast<double>(members);
  double squares = 0;
  double cubes = 0;
  for (const double value : leave_one_out) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

// (14.10): Φ(z_0 + (z_0 + z) / (1 - a (z_0 + z))), which has a pole that no probability passes.
double corrected_probability(double p, double z0, double a) {
  const double shifted = z0 + normal_quantile(p);
  const double denominator = 1 - a * shifted;
  if (denominator <= 0) return shifted > 0 ? 1 : 0;
  return normal_lower_tail(z0 + shifted / denominator);
}

}  // namespace

ConfidenceInterval bootstrap_interval(std::size_t members, const StatisticOfPositions& statistic,
                                      const BootstrapSettings& settings) {
  check_bootstrap(members, settings);
  std::vector<std::size_t> all(members);
  std::iota(all.begin(), all.end(), std::size_t{0});
  ConfidenceInterval interval;
  interval.estimate = finite_statistic(statistic, all);
  const std::vector<double> replicates = replicates_of(members, statistic, settings);
  double low = (1 - settings.level) / 2;
  double high = (1 + settings.level) / 2;
  if (settings.method == BootstrapMethod::bca) {
    const double z0 = bias_correction(replicates, interval.estimate);
    const double a = acceleration(members, statistic);
    low = corrected_probability(low, z0, a);
    high = corrected_probability(high, z0, a);
  }
  interval.low = quantile(replicates, low);
  interval.high = quantile(replicates, high);
  return interval;
}

ConfidenceInterval bootstrap_interval(std::span<const double> sample, const Statistic& statistic,
                                      const BootstrapSettings& settings) {
  std::vector<double> resample;
  const auto at_positions = [&](std::span<const std::size_t> positions) {
    resample.clear();
    for (const std::size_t position : positions) resample.push_back(sample[position]);
    return statistic(resample);
  };
  return bootstrap_interval(sample.size(), at_positions, settings);
}

}  // namespace optbed
