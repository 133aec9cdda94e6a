#include "analysis/profiles/anytime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace optbed::anytime_test {
namespace {

constexpr auto unsolved = std::nullopt;

AnytimeRun run_of(const std::string& problem, const std::string& solver, std::vector<double> evaluations,
                  std::vector<double> values) {
  return {
      .problem = problem, .solver = solver, .evaluations = std::move(evaluations), .values = std::move(values)};
}

TEST(AnytimeRun, ReachesATargetAtTheFirstValueThatIsNoGreater) {
  const AnytimeRun run = run_of("p", "a", {1, 4, 9, 12}, {10, 2, 5, 1});
  EXPECT_EQ(run.evaluations_to(10), 1);
  EXPECT_EQ(run.evaluations_to(2), 4);
  EXPECT_EQ(run.evaluations_to(1.5), 12);
  EXPECT_EQ(run.evaluations_to(0.5), unsolved);
  EXPECT_EQ(run.budget(), 12);
}

TEST(AnytimeRun, TakesNanForNoValue) {
  EXPECT_EQ(run_of("p", "a", {1, 2, 3}, {NAN, NAN, 1}).evaluations_to(1e300), 3);
}

TEST(AnytimeRun, ReadsATraceByItsGapWhereItHasOne) {
  Trace trace({"iteration", "value", "gap", "value_evaluations", "gradient_evaluations"});
  trace.append({0, 7, 5, 1, 1});
  trace.append({1, 3, 1, 4, 2});
  const AnytimeRun run = anytime_run("p", "a", 3, 10, trace, "gradient_evaluations");
  EXPECT_THAT(run.evaluations, ::testing::ElementsAre(1, 2));
  EXPECT_THAT(run.values, ::testing::ElementsAre(5, 1));
  EXPECT_EQ(run.minimum, 0);
  EXPECT_EQ(run.dimension, 10);
  EXPECT_EQ(run.seed, 3u);
  EXPECT_THROW(anytime_run("p", "a", 3, 10, trace, "hessian_evaluations"), UsageError);
}

TEST(AnytimeRun, ReadsATraceByItsValueWhereTheMinimumIsNotKnown) {
  Trace trace({"value", "value_evaluations"});
  trace.append({7, 1});
  const AnytimeRun run = anytime_run("p", "a", 0, 2, trace);
  EXPECT_THAT(run.values, ::testing::ElementsAre(7));
  EXPECT_EQ(run.minimum, std::nullopt);
}

TEST(AnytimeTable, TakesTheBestOfAllRunsWhereTheMinimumIsNotKnown) {
  std::vector<AnytimeRun> runs = {run_of("p", "a", {1, 2}, {9, 3}), run_of("p", "b", {1, 5}, {9, -2})};
  const AnytimeTable table(runs);
  EXPECT_EQ(table.facts(0).start, 9);
  EXPECT_EQ(table.facts(0).minimum, -2);
  for (AnytimeRun& run : runs) run.minimum = -4;
  EXPECT_EQ(AnytimeTable(runs).facts(0).minimum, -4);
}

TEST(AnytimeTable, TakesTheWorstOfTheStarts) {
  const AnytimeTable table({run_of("p", "a", {1, 2}, {12, 3}), run_of("p", "b", {1, 5}, {9, 40}),
                            run_of("p", "c", {1, 5}, {NAN, 1})});
  EXPECT_EQ(table.facts(0).start, 12);
}

// f_0 = 10, f_L = 0: targets 1 and 0.01.
TEST(EvaluationsToConverge, FollowTheTestOfMoreAndWild) {
  const AnytimeTable table(
      {run_of("p", "a", {1, 3, 6}, {10, 1, 0}), run_of("p", "b", {1, 4, 9}, {10, 1.01, 0.02})});
  const CostTable coarse = evaluations_to_converge(table, 0.1);
  EXPECT_EQ(coarse.at(0, 0), 3);
  EXPECT_EQ(coarse.at(0, 1), 9);
  const CostTable fine = evaluations_to_converge(table, 1e-3);
  EXPECT_EQ(fine.at(0, 0), 6);
  EXPECT_EQ(fine.at(0, 1), unsolved);
  EXPECT_THROW(evaluations_to_converge(table, 0), UsageError);
  EXPECT_THROW(evaluations_to_converge(table, 1), UsageError);
}

TEST(EvaluationsToConverge, AreTheMedianOfTheSeeds) {
  std::vector<AnytimeRun> runs = {run_of("p", "a", {1, 3}, {10, 0}), run_of("p", "a", {1, 8}, {10, 0}),
                                  run_of("p", "a", {1, 90}, {10, 5})};
  for (std::size_t i = 0; i < 3; ++i) runs[i].seed = i;
  EXPECT_EQ(evaluations_to_converge(AnytimeTable(runs), 0.01).at(0, 0), 8);
}

TEST(EvaluationsToConverge, AreThoseOfTheStartWhereItIsTheBestThereIs) {
  const AnytimeTable table({run_of("p", "a", {1, 3}, {2, 7})});
  EXPECT_EQ(evaluations_to_converge(table, 0.1).at(0, 0), 1);
}

TEST(AnytimeTable, RefusesRunsThatMakeNoSense) {
  const AnytimeRun good = run_of("p", "a", {1, 2}, {9, 3});
  AnytimeRun other_dimension = run_of("p", "b", {1, 2}, {9, 3});
  other_dimension.dimension = 2;
  AnytimeRun other_minimum = run_of("p", "b", {1, 2}, {9, 3});
  other_minimum.minimum = 0;
  const std::vector<std::vector<AnytimeRun>> bad = {{run_of("p", "a", {}, {})},
                                                    {run_of("p", "a", {1, 2}, {9})},
                                                    {run_of("p", "a", {2, 1}, {9, 3})},
                                                    {run_of("p", "a", {-1, 1}, {9, 3})},
                                                    {run_of("p", "a", {1, INFINITY}, {9, 3})},
                                                    {run_of("p", "a", {1, 2}, {NAN, NAN})},
                                                    {good, good},
                                                    {good, other_dimension},
                                                    {good, other_minimum},
                                                    {}};
  for (std::size_t i = 0; i < bad.size(); ++i) EXPECT_THROW(AnytimeTable{bad[i]}, UsageError) << i;
}

TEST(AnytimeTable, CanBeMadeOfTheProblemsThatAllHaveRunOn) {
  const std::vector<AnytimeRun> runs = {run_of("q", "b", {1}, {1}), run_of("p", "b", {1, 2}, {9, 3}),
                                        run_of("p", "a", {1, 7}, {9, 3})};
  EXPECT_THROW(evaluations_to_converge(AnytimeTable(runs), 0.1), UsageError);
  const CostTable table = evaluations_to_converge(AnytimeTable(RunGrid(runs).complete()), 0.1);
  EXPECT_THAT(table.problems(), ::testing::ElementsAre("p"));
  EXPECT_EQ(table.at(0, 1), 7);
}

}  // namespace
}  // namespace optbed::anytime_test
