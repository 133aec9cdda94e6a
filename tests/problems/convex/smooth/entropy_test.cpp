#include "problems/convex/smooth/entropy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace optbed::entropy_test {
namespace {

using std::numbers::e;

TEST(Entropy, IsTheSumOfXLogXForKappaOne) {
  const Entropy problem({.n = 2, .kappa = 1});
  EXPECT_NEAR(problem.value(Vector{{2, 0.1}}), 2 * std::log(2) + 0.1 * std::log(0.1) + 2 / e, 1e-15);
  Vector g(2);
  problem.gradient(Vector{{2, 0.1}}, g);
  EXPECT_LE((g - Vector{{std::log(2) + 1, std::log(0.1) + 1}}).norm(), 1e-15);
}

TEST(Entropy, IsFiniteOnTheBorderAndInfiniteBeyond) {
  const Entropy problem({.n = 2, .kappa = 1});
  EXPECT_NEAR(problem.value(Vector{{0, 1 / e}}), 1 / e, 1e-16);  // 0 log 0 = 0
  EXPECT_EQ(problem.value(Vector{{-1e-300, 1}}), std::numeric_limits<double>::infinity());
}

// With x = y (1 + t), f/y = (1 + t) log(1 + t) - t = t^2/2 - t^3/6 + …; the difference x - y is rounded to eps
// y.
TEST(Entropy, KeepsItsDigitsNearTheMinimiser) {
  const Entropy problem({.n = 1, .kappa = 1});
  const double y = problem.facts().minimisers.at(0).value[0];
  for (const double size : {1e-3, 1e-6, 1e-9}) {
    const double x = y * (1 + size);
    const double t = (x - y) / y;
    const double expected = y * t * t * (0.5 - t / 6 + t * t / 12);
    EXPECT_NEAR(problem.value(Vector::Constant(1, x)) / expected, 1, 1e-10);
  }
}

// Both formulas at the border between them, against x log(x/y) - x + y in long double.
TEST(Entropy, AgreesWithItsFormulaOnBothSides) {
  const Entropy problem({.n = 1, .kappa = 1});
  const auto y = static_cast<long double>(problem.facts().minimisers.at(0).value[0]);
  for (const double ratio : {0.01, 0.4999, 0.5001, 1.4999, 1.5001, 100.0}) {
    const double x = static_cast<double>(y) * ratio;
    const auto expected = static_cast<double>(x * std::log(x / y) - x + y);
    EXPECT_NEAR(problem.value(Vector::Constant(1, x)), expected, 1e-15 * (1 + expected)) << ratio;
  }
}

}  // namespace
}  // namespace optbed::entropy_test
