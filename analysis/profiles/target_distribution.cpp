#include "analysis/profiles/target_distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problems/random.hpp"

namespace optbed {
namespace {

void check_targets(const TargetSettings& settings) {
  if (settings.targets.empty()) throw UsageError("a distribution over targets needs at least one target");
  for (const double target : settings.targets) {
    if (!(std::isfinite(target) && target >= 0)) {
      throw UsageError(fmt::format("a target is a gap, a finite number >= 0, not {}", target));
    }
  }
  if (settings.simulated_runs < 0) {
    throw UsageError(fmt::format("simulated_runs must be >= 0, not {}", settings.simulated_runs));
  }
}

std::vector<PerhapsCost> evaluations_of_each(std::span<const AnytimeRun> runs, double target) {
  std::vector<PerhapsCost> costs;
  for (const AnytimeRun& run : runs) costs.push_back(run.evaluations_to(target));
  return costs;
}

// Some of the costs are there, so that the draws end.
double restarted_until_reached(std::span<const AnytimeRun> runs, std::span<const PerhapsCost> costs,
                               Random& random) {
  double spent = 0;
  while (true) {
    const auto drawn = static_cast<std::size_t>(random.index(static_cast<Index>(runs.size())));
    if (costs[drawn]) return spent + *costs[drawn];
    spent += runs[drawn].budget();
  }
}

// The evaluations that count for one pair and one target, real or simulated.
std::vector<PerhapsCost> running_times(std::span<const AnytimeRun> runs, double target,
                                       const TargetSettings& settings, Random& random) {
  std::vector<PerhapsCost> costs = evaluations_of_each(runs, target);
  if (settings.simulated_runs == 0) return costs;
  const bool reached =
      std::any_of(costs.begin(), costs.end(), [](const PerhapsCost& cost) { return cost.has_value(); });
  std::vector<PerhapsCost> simulated(static_cast<std::size_t>(settings.simulated_runs));
  if (!reached) return simulated;
  for (PerhapsCost& time : simulated) time = restarted_until_reached(runs, costs, random);
  return simulated;
}

}  // namespace

std::vector<double> logarithmic_targets(double largest, double smallest, int per_decade) {
  if (!(smallest > 0 && largest >= smallest && std::isfinite(largest) && per_decade >= 1)) {
    throw UsageError(
        fmt::format("targets go from the largest down to a smallest > 0, at least 1 for a factor of "
                    "ten, not {} … {} with {}",
                    largest, smallest, per_decade));
  }
  const double decades = std::log10(largest / smallest);
  const long intervals = std::lround(decades * per_decade);
  std::vector<double> targets;
  for (long i = 0; i < intervals; ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(intervals);
    targets.push_back(largest * std::pow(10, -decades * part));
  }
  targets.push_back(smallest);
  return targets;
}

Profile target_distribution(const AnytimeTable& runs, const TargetSettings& settings) {
  check_targets(settings);
  runs.require_complete();
  const auto pairs = static_cast<double>(runs.problems().size() * settings.targets.size());
  Profile distribution;
  distribution.solvers = runs.solvers();
  for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
    Random random(settings.seed);
    std::vector<WeightedPoint> points;
    for (std::size_t p = 0; p < runs.problems().size(); ++p) {
      const AnytimeProblem& facts = runs.facts(p);
      const double unit = settings.per_dimension ? static_cast<double>(facts.dimension) : 1;
      for (const double target : settings.targets) {
        const auto times = running_times(runs.runs(p, s), facts.minimum + target, settings, random);
        for (const PerhapsCost& time : times) {
          if (time) points.push_back({.at = *time / unit, .weight = 1 / static_cast<double>(times.size())});
        }
      }
    }
    distribution.curves.push_back(cumulative(std::move(points), pairs));
  }
  return distribution;
}

PerhapsCost expected_running_time(std::span<const AnytimeRun> runs, double target) {
  if (runs.empty()) throw UsageError("an expected running time needs at least one run");
  double spent = 0;
  double successes = 0;
  for (const AnytimeRun& run : runs) {
    const PerhapsCost cost = run.evaluations_to(target);
    spent += cost.value_or(run.budget());
    successes += cost ? 1 : 0;
  }
  if (successes == 0) return std::nullopt;
  return spent / successes;
}

}  // namespace optbed
