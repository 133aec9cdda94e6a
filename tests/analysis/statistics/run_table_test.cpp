#include "analysis/statistics/run_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace optbed::run_table_test {
namespace {

constexpr auto unsolved = std::nullopt;

RunRecord run_of(const std::string& problem, const std::string& solver, std::uint64_t seed, PerhapsCost cost) {
  return {.problem = problem, .solver = solver, .seed = seed, .solved = cost.has_value(), .iterations = cost};
}

TEST(CostKind, ReadsItsOwnNamesAndProposesTheNearest) {
  for (const CostKind kind : {CostKind::evaluations, CostKind::value_evaluations,
                              CostKind::gradient_evaluations, CostKind::iterations, CostKind::seconds}) {
    EXPECT_EQ(cost_kind(to_string(kind)), kind);
  }
  try {
    cost_kind("second");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("did you mean 'seconds'"));
  }
}

TEST(MedianCosts, IsSolvedWhereMoreThanHalfOfTheSeedsAre) {
  const RunTable runs({run_of("three", "a", 1, 5), run_of("three", "a", 2, unsolved),
                       run_of("three", "a", 3, 9), run_of("half", "a", 1, 5),
                       run_of("half", "a", 2, unsolved),  //
                       run_of("one", "a", 1, 7),          //
                       run_of("even", "a", 1, 4), run_of("even", "a", 2, 2)});
  const CostTable table = median_costs(runs, CostKind::iterations);
  EXPECT_EQ(table.at(0, 0), 9);  // of 5, 9, not solved
  EXPECT_EQ(table.at(1, 0), unsolved);
  EXPECT_EQ(table.at(2, 0), 7);
  EXPECT_EQ(table.at(3, 0), 3);
}

TEST(MedianCosts, TakesTheKindThatIsAskedForAndSaysWhichRunLacksIt) {
  RunRecord run = run_of("p", "a", 4, 3);
  run.seconds = 0.25;
  const RunTable runs({run});
  EXPECT_EQ(median_costs(runs, CostKind::seconds).at(0, 0), 0.25);
  try {
    median_costs(runs, CostKind::gradient_evaluations);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'a' on 'p' with the seed 4 has no gradient_evaluations"));
  }
}

TEST(MedianCosts, DoesNotLookAtWhatARunThatIsNotSolvedHasSpent) {
  RunRecord run = run_of("p", "a", 1, 3);
  run.solved = false;
  EXPECT_EQ(median_costs(RunTable({run}), CostKind::iterations).at(0, 0), unsolved);
}

TEST(Dimensions, AreThoseThatTheRunsAgreeOn) {
  RunRecord first = run_of("p", "a", 1, 1);
  RunRecord second = run_of("p", "b", 1, 1);
  EXPECT_THROW(dimensions(RunTable({first, second})), UsageError);
  second.dimension = 3;
  EXPECT_THAT(dimensions(RunTable({first, second})), ::testing::ElementsAre(3));
  first.dimension = 4;
  EXPECT_THROW(dimensions(RunTable({first, second})), UsageError);
}

TEST(RunGrid, TellsMissingPairsFromUnsolvedOnes) {
  const RunTable runs({run_of("p", "a", 1, 1), run_of("p", "b", 1, unsolved), run_of("q", "b", 1, 2)});
  EXPECT_THAT(runs.missing(), ::testing::ElementsAre(::testing::Pair(1, 0)));
  EXPECT_THROW(median_costs(runs, CostKind::iterations), UsageError);
  const CostTable table = median_costs(runs.complete(), CostKind::iterations);
  EXPECT_THAT(table.problems(), ::testing::ElementsAre("p"));
  EXPECT_EQ(table.at(0, 0), 1);
  EXPECT_EQ(table.at(0, 1), unsolved);
}

TEST(RunGrid, RefusesNoRunsTheSameRunTwiceAndNoProblemInCommon) {
  EXPECT_THROW(RunTable({}), UsageError);
  EXPECT_THROW(RunTable({run_of("p", "a", 1, 1), run_of("p", "a", 1, 2)}), UsageError);
  EXPECT_THROW(RunTable({run_of("p", "a", 1, 1), run_of("q", "b", 1, 2)}).complete(), UsageError);
}

// a has run on p and q, b on p, q and r, c and d on r only: without a there is r, and without c and d p and q.
TEST(RunGrid, NamesTheSolversThatLeaveNoProblemComplete) {
  const RunTable runs({run_of("p", "a", 1, 1), run_of("q", "a", 1, 1), run_of("p", "b", 1, 1),
                       run_of("q", "b", 1, 1), run_of("r", "b", 1, 1), run_of("r", "c", 1, 1),
                       run_of("r", "d", 1, 1)});
  try {
    runs.complete();
    FAIL() << "there is no problem that all four have run on";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "there is no problem that every solver has run on: leave out, for example, 'a'");
  }
}

}  // namespace
}  // namespace optbed::run_table_test
