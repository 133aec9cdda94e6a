#include "analysis/profiles/target_distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace optbed::target_distribution_test {
namespace {

constexpr auto unsolved = std::nullopt;

AnytimeRun run_of(const std::string& problem, std::uint64_t seed, Index dimension,
                  std::vector<double> evaluations, std::vector<double> gaps) {
  return {.problem = problem,
          .solver = "a",
          .seed = seed,
          .dimension = dimension,
          .evaluations = std::move(evaluations),
          .values = std::move(gaps),
          .minimum = 0};
}

TEST(LogarithmicTargets, AreThoseOfCoco) {
  const std::vector<double> targets = logarithmic_targets();
  ASSERT_EQ(targets.size(), 51u);
  EXPECT_EQ(targets.front(), 1e2);
  EXPECT_EQ(targets.back(), 1e-8);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    EXPECT_NEAR(std::log10(targets[i]), 2 - 0.2 * static_cast<double>(i), 1e-13);
  }
  EXPECT_EQ(logarithmic_targets(1e-3, 1e-3), std::vector<double>{1e-3});
  EXPECT_THROW(logarithmic_targets(1, 0), UsageError);
  EXPECT_THROW(logarithmic_targets(1, 10), UsageError);
  EXPECT_THROW(logarithmic_targets(1, 0.1, 0), UsageError);
}

// Two problems, two targets: 10 is reached on p after 2 evaluations, 1 after 8; on q 10 after 6, 1 never.
TEST(TargetDistribution, CountsPairsOfAProblemAndATarget) {
  const AnytimeTable runs({run_of("p", 1, 2, {1, 2, 8}, {50, 10, 0.5}), run_of("q", 1, 3, {1, 6}, {50, 9})});
  TargetSettings settings{.targets = {10, 1}, .per_dimension = false};
  const StepFunction plain = target_distribution(runs, settings).curves[0];
  EXPECT_EQ(plain(1.9), 0);
  EXPECT_EQ(plain(2), 0.25);
  EXPECT_EQ(plain(6), 0.5);
  EXPECT_EQ(plain(8), 0.75);
  EXPECT_EQ(plain.last_height(), 0.75);
  settings.per_dimension = true;
  const StepFunction scaled = target_distribution(runs, settings).curves[0];
  EXPECT_EQ(scaled(1), 0.25);
  EXPECT_EQ(scaled(2), 0.5);
  EXPECT_EQ(scaled(4), 0.75);
}

TEST(TargetDistribution, WeighsProblemsAlikeWhateverTheirSeeds) {
  const AnytimeTable runs({run_of("p", 1, 1, {2}, {0}), run_of("p", 2, 1, {4}, {0}),
                           run_of("p", 3, 1, {6}, {5}), run_of("p", 4, 1, {8}, {0}),
                           run_of("q", 1, 1, {4}, {0})});
  const StepFunction curve = target_distribution(runs, {.targets = {1}}).curves[0];
  EXPECT_EQ(curve(2), 0.125);
  EXPECT_EQ(curve(4), 0.75);
  EXPECT_EQ(curve(8), 0.875);
}

TEST(TargetDistribution, MeasuresTargetsFromTheBestWhereTheMinimumIsNotKnown) {
  const AnytimeTable runs({{.problem = "p", .solver = "a", .evaluations = {1, 5}, .values = {107, 100}},
                           {.problem = "p", .solver = "b", .evaluations = {1, 9}, .values = {107, 101}}});
  const Profile profile = target_distribution(runs, {.targets = {2, 0.5}});
  EXPECT_EQ(profile.curves[0](5), 1);
  EXPECT_EQ(profile.curves[1](9), 0.5);
}

// One seed succeeds after 3, the other fails after 10: a simulated run takes 3 + 10 F with F failures before
// the success, P(F = i) = 2^{-i-1}.
TEST(TargetDistribution, RestartsRunsThatFail) {
  const AnytimeTable runs({run_of("p", 1, 1, {1, 3, 7}, {9, 0, 0}), run_of("p", 2, 1, {1, 10}, {9, 8})});
  const long draws = 40000;
  const TargetSettings settings{.targets = {1}, .simulated_runs = draws, .seed = 5};
  const StepFunction curve = target_distribution(runs, settings).curves[0];
  // Each share scatters by at most 0.5 / sqrt(draws) = 0.0025: four of these.
  EXPECT_NEAR(curve(3), 0.5, 0.01);
  EXPECT_NEAR(curve(13), 0.75, 0.01);
  EXPECT_NEAR(curve(23), 0.875, 0.01);
  EXPECT_EQ(curve(2.9), 0);
  EXPECT_EQ(curve(12.9), curve(3));
  EXPECT_NEAR(curve.last_height(), 1, 1e-11);
  const StepFunction again = target_distribution(runs, settings).curves[0];
  EXPECT_EQ(curve(3), again(3));
}

TEST(TargetDistribution, RestartsNothingWhereEveryRunFails) {
  const AnytimeTable runs({run_of("p", 1, 1, {1, 3}, {9, 4}), run_of("p", 2, 1, {1, 10}, {9, 8})});
  EXPECT_EQ(target_distribution(runs, {.targets = {1}, .simulated_runs = 10}).curves[0].last_height(), 0);
}

TEST(TargetDistribution, RefusesTargetsAndRunsThatMakeNoSense) {
  const AnytimeTable runs({run_of("p", 1, 1, {1}, {9})});
  EXPECT_THROW(target_distribution(runs, {.targets = {}}), UsageError);
  EXPECT_THROW(target_distribution(runs, {.targets = {-1}}), UsageError);
  EXPECT_THROW(target_distribution(runs, {.targets = {NAN}}), UsageError);
  EXPECT_THROW(target_distribution(runs, {.simulated_runs = -1}), UsageError);
}

TEST(ExpectedRunningTime, IsWhatAllSpentForEachSuccess) {
  const std::vector<AnytimeRun> runs = {run_of("p", 1, 1, {1, 3, 7}, {9, 0, 0}),
                                        run_of("p", 2, 1, {1, 10}, {9, 8}), run_of("p", 3, 1, {1, 5}, {9, 1})};
  EXPECT_EQ(expected_running_time(runs, 1), (3 + 10 + 5) / 2.0);
  EXPECT_EQ(expected_running_time(runs, 0.5), 3.0 + 10 + 5);
  EXPECT_EQ(expected_running_time(runs, -1), unsolved);
  EXPECT_THROW(expected_running_time({}, 1), UsageError);
}

}  // namespace
}  // namespace optbed::target_distribution_test
