#include "problems/convex/newton_minimiser.hpp"

#include <gtest/gtest.h>

#include "tests/problems/test_problems.hpp"

namespace optbed::newton_minimiser_test {
namespace {

// exp(x) - 2x has its minimum at log 2; x - log x at 1 has a domain that full steps from 10 leave.
TEST(NewtonMinimiser, FindsAMinimiserToRounding) {
  const auto f = testing::on_the_line(
      5, [](double x) { return std::exp(x) - 2 * x; }, [](double x) { return std::exp(x) - 2; },
      [](double x) { return std::exp(x); });
  EXPECT_NEAR(newton_minimiser(f, f.start()).value()[0], std::log(2), 4e-16);
  const auto barrier = testing::on_the_line(
      10, [](double x) { return x - std::log(x); }, [](double x) { return 1 - 1 / x; },
      [](double x) { return 1 / (x * x); });
  EXPECT_NEAR(newton_minimiser(barrier, barrier.start()).value()[0], 1, 4e-16);
}

// The Huber function of x - 1 is linear where it starts.
TEST(NewtonMinimiser, LeavesAFlatPiece) {
  const auto f = testing::on_the_line(
      5, [](double x) { return std::abs(x - 1) < 1 ? (x - 1) * (x - 1) / 2 : std::abs(x - 1) - 0.5; },
      [](double x) { return std::clamp(x - 1, -1.0, 1.0); },
      [](double x) { return std::abs(x - 1) < 1 ? 1 : 0; });
  EXPECT_EQ(newton_minimiser(f, f.start()).value()[0], 1);
}

TEST(NewtonMinimiser, IsEmptyWhereThereIsNone) {
  const auto falling = testing::on_the_line(
      0, [](double x) { return std::exp(-x); }, [](double x) { return -std::exp(-x); },
      [](double x) { return std::exp(-x); });
  const auto flat = testing::on_the_line(
      0, [](double) { return 1; }, [](double) { return 0; }, [](double) { return 0; });
  const auto linear = testing::on_the_line(
      0, [](double x) { return x; }, [](double) { return 1; }, [](double) { return 0; });
  EXPECT_FALSE(newton_minimiser(falling, falling.start()));
  EXPECT_FALSE(newton_minimiser(flat, flat.start()));
  EXPECT_FALSE(newton_minimiser(linear, linear.start()));
  Facts facts;
  add_newton_minimum(facts, linear, linear.start());
  EXPECT_FALSE(facts.minimum);
  EXPECT_TRUE(facts.minimisers.empty());
}

}  // namespace
}  // namespace optbed::newton_minimiser_test
