#include "analysis/profiles/performance_profile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "problems/random.hpp"

namespace optbed::performance_profile_test {
namespace {

using ::testing::ElementsAre;

constexpr auto unsolved = std::nullopt;

// Costs of 1 … 20 and failures, the same for the same seed.
CostTable random_table(std::uint64_t seed, std::size_t problems, std::size_t solvers) {
  Random random(seed);
  std::vector<std::string> problem_names;
  std::vector<std::string> solver_names;
  for (std::size_t p = 0; p < problems; ++p) problem_names.push_back("p" + std::to_string(p));
  for (std::size_t s = 0; s < solvers; ++s) solver_names.push_back("s" + std::to_string(s));
  CostTable table(problem_names, solver_names);
  for (std::size_t p = 0; p < problems; ++p) {
    for (std::size_t s = 0; s < solvers; ++s) {
      if (random.uniform() < 0.75) table.set(p, s, 1.0 + static_cast<double>(random.index(20)));
    }
  }
  return table;
}

void expect_steps(const StepFunction& curve, const std::vector<Step>& expected) {
  ASSERT_EQ(curve.steps.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(curve.steps[i].at, expected[i].at);
    EXPECT_EQ(curve.steps[i].height, expected[i].height);
  }
}

// Dolan & Moré (2002), (2.1), by hand. Ratios on five problems, the least cost in each row being 1:
//   p1 1 2   p2 4 1   p3 1 1 (a tie)   p4 - 1   p5 - -
TEST(PerformanceProfile, EqualsTheOneByHand) {
  const CostTable table({"p1", "p2", "p3", "p4", "p5"}, {"a", "b"},
                        {{3, 6}, {80, 20}, {5, 5}, {unsolved, 0.5}, {unsolved, unsolved}});
  const PerformanceProfile profile = performance_profile(table);
  expect_steps(profile.curves[0], {{1, 0.4}, {4, 0.6}});
  expect_steps(profile.curves[1], {{1, 0.6}, {2, 0.8}});
  EXPECT_THAT(profile.wins, ElementsAre(0.4, 0.6));
  EXPECT_THAT(profile.solved, ElementsAre(0.6, 0.8));
  EXPECT_THAT(profile.solved_by_none, ElementsAre("p5"));
  EXPECT_EQ(profile.largest_ratio, 4);
  const StepFunction logarithmic = profile.curves[0].on_log2_axis();
  expect_steps(logarithmic, {{0, 0.4}, {2, 0.6}});
}

TEST(PerformanceProfile, RisesWithinTheUnitIntervalToTheShareSolved) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const CostTable table = random_table(seed, 1 + seed, 1 + seed % 5);
    const PerformanceProfile profile = performance_profile(table);
    for (std::size_t s = 0; s < profile.curves.size(); ++s) {
      double before = 0;
      double at = 0.9;
      for (const Step& step : profile.curves[s].steps) {
        EXPECT_GT(step.at, at);
        EXPECT_GT(step.height, before);
        EXPECT_LE(step.height, 1);
        at = step.at;
        before = step.height;
      }
      EXPECT_EQ(profile.curves[s].last_height(), profile.solved[s]);
    }
  }
}

// Every problem that somebody solves has a winner: the sum of rho_s(1) is the share of these, plus what ties
// add.
TEST(PerformanceProfile, HasWinsThatSumToTheProblemsSolvedAndTheirTies) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const CostTable table = random_table(seed, 17, 4);
    const PerformanceProfile profile = performance_profile(table);
    double expected = 0;
    for (std::size_t p = 0; p < 17; ++p) {
      for (const PerhapsCost& cost : table.row(p)) expected += cost && cost == table.best(p) ? 1 : 0;
    }
    double sum = 0;
    for (const double wins : profile.wins) sum += wins;
    EXPECT_NEAR(sum, expected / 17, 1e-14);
    EXPECT_GE(sum, 1 - static_cast<double>(profile.solved_by_none.size()) / 17 - 1e-14);
  }
}

TEST(PerformanceProfile, DoesNotSeeTheUnitOfAProblemsCosts) {
  CostTable table = random_table(3, 12, 3);
  const PerformanceProfile before = performance_profile(table);
  for (std::size_t p = 0; p < 12; ++p) {
    // A power of 2: quotients do not change in a bit.
    const double scale = std::exp2(static_cast<double>(p) - 5);
    for (std::size_t s = 0; s < 3; ++s) {
      if (const PerhapsCost cost = table.at(p, s)) table.set(p, s, *cost * scale);
    }
  }
  const PerformanceProfile after = performance_profile(table);
  for (std::size_t s = 0; s < 3; ++s) expect_steps(after.curves[s], before.curves[s].steps);
}

TEST(PerformanceProfile, DoesNotSeeASolverThatIsNeverTheBest) {
  // Gould & Scott (2016): only the best on a problem matters to the curves of the others.
  const CostTable table({"p", "q"}, {"a", "b", "c"}, {{1, 2, 9}, {4, 2, 3}});
  const PerformanceProfile all = performance_profile(table);
  const PerformanceProfile two = performance_profile(table.with_solvers(std::vector<std::size_t>{0, 1}));
  for (std::size_t s = 0; s < 2; ++s) expect_steps(two.curves[s], all.curves[s].steps);
}

TEST(PerformanceProfile, OfASingleSolverIsItsShareSolved) {
  const PerformanceProfile profile =
      performance_profile(CostTable({"p", "q", "r", "s"}, {"a"}, {{7}, {unsolved}, {0}, {1e300}}));
  expect_steps(profile.curves[0], {{1, 0.75}});
}

TEST(PerformanceProfile, HasNoMultipleOfACostOfZero) {
  const CostTable table({"p", "q"}, {"a", "b"}, {{0, 3}, {4, 2}});
  const PerformanceProfile profile = performance_profile(table);
  expect_steps(profile.curves[0], {{1, 0.5}, {2, 1}});
  expect_steps(profile.curves[1], {{1, 0.5}});
  EXPECT_EQ(profile.solved[1], 1);
  EXPECT_THAT(profile.beyond, ElementsAre(0, 1));
  EXPECT_EQ(profile.largest_ratio, 2);
}

TEST(PerformanceProfile, CountsCostsBelowTheLeastAsTheLeast) {
  const CostTable table({"p", "q"}, {"a", "b"}, {{0, 3}, {0.25, 0.5}});
  const PerformanceProfile profile = performance_profile(table, {.least_cost = 1});
  expect_steps(profile.curves[0], {{1, 1}});
  expect_steps(profile.curves[1], {{1, 0.5}, {3, 1}});
  EXPECT_THAT(profile.beyond, ElementsAre(0, 0));
  EXPECT_THROW(performance_profile(table, {.least_cost = -1}), UsageError);
  EXPECT_THROW(performance_profile(table, {.least_cost = NAN}), UsageError);
}

TEST(PerformanceProfile, OfProblemsThatNobodySolvesIsZero) {
  const PerformanceProfile profile = performance_profile(CostTable({"p"}, {"a", "b"}));
  EXPECT_TRUE(profile.curves[0].steps.empty());
  EXPECT_THAT(profile.wins, ElementsAre(0, 0));
  EXPECT_EQ(profile.largest_ratio, 1);
}

TEST(PerformanceRatios, BeyondTheLargestNumberAreNone) {
  const CostTable table({"p"}, {"a", "b"}, {{1e-300, 1e300}});
  EXPECT_THAT(performance_ratios(table, 0), ElementsAre(std::optional<double>(1), std::nullopt));
}

}  // namespace
}  // namespace optbed::performance_profile_test
