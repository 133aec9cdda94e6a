#include "analysis/profiles/ranking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "problems/random.hpp"

namespace optbed::ranking_test {
namespace {

using ::testing::ElementsAre;

constexpr auto unsolved = std::nullopt;

CostTable random_table(std::uint64_t seed, std::size_t problems, std::size_t solvers) {
  Random random(seed);
  CostTable table(std::vector<std::string>(problems, "p"), std::vector<std::string>(solvers, "s"));
  for (std::size_t p = 0; p < problems; ++p) {
    for (std::size_t s = 0; s < solvers; ++s) {
      if (random.uniform() < 0.8) table.set(p, s, std::exp(3 * random.normal()));
    }
  }
  return table;
}

// Ratios 1 4, 2 1, 1 -: log2 of the largest is 2. Area of a: (1 + 1/2 + 1) / 3, of b: (0 + 1 + 0) / 3.
TEST(Ranking, HasTheScoresByHand) {
  const CostTable table({"p", "q", "r"}, {"a", "b"}, {{1, 4}, {2, 1}, {1, unsolved}});
  const Ranking area = rank_solvers(table);
  EXPECT_DOUBLE_EQ(area.scores[0], 2.5 / 3);
  EXPECT_DOUBLE_EQ(area.scores[1], 1.0 / 3);
  EXPECT_THAT(area.ranks, ElementsAre(1, 2));
  const Ranking solved = rank_solvers(table, {.by = RankBy::solved});
  EXPECT_DOUBLE_EQ(solved.scores[0], 1);
  EXPECT_DOUBLE_EQ(solved.scores[1], 2.0 / 3);
  const Ranking wins = rank_solvers(table, {.by = RankBy::wins});
  EXPECT_DOUBLE_EQ(wins.scores[0], 2.0 / 3);
  EXPECT_DOUBLE_EQ(wins.scores[1], 1.0 / 3);
}

TEST(Ranking, HasTheAreaBelowTheProfile) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const CostTable table = random_table(seed, 11, 4);
    const PerformanceProfile profile = performance_profile(table);
    for (const double largest : {profile.largest_ratio, 10.0}) {
      const Ranking ranking = rank_solvers(table, {.largest_ratio = largest});
      for (std::size_t s = 0; s < 4; ++s) {
        const double end = std::log2(largest);
        EXPECT_NEAR(ranking.scores[s], profile.curves[s].on_log2_axis().area(0, end) / end, 1e-13);
      }
    }
  }
}

TEST(Ranking, LetsTiedSolversShareARank) {
  // The same ratios in another order, whose sums differ in the last bit.
  const CostTable table({"p", "q", "r", "s"}, {"a", "b", "c"},
                        {{1.125, 3, 1}, {1.25, 1.25, 1}, {3, 1.125, 1}, {unsolved, unsolved, 1}});
  const Ranking ranking = rank_solvers(table, {.largest_ratio = 8.0});
  EXPECT_NE(ranking.scores[0], ranking.scores[1]);
  EXPECT_THAT(ranking.ranks, ElementsAre(2.5, 2.5, 1));
  EXPECT_THAT(rank_solvers(table, {.by = RankBy::solved}).ranks, ElementsAre(2.5, 2.5, 1));
}

TEST(Ranking, OfASingleSolverOrOfNothingButTiesIsItsShareSolved) {
  EXPECT_THAT(rank_solvers(CostTable({"p", "q"}, {"a"}, {{3}, {unsolved}})).scores, ElementsAre(0.5));
  EXPECT_THAT(rank_solvers(CostTable({"p"}, {"a", "b"}, {{3, 3}})).ranks, ElementsAre(1.5, 1.5));
}

TEST(Ranking, RefusesAnAreaWithoutALength) {
  const CostTable table({"p"}, {"a"}, {{1}});
  EXPECT_THROW(rank_solvers(table, {.largest_ratio = 1.0}), UsageError);
  EXPECT_THROW(rank_solvers(table, {.largest_ratio = NAN}), UsageError);
}

TEST(KendallDistance, CountsPairsInTheOppositeOrder) {
  const std::vector<double> ranks = {1, 2, 3, 4};
  EXPECT_EQ(kendall_distance(ranks, ranks), 0);
  EXPECT_EQ(kendall_distance(ranks, std::vector<double>{2, 1, 3, 4}), 1);
  EXPECT_EQ(kendall_distance(ranks, std::vector<double>{4, 3, 2, 1}), 6);
  EXPECT_EQ(kendall_distance(ranks, std::vector<double>{1.5, 1.5, 3, 4}), 0.5);
  EXPECT_EQ(kendall_distance(std::vector<double>{2.5, 2.5, 2.5, 2.5}, std::vector<double>{2.5, 2.5, 2.5, 2.5}),
            0);
  EXPECT_THROW(kendall_distance(ranks, std::vector<double>{1}), UsageError);
}

// a wins on p, q, r, b on the rest: by wins 3 to 2. Without one of the three it is 2 to 2.
TEST(LeaveOneProblemOut, SaysHowOftenARankIsKept) {
  const CostTable table({"p", "q", "r", "t", "u"}, {"a", "b", "c"},
                        {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}, {2, 1, 3}, {2, 1, 3}});
  const RankingStability stability = leave_one_problem_out(table, {.by = RankBy::wins});
  EXPECT_THAT(stability.full.ranks, ElementsAre(1, 2, 3));
  EXPECT_THAT(stability.kept, ElementsAre(0.4, 0.4, 1));
  EXPECT_THAT(stability.best_rank, ElementsAre(1, 1.5, 3));
  EXPECT_THAT(stability.worst_rank, ElementsAre(1.5, 2, 3));
  EXPECT_THAT(stability.distances, ElementsAre(0.5, 0.5, 0.5, 0, 0));
}

TEST(LeaveOneProblemOut, RanksTheTableWithoutTheProblem) {
  for (const RankBy by : {RankBy::area, RankBy::solved, RankBy::wins}) {
    const CostTable table = random_table(41, 7, 5);
    const RankingSettings settings{.by = by, .largest_ratio = 100.0};
    const RankingStability stability = leave_one_problem_out(table, settings);
    for (std::size_t left_out = 0; left_out < 7; ++left_out) {
      std::vector<std::vector<PerhapsCost>> rows;
      for (std::size_t p = 0; p < 7; ++p) {
        if (p != left_out) rows.emplace_back(table.row(p).begin(), table.row(p).end());
      }
      const CostTable rest(std::vector<std::string>(6, "p"), table.solvers(), rows);
      EXPECT_EQ(stability.distances[left_out],
                kendall_distance(rank_solvers(rest, settings).ranks, stability.full.ranks));
    }
  }
}

TEST(LeaveOneProblemOut, NeedsTwoProblems) {
  EXPECT_THROW(leave_one_problem_out(CostTable({"p"}, {"a"}, {{1}})), UsageError);
}

// As Gould & Scott (2016) show: in the profile of three b beats c, by themselves c beats b. With the largest
// ratio 16, so that scores are 1 - log2(ratio) / 4: a is far ahead where c is better than b, and level with it
// where b is better than c.
//   costs p: 1 16 16; on q: 1 2 4; r: 1 64 16 and s: 1 64 16, of which b's score 0 by itself costs it nothing
//   full: b: 0 + 3/4 + 0 + 0, c: 0 + 2/4 + 0 + 0; the two: b 1 + 1 + 1/2 + 1/2 = 3, c 1 + 3/4 + 1 + 1 = 3.75.
TEST(PairwiseProfiles, ShowWhereTheProfileOfAllMisleads) {
  const CostTable table({"p", "q", "r", "s"}, {"a", "b", "c"},
                        {{1, 16, 16}, {1, 2, 4}, {1, 64, 16}, {1, 64, 16}});
  const RankingSettings settings{.largest_ratio = 16.0};
  EXPECT_THAT(rank_solvers(table, settings).ranks, ElementsAre(1, 2, 3));
  const std::vector<PairwiseProfile> pairs = pairwise_profiles(table, settings);
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_FALSE(pairs[0].contradicts_full);
  EXPECT_FALSE(pairs[1].contradicts_full);
  EXPECT_EQ(pairs[2].first, 1u);
  EXPECT_EQ(pairs[2].second, 2u);
  EXPECT_TRUE(pairs[2].contradicts_full);
  EXPECT_THAT(pairs[2].ranking.scores, ElementsAre(0.75, 3.75 / 4));
  EXPECT_THAT(pairs[2].profile.wins, ElementsAre(0.5, 0.75));
}

TEST(PairwiseProfiles, DoNotDependOnTheOtherSolvers) {
  const CostTable table = random_table(5, 9, 4);
  const RankingSettings settings{.largest_ratio = 1000.0};
  for (const PairwiseProfile& pair : pairwise_profiles(table, settings)) {
    const CostTable both = table.with_solvers(std::array{pair.first, pair.second});
    EXPECT_EQ(pair.ranking.scores, rank_solvers(both, settings).scores);
  }
}

TEST(PairwiseProfiles, OfASingleSolverAreNone) {
  EXPECT_TRUE(pairwise_profiles(CostTable({"p"}, {"a"}, {{1}})).empty());
}

}  // namespace
}  // namespace optbed::ranking_test
