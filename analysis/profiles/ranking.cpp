#include "analysis/profiles/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "analysis/statistics/ranks.hpp"

namespace optbed {
namespace {

// Scores are sums of up to some thousand terms in [0, 1], each rounded.
constexpr double same_score = 1e-12;

// Where the area ends: as asked, or at the largest ratio of the table.
RankingSettings with_largest_ratio(const CostTable& table, RankingSettings settings) {
  if (!settings.largest_ratio) {
    settings.largest_ratio = performance_profile(table, settings.profile).largest_ratio;
  } else if (!(std::isfinite(*settings.largest_ratio) && *settings.largest_ratio > 1)) {
    throw UsageError(fmt::format("the area of a profile ends at a ratio > 1, not {}", *settings.largest_ratio));
  }
  return settings;
}

// The part of [0, log2 largest] to the right of log2 ratio.
double area_share(double ratio, double largest) {
  if (ratio == 1) return 1;
  return std::max(0.0, 1 - std::log2(ratio) / std::log2(largest));
}

// What the problem adds to the score of each solver, in [0, 1]: scores are means of this over the problems.
std::vector<double> contributions(const CostTable& table, std::size_t problem,
                                  const RankingSettings& settings) {
  const auto ratios = performance_ratios(table, problem, settings.profile);
  std::vector<double> parts(ratios.size(), 0.0);
  for (std::size_t s = 0; s < ratios.size(); ++s) {
    switch (settings.by) {
      case RankBy::area:
        if (ratios[s]) parts[s] = area_share(*ratios[s], *settings.largest_ratio);
        break;
      case RankBy::solved:
        parts[s] = table.at(problem, s) ? 1 : 0;
        break;
      case RankBy::wins:
        parts[s] = ratios[s] == 1 ? 1 : 0;
        break;
    }
  }
  return parts;
}

// Contributions, one row a problem.
using Contributions = std::vector<std::vector<double>>;

Contributions all_contributions(const CostTable& table, const RankingSettings& settings) {
  Contributions parts;
  for (std::size_t p = 0; p < table.problems().size(); ++p) parts.push_back(contributions(table, p, settings));
  return parts;
}

// Ranks by descending score. Going down the scores, what is no further from the one before than rounding
// takes it is on the same level.
std::vector<double> ranks_of_scores(const std::vector<double>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return scores[i] > scores[j]; });
  std::vector<double> levels(scores.size(), 0.0);
  for (std::size_t i = 1; i < order.size(); ++i) {
    const bool same = scores[order[i - 1]] - scores[order[i]] <= same_score;
    levels[order[i]] = levels[order[i - 1]] + (same ? 0 : 1);
  }
  return midranks(levels);
}

// The mean over the problems, without one of them perhaps.
Ranking ranking_of(const Contributions& parts, std::optional<std::size_t> left_out) {
  Ranking ranking;
  ranking.scores.assign(parts.front().size(), 0.0);
  const auto count = static_cast<double>(parts.size() - (left_out ? 1 : 0));
  for (std::size_t p = 0; p < parts.size(); ++p) {
    if (p == left_out) continue;
    for (std::size_t s = 0; s < parts[p].size(); ++s) ranking.scores[s] += parts[p][s];
  }
  for (double& score : ranking.scores) score /= count;
  ranking.ranks = ranks_of_scores(ranking.scores);
  return ranking;
}

int sign_of(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

}  // namespace

Ranking rank_solvers(const CostTable& table, const RankingSettings& settings) {
  return ranking_of(all_contributions(table, with_largest_ratio(table, settings)), std::nullopt);
}

double kendall_distance(std::span<const double> ranks, std::span<const double> other_ranks) {
  if (ranks.size() != other_ranks.size()) {
    throw UsageError(
        fmt::format("rankings of {} and of {} solvers have no distance", ranks.size(), other_ranks.size()));
  }
  double distance = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    for (std::size_t j = i + 1; j < ranks.size(); ++j) {
      distance += 0.5 * std::abs(sign_of(ranks[i] - ranks[j]) - sign_of(other_ranks[i] - other_ranks[j]));
    }
  }
  return distance;
}

RankingStability leave_one_problem_out(const CostTable& table, const RankingSettings& settings) {
  const std::size_t problems = table.problems().size();
  if (problems < 2) throw UsageError("to leave a problem out takes at least two problems");
  const Contributions parts = all_contributions(table, with_largest_ratio(table, settings));
  RankingStability stability;
  stability.full = ranking_of(parts, std::nullopt);
  stability.kept.assign(table.solvers().size(), 0.0);
  stability.best_rank.assign(table.solvers().size(), static_cast<double>(table.solvers().size()));
  stability.worst_rank.assign(table.solvers().size(), 1.0);
  for (std::size_t p = 0; p < problems; ++p) {
    const std::vector<double> ranks = ranking_of(parts, p).ranks;
    stability.distances.push_back(kendall_distance(ranks, stability.full.ranks));
    for (std::size_t s = 0; s < ranks.size(); ++s) {
      if (ranks[s] == stability.full.ranks[s]) ++stability.kept[s];
      stability.best_rank[s] = std::min(stability.best_rank[s], ranks[s]);
      stability.worst_rank[s] = std::max(stability.worst_rank[s], ranks[s]);
    }
  }
  for (double& share : stability.kept) share /= static_cast<double>(problems);
  return stability;
}

std::vector<PairwiseProfile> pairwise_profiles(const CostTable& table, const RankingSettings& settings) {
  const RankingSettings fixed = with_largest_ratio(table, settings);
  const Ranking full = ranking_of(all_contributions(table, fixed), std::nullopt);
  std::vector<PairwiseProfile> pairs;
  for (std::size_t i = 0; i < table.solvers().size(); ++i) {
    for (std::size_t j = i + 1; j < table.solvers().size(); ++j) {
      const CostTable both = table.with_solvers(std::array{i, j});
      PairwiseProfile pair{.first = i, .second = j, .profile = performance_profile(both, fixed.profile)};
      pair.ranking = ranking_of(all_contributions(both, fixed), std::nullopt);
      pair.contradicts_full =
          sign_of(pair.ranking.ranks[0] - pair.ranking.ranks[1]) * sign_of(full.ranks[i] - full.ranks[j]) < 0;
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

}  // namespace optbed
