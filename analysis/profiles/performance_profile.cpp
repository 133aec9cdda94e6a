#include "analysis/profiles/performance_profile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace optbed {

std::vector<std::optional<double>> performance_ratios(const CostTable& table, std::size_t problem,
                                                      const ProfileSettings& settings) {
  if (!(std::isfinite(settings.least_cost) && settings.least_cost >= 0)) {
    throw UsageError(
        fmt::format("the least cost of a profile must be a finite number >= 0, not {}", settings.least_cost));
  }
  std::vector<std::optional<double>> ratios(table.solvers().size());
  const PerhapsCost best = table.best(problem);
  if (!best) return ratios;
  const double unit = std::max(*best, settings.least_cost);
  for (std::size_t s = 0; s < ratios.size(); ++s) {
    const PerhapsCost& cost = table.at(problem, s);
    if (!cost) continue;
    const double counted = std::max(*cost, settings.least_cost);
    if (counted == unit) {
      ratios[s] = 1;
    } else if (std::isfinite(counted / unit)) {
      ratios[s] = counted / unit;
    }
  }
  return ratios;
}

PerformanceProfile performance_profile(const CostTable& table, const ProfileSettings& settings) {
  const std::size_t solvers = table.solvers().size();
  const auto total = static_cast<double>(table.problems().size());
  PerformanceProfile profile;
  profile.solvers = table.solvers();
  profile.solved.assign(solvers, 0.0);
  profile.beyond.assign(solvers, 0);
  std::vector<std::vector<WeightedPoint>> points(solvers);
  for (std::size_t p = 0; p < table.problems().size(); ++p) {
    if (!table.best(p)) profile.solved_by_none.push_back(table.problems()[p]);
    const auto ratios = performance_ratios(table, p, settings);
    for (std::size_t s = 0; s < solvers; ++s) {
      if (!table.at(p, s)) continue;
      ++profile.solved[s];
      if (ratios[s]) {
        points[s].push_back({.at = *ratios[s]});
        profile.largest_ratio = std::max(profile.largest_ratio, *ratios[s]);
      } else {
        ++profile.beyond[s];
      }
    }
  }
  for (std::size_t s = 0; s < solvers; ++s) {
    profile.curves.push_back(cumulative(std::move(points[s]), total));
    profile.wins.push_back(profile.curves[s](1));
    profile.solved[s] /= total;
  }
  return profile;
}

}  // namespace optbed
