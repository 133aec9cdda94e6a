#include "analysis/profiles/data_profile.hpp"

#include <gtest/gtest.h>

namespace optbed::data_profile_test {
namespace {

constexpr auto unsolved = std::nullopt;

// Moré & Wild (2009), (2.9), by hand: n + 1 = 3, 3, 5. Units of a: 4, 2, 2; of b: 1, -, 4.
TEST(DataProfile, CountsInSimplexGradients) {
  const CostTable evaluations({"p", "q", "r"}, {"a", "b"}, {{12, 3}, {6, unsolved}, {10, 20}});
  const Profile profile = data_profile(evaluations, std::vector<Index>{2, 2, 4});
  const StepFunction& a = profile.curves[0];
  EXPECT_EQ(a(1.99), 0);
  EXPECT_DOUBLE_EQ(a(2), 2.0 / 3);
  EXPECT_EQ(a(4), 1);
  const StepFunction& b = profile.curves[1];
  EXPECT_DOUBLE_EQ(b(1), 1.0 / 3);
  EXPECT_DOUBLE_EQ(b(3.9), 1.0 / 3);
  EXPECT_DOUBLE_EQ(b(4), 2.0 / 3);
  EXPECT_DOUBLE_EQ(b(1e9), 2.0 / 3);
}

TEST(DataProfile, OfASolverDoesNotDependOnTheOthers) {
  const CostTable evaluations({"p", "q"}, {"a", "b"}, {{12, 3}, {6, 900}});
  const std::vector<Index> dimensions = {2, 7};
  const Profile both = data_profile(evaluations, dimensions);
  const Profile one = data_profile(evaluations.with_solvers(std::vector<std::size_t>{1}), dimensions);
  ASSERT_EQ(one.curves[0].steps.size(), both.curves[1].steps.size());
  for (const double units : {0.5, 1.0, 100.0, 112.5, 1e4})
    EXPECT_EQ(one.curves[0](units), both.curves[1](units));
}

TEST(DataProfile, OfTracesTakesTheirDimensionsAndConvergenceTest) {
  const AnytimeTable runs(
      {{.problem = "p", .solver = "a", .dimension = 3, .evaluations = {1, 8}, .values = {5, 0}},
       {.problem = "p", .solver = "b", .dimension = 3, .evaluations = {1, 2, 16}, .values = {5, 1, 0.2}}});
  const Profile coarse = data_profile(runs, 0.2);
  EXPECT_EQ(coarse.curves[0](2), 1);
  EXPECT_EQ(coarse.curves[1](0.49), 0);
  EXPECT_EQ(coarse.curves[1](0.5), 1);
  const Profile fine = data_profile(runs, 1e-2);
  EXPECT_EQ(fine.curves[0](2), 1);
  EXPECT_EQ(fine.curves[1].last_height(), 0);
}

TEST(DataProfile, NeedsADimensionOfEachProblem) {
  const CostTable evaluations({"p"}, {"a"}, {{12}});
  EXPECT_THROW(data_profile(evaluations, std::vector<Index>{}), UsageError);
  EXPECT_THROW(data_profile(evaluations, std::vector<Index>{0}), UsageError);
}

}  // namespace
}  // namespace optbed::data_profile_test
