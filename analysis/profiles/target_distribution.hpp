// The distribution of the evaluations to a target over all pairs of a problem and a target, as COCO shows it
// (Hansen, Auger, Brockhoff, Tušar & Tušar 2016, "COCO: performance assessment"): how many of all targets a
// solver has reached within a budget. A target is a gap f - f_L, f_L being AnytimeProblem::minimum.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/profiles/anytime.hpp"
#include "analysis/profiles/profile.hpp"

namespace optbed {

// From the largest to the smallest, evenly by their logarithms, so many for a factor of ten and both ends among
// them. 0 < smallest <= largest, per_decade >= 1; throws UsageError elsewhere. The defaults are COCO's 51.
std::vector<double> logarithmic_targets(double largest = 1e2, double smallest = 1e-8, int per_decade = 5);

struct TargetSettings {
  std::vector<double> targets = logarithmic_targets();
  bool per_dimension = true;  // evaluations over n

  // 0: each seed of a pair is a run of its own. Else so many simulated runs of the solver restarted until it
  // reaches the target: runs are drawn with replacement from its seeds, those that fail add their budgets, and
  // where none of its seeds succeeds the target is not reached.
  long simulated_runs = 0;
  std::uint64_t seed = 0;  // of these draws
};

// Every problem weighs the same, whatever its number of seeds. Throws UsageError where a pair is missing, there
// are no targets, one is not a finite number >= 0, or simulated_runs < 0.
Profile target_distribution(const AnytimeTable& runs, const TargetSettings& settings = {});

// Expected evaluations to a value <= target with restarts: what all runs together spent up to it, failures
// their budgets, over the number of successes (Price 1997; Auger & Hansen 2005). Absent without a success.
// Throws UsageError where there are no runs.
PerhapsCost expected_running_time(std::span<const AnytimeRun> runs, double target);

}  // namespace optbed
