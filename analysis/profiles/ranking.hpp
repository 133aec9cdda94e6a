// One number a solver from a table of costs, the order of the solvers by it, and how far that order depends on
// which problems and which other solvers happen to be in the table.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/profiles/performance_profile.hpp"

namespace optbed {

// area: below the performance profile against log2(tau), from tau = 1 to largest_ratio, over log2 of that: 1
// where the solver is the best on every problem. solved: the share of the problems solved. wins: the share of
// the problems with the least cost.
enum class RankBy { area, solved, wins };

struct RankingSettings {
  RankBy by = RankBy::area;
  ProfileSettings profile = {};
  // Where the area ends; > 1. By default the largest ratio in the table that is ranked first: the same for all
  // its parts.
  std::optional<double> largest_ratio = {};
};

struct Ranking {
  std::vector<double> scores;  // in [0, 1]
  std::vector<double> ranks;   // 1 for the highest score; scores that differ by rounding only share a rank
};

// Throws UsageError where largest_ratio is given and not a finite number > 1.
Ranking rank_solvers(const CostTable& table, const RankingSettings& settings = {});

// The pairs that two rankings order differently; a pair tied in one of them only counts 1/2 (Fagin et al. 2004,
// "Comparing and aggregating rankings with ties", p = 1/2). At most k (k-1) / 2. Kendall's tau is 1 minus this
// over k (k-1) / 4 where there are no ties.
double kendall_distance(std::span<const double> ranks, std::span<const double> other_ranks);

// The ranking without any one of the problems.
struct RankingStability {
  Ranking full;
  std::vector<double> kept;       // a solver: the share of the problems whose loss leaves its rank as it is
  std::vector<double> best_rank;  // a solver: over the tables with a problem less
  std::vector<double> worst_rank;
  std::vector<double> distances;  // a problem: from the ranking without it to the full one
};

// Throws UsageError where there are less than two problems.
RankingStability leave_one_problem_out(const CostTable& table, const RankingSettings& settings = {});

// Two solvers by themselves, in a profile of their own.
struct PairwiseProfile {
  std::size_t first = 0;
  std::size_t second = 0;
  PerformanceProfile profile;  // of the first and the second
  Ranking ranking = {};        // of the two
  // The order of the two here is strictly the opposite of that in the profile of all.
  bool contradicts_full = false;
};

// Gould & Scott (2016, "A note on performance profiles for benchmarking software"): a profile says who is close
// to the best, and says nothing on who is second, since the order of the others changes when the best is taken
// out. So compare them pair by pair: k (k-1) / 2 profiles.
std::vector<PairwiseProfile> pairwise_profiles(const CostTable& table, const RankingSettings& settings = {});

}  // namespace optbed
