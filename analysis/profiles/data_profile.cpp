#include "analysis/profiles/data_profile.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace optbed {

Profile data_profile(const CostTable& evaluations, std::span<const Index> dimensions) {
  const std::size_t problems = evaluations.problems().size();
  if (dimensions.size() != problems) {
    throw UsageError(fmt::format("a data profile of {} problems needs as many dimensions, not {}", problems,
                                 dimensions.size()));
  }
  if (std::any_of(dimensions.begin(), dimensions.end(), [](Index n) { return n < 1; })) {
    throw UsageError("a data profile needs dimensions of at least 1");
  }
  Profile profile;
  profile.solvers = evaluations.solvers();
  for (std::size_t s = 0; s < profile.solvers.size(); ++s) {
    std::vector<WeightedPoint> points;
    for (std::size_t p = 0; p < problems; ++p) {
      const PerhapsCost& cost = evaluations.at(p, s);
      if (cost) points.push_back({.at = *cost / static_cast<double>(dimensions[p] + 1)});
    }
    profile.curves.push_back(cumulative(std::move(points), static_cast<double>(problems)));
  }
  return profile;
}

Profile data_profile(const AnytimeTable& runs, double tau) {
  std::vector<Index> dimensions;
  for (std::size_t p = 0; p < runs.problems().size(); ++p) dimensions.push_back(runs.facts(p).dimension);
  return data_profile(evaluations_to_converge(runs, tau), dimensions);
}

}  // namespace optbed
