#include "analysis/profiles/step_function.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/errors.hpp"

namespace optbed::step_function_test {
namespace {

TEST(StepFunction, IsContinuousFromTheRight) {
  const StepFunction f = cumulative({{.at = 3}, {.at = 1}, {.at = 3}, {.at = 8}}, 5);
  EXPECT_EQ(f.steps.size(), 3u);
  EXPECT_EQ(f(0.999), 0);
  EXPECT_EQ(f(1), 0.2);
  EXPECT_EQ(f(2.999), 0.2);
  EXPECT_EQ(f(3), 0.6);
  EXPECT_EQ(f(8), 0.8);
  EXPECT_EQ(f(1e300), 0.8);
  EXPECT_EQ(f.last_height(), 0.8);
}

TEST(StepFunction, HasTheAreaOfItsRectangles) {
  const StepFunction f = cumulative({{.at = 1}, {.at = 3}, {.at = 8}}, 4);
  EXPECT_DOUBLE_EQ(f.area(0, 10), 2 * 0.25 + 5 * 0.5 + 2 * 0.75);
  EXPECT_DOUBLE_EQ(f.area(2, 4), 0.25 + 0.5);
  EXPECT_EQ(f.area(-5, 1), 0);
  EXPECT_EQ(f.area(4, 4), 0);
}

TEST(StepFunction, WithoutPointsIsZero) {
  const StepFunction f = cumulative({}, 3);
  EXPECT_EQ(f(1), 0);
  EXPECT_EQ(f.last_height(), 0);
  EXPECT_EQ(f.area(0, 9), 0);
}

TEST(StepFunction, NeverRoundsAboveOne) {
  // Ten times 0.1 is 0.9999999999999999, and 49 times 1/49 over 1 rounds up with some orders of sums.
  for (const int parts : {3, 10, 49, 93, 1000}) {
    std::vector<WeightedPoint> points(static_cast<std::size_t>(parts), {.at = 1, .weight = 1.0 / parts});
    points.push_back({.at = 2, .weight = 1e-15});
    EXPECT_LE(cumulative(points, 1).last_height(), 1) << parts;
    EXPECT_NEAR(cumulative(points, 1).last_height(), 1, 1e-13) << parts;
  }
}

TEST(StepFunction, KeepsItsHeightsOnALogarithmicAxis) {
  const StepFunction f = cumulative({{.at = 1}, {.at = 4}}, 2).on_log2_axis();
  EXPECT_EQ(f(-0.1), 0);
  EXPECT_EQ(f(0), 0.5);
  EXPECT_EQ(f(2), 1);
  EXPECT_THROW(cumulative({{.at = 0}}, 1).on_log2_axis(), UsageError);
}

}  // namespace
}  // namespace optbed::step_function_test
