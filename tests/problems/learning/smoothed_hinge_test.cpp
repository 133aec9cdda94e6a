#include "problems/learning/smoothed_hinge.hpp"

#include <gtest/gtest.h>

#include "tests/problems/verified.hpp"

namespace optbed::smoothed_hinge_test {
namespace {

using testing::epsilon;

// One sample a = 1 of the label 1, so that the margin is x: by the three pieces of the formula.
TEST(SmoothedHinge, HasTheValueAndGradientOfItsFormula) {
  const double lambda = 0.5;
  const SmoothedHinge problem({Matrix{{1}}, Vector{{1}}}, 0.5, lambda);
  Vector g(1);
  for (const auto& [x, f, slope] : {std::array{2.0, 0.0, 0.0},
                                    {1.0, 0.0, 0.0},
                                    {0.75, 0.0625, -0.5},
                                    {0.5, 0.25, -1.0},
                                    {-1.0, 1.75, -1.0}}) {
    EXPECT_NEAR(problem.gradient(Vector::Constant(1, x), g), f + lambda / 2 * x * x, 10 * epsilon) << x;
    EXPECT_NEAR(g[0], slope + lambda * x, 10 * epsilon) << x;
  }
}

// max(0, 1-z) - gamma/2 <= h(z) <= max(0, 1-z).
TEST(SmoothedHinge, IsWithinHalfItsWidthOfTheHinge) {
  for (double z = -2; z < 2; z += 0.01) {
    const double hinge = std::max(0.0, 1 - z);
    const double smooth = smoothed_hinge_loss(z, 0.3).value;
    EXPECT_LE(smooth, hinge + epsilon);
    EXPECT_GE(smooth, hinge - 0.15 - 4 * epsilon);
  }
}

// At 0 every margin is 0, which is inside of [1 - gamma, 1] for gamma = 2.
TEST(SmoothedHinge, AttainsItsLipschitzConstant) {
  const SmoothedHinge problem({.gamma = 2});
  const double greatest = testing::eigenvalues_at(problem, problem.start()).maxCoeff();
  EXPECT_NEAR(problem.facts().lipschitz->value, greatest, 1000 * epsilon * greatest);
}

// One sample a = 1, gamma = 1: lambda x = 1 - x in the middle piece.
TEST(SmoothedHinge, FindsAMinimiserThatIsKnown) {
  const SmoothedHinge problem({Matrix{{1}}, Vector{{1}}}, 1, 0.25);
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], 0.8, 10 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, 0.02 + 0.08, 10 * epsilon);
}

TEST(SmoothedHinge, HasTheConditionNumberThatIsAskedFor) {
  const SmoothedHinge problem({.gamma = 0.1, .kappa = 1e5});
  EXPECT_NEAR(*problem.facts().condition_number(), 1e5, 1000 * epsilon * 1e5);
}

TEST(SmoothedHinge, TakesLambdaOrTheConditionNumber) {
  EXPECT_THROW(SmoothedHinge::option_table().parse("smoothed_hinge", {{"lambda", "1"}, {"kappa", "10"}}),
               UsageError);
  EXPECT_THROW(SmoothedHinge::option_table().parse("smoothed_hinge", {{"kappa", "1"}}), UsageError);
}

}  // namespace
}  // namespace optbed::smoothed_hinge_test
