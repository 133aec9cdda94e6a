#include "problems/verification/taylor.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace optbed::verification::taylor_test {
namespace {

// f = x_1^2 x_2 + exp(x_2), with gradient (2 x_1 x_2, x_1^2 + exp(x_2)).
Vector f(const Vector& x) { return scalar(x[0] * x[0] * x[1] + std::exp(x[1])); }

const Vector point{{0.7, -0.4}};
const Vector direction{{-0.6, 0.8}};
const double right_slope = 2 * 0.7 * -0.4 * -0.6 + (0.7 * 0.7 + std::exp(-0.4)) * 0.8;

TEST(TaylorSlope, IsTwoForARightDerivative) {
  const TaylorSlope found = taylor_slope(f, point, direction, scalar(right_slope));
  EXPECT_NEAR(found.power, 2, 0.05);
  EXPECT_TRUE(found.is_second_order());
}

TEST(TaylorSlope, IsOneForADerivativeThatIsWrongByOnePartInAMillion) {
  for (const double relative_error : {1.0, 1e-2, 1e-4, 1e-6}) {
    const TaylorSlope found = taylor_slope(f, point, direction, scalar(right_slope * (1 + relative_error)));
    EXPECT_FALSE(found.is_second_order()) << relative_error << ": " << found.power;
  }
}

TEST(TaylorSlope, SeesASingleWrongComponentOfAVector) {
  const auto F = [](const Vector& x) { return Vector{{x[0] * x[0], x[0] * x[1], std::sin(x[1])}}; };
  const Vector slope{{2 * 0.7 * -0.6, -0.6 * -0.4 + 0.7 * 0.8, std::cos(-0.4) * 0.8}};
  EXPECT_TRUE(taylor_slope(F, point, direction, slope).is_second_order());
  for (Index i = 0; i < 3; ++i) {
    Vector wrong = slope;
    wrong[i] *= 1 + 1e-5;
    EXPECT_FALSE(taylor_slope(F, point, direction, wrong).is_second_order()) << i;
  }
}

TEST(TaylorSlope, CallsALinearFunctionExactAndAWrongSlopeOfItWrong) {
  const auto F = [](const Vector& x) { return Vector(3 * x); };
  EXPECT_TRUE(taylor_slope(F, point, direction, 3 * direction).exact);
  EXPECT_FALSE(taylor_slope(F, point, direction, 3.001 * direction).is_second_order());
}

// exp(e^{x}) is beyond the range of double for x > 6.57, which the first steps lead to.
TEST(TaylorSlope, LeavesOutStepsOutOfTheDomainOrTheRangeOfDouble) {
  const auto root = [](const Vector& x) { return scalar(std::sqrt(x[0])); };
  const auto tower = [](const Vector& x) { return scalar(std::exp(std::exp(x[0]))); };
  const Vector x{{0.01}}, back{{-1}}, ahead{{10}};
  EXPECT_TRUE(taylor_slope(root, x, back, scalar(-5)).is_second_order());
  EXPECT_FALSE(taylor_slope(root, x, back, scalar(-5.01)).is_second_order());
  const double slope = 10 * std::exp(0.01) * tower(x)[0];
  EXPECT_TRUE(taylor_slope(tower, x, ahead, scalar(slope)).is_second_order());
  EXPECT_FALSE(taylor_slope(tower, x, ahead, scalar(1.001 * slope)).is_second_order());
}

TEST(TaylorSlope, IsNotSatisfiedByNaN) {
  const auto F = [](const Vector& x) { return Vector(x * std::numeric_limits<double>::quiet_NaN()); };
  EXPECT_FALSE(taylor_slope(F, point, direction, direction).is_second_order());
}

}  // namespace
}  // namespace optbed::verification::taylor_test
