#include "problems/convex/worst_case/heavy_ball_cycle.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/problems/verified.hpp"

namespace optbed::heavy_ball_cycle_test {
namespace {

double slope(double x) { return testing::gradient_at(HeavyBallCycle(), Vector::Constant(1, x))[0]; }
double value(double x) { return HeavyBallCycle().value(Vector::Constant(1, x)); }

// f' of the paper, which is continuous, and f its integral: trapezoids are exact on each piece.
TEST(HeavyBallCycle, IsThePiecewiseQuadraticOfThePaper) {
  for (const auto& [x, expected] :
       {std::array{-2.0, -50.0}, {1.0, 25.0}, {1.5, 25.5}, {2.0, 26.0}, {3.0, 51.0}}) {
    EXPECT_EQ(slope(x), expected) << x;
  }
  EXPECT_EQ(value(0), 0);
  for (const auto& [a, b] : {std::array{-3.0, 0.0}, {0.0, 1.0}, {1.0, 2.0}, {2.0, 5.0}}) {
    EXPECT_NEAR(value(b) - value(a), (b - a) * (slope(a) + slope(b)) / 2, 1e-13) << a;
  }
}

// x_{k+1} = x_k - (1/9) f'(x_k) + (4/9) (x_k - x_{k-1}) leads from each two of the three points to the next.
TEST(HeavyBallCycle, HasACycleOfThreePoints) {
  const std::array<double, 3> x = {792 / 1225.0, -2208 / 1225.0, 2592 / 1225.0};
  for (std::size_t k = 0; k < 3; ++k) {
    const double before = x[k];
    const double now = x[(k + 1) % 3];
    EXPECT_NEAR(now - slope(now) / 9 + 4.0 / 9 * (now - before), x[(k + 2) % 3], 4e-15) << k;
  }
}

}  // namespace
}  // namespace optbed::heavy_ball_cycle_test
