#include "problems/convex/worst_case/adam_counterexample.hpp"

#include <gtest/gtest.h>

#include <array>

namespace optbed::adam_counterexample_test {
namespace {

// On the interval the losses are C x, -x and -x.
TEST(AdamCounterexample, HasTheLossesOfThePaper) {
  const AdamCounterexample problem({.c = 5});
  const Vector x = Vector::Constant(1, 0.5);
  Vector g(1);
  for (const auto& [i, slope] : {std::pair<Index, double>{0, 5}, {1, -1}, {2, -1}}) {
    EXPECT_EQ(problem.sample_gradient(x, {&i, 1}, g), slope / 2);
    EXPECT_EQ(g[0], slope);
  }
  EXPECT_EQ(problem.gradient(x, g), 0.5);
  EXPECT_EQ(g[0], 1);
}

// -1 - (C-2)/(3 wall) = -1.05 for C = 5, wall = 20; f = -1.05 + 10 * 0.05^2.
TEST(AdamCounterexample, HasItsMinimumJustBeyondTheBestPoint) {
  const AdamCounterexample problem({.c = 5, .wall = 20});
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], -1.05, 1e-15);
  EXPECT_NEAR(problem.facts().minimum->value, -1.025, 1e-15);
}

}  // namespace
}  // namespace optbed::adam_counterexample_test
