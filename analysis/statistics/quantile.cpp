#include "analysis/statistics/quantile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "problems/errors.hpp"

namespace optbed {
namespace {

// Two neighbours in the sorted sample and the weight of the second.
struct QuantilePosition {
  std::size_t lower;
  std::size_t upper;
  double weight;
};

QuantilePosition quantile_position(std::size_t count, double p) {
  if (count == 0) throw UsageError("a quantile needs at least one value");
  if (!(p >= 0 && p <= 1)) throw UsageError(fmt::format("a quantile's p must be in [0, 1], not {}", p));
  const double h = static_cast<double>(count - 1) * p;
  const auto lower = static_cast<std::size_t>(h);
  const double weight = h - static_cast<double>(lower);
  return {lower, weight > 0 ? lower + 1 : lower, weight};
}

double quantile_of_sorted(std::span<const double> sorted, const QuantilePosition& at) {
  return sorted[at.lower] + at.weight * (sorted[at.upper] - sorted[at.lower]);
}

}  // namespace

double quantile(std::span<const double> values, double p) {
  const QuantilePosition at = quantile_position(values.size(), p);
  if (std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); })) {
    throw UsageError("a quantile of values that are not all numbers is not defined");
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return quantile_of_sorted(sorted, at);
}

double median(std::span<const double> values) { return quantile(values, 0.5); }

PerhapsCost quantile(std::span<const PerhapsCost> costs, double p) {
  const QuantilePosition at = quantile_position(costs.size(), p);
  std::vector<double> solved;
  for (const PerhapsCost& cost : costs) {
    if (cost) solved.push_back(*cost);
  }
  if (at.upper >= solved.size()) return std::nullopt;
  std::sort(solved.begin(), solved.end());
  return quantile_of_sorted(solved, at);
}

PerhapsCost median(std::span<const PerhapsCost> costs) { return quantile(costs, 0.5); }

}  // namespace optbed
