#include "problems/convex/smooth/boyd_9_20.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace optbed::boyd_9_20_test {
namespace {

// At (0, 0) each term is exp(-0.1); p* = 2.5592667 is the minimum to the eight digits of its closed form.
TEST(Boyd920, IsTheFunctionOfTheBook) {
  const Boyd920 problem;
  Vector g(2);
  EXPECT_NEAR(problem.gradient(Vector{{0, 0}}, g), 3 * std::exp(-0.1), 1e-15);
  EXPECT_NEAR(g[0], std::exp(-0.1), 1e-15);
  EXPECT_EQ(g[1], 0);
  EXPECT_NEAR(problem.value(Vector{{1, 1}}), std::exp(3.9) + std::exp(-2.1) + std::exp(-1.1), 1e-13);
  EXPECT_NEAR(problem.facts().minimum->value, 2.5592667, 5e-8);
}

}  // namespace
}  // namespace optbed::boyd_9_20_test
