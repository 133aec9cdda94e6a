#include "solvers/line_search/interpolation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace optbed::interpolation_test {
namespace {

// x^3 - 12 x has its minimum at 2 and its maximum at -2.
Sample on_the_cubic(double x) { return {x, x * x * x - 12 * x, 3 * x * x - 12}; }

TEST(CubicMinimiser, IsExactOnACubicFromEitherEndAndOutsideOfTheInterval) {
  EXPECT_NEAR(cubic_minimiser(on_the_cubic(0), on_the_cubic(3)), 2, 1e-14);
  EXPECT_NEAR(cubic_minimiser(on_the_cubic(3), on_the_cubic(0)), 2, 1e-14);
  EXPECT_NEAR(cubic_minimiser(on_the_cubic(0), on_the_cubic(1)), 2, 1e-14);
  EXPECT_NEAR(cubic_minimiser(on_the_cubic(-3), on_the_cubic(3)), 2, 1e-14);
}

TEST(CubicMinimiser, IsNoneOnACubicWithoutAMinimum) {
  const auto sample = [](double x) { return Sample{x, -x * x * x - x, -3 * x * x - 1}; };
  EXPECT_TRUE(std::isnan(cubic_minimiser(sample(0), sample(1))));
}

TEST(CubicMinimiser, DoesNotOverflow) {
  const auto sample = [](double x) { return Sample{x, 1e200 * (x - 1) * (x - 1), 2e200 * (x - 1)}; };
  EXPECT_NEAR(cubic_minimiser(sample(0), sample(3)), 1, 1e-14);
}

TEST(Interpolation, IsNoneWhereASampleIsNotFinite) {
  const Sample beyond{1, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
  EXPECT_TRUE(std::isnan(cubic_minimiser(on_the_cubic(0), beyond)));
  EXPECT_TRUE(std::isnan(quadratic_minimiser(on_the_cubic(0), beyond)));
  EXPECT_TRUE(std::isnan(secant_minimiser(on_the_cubic(0), beyond)));
}

TEST(QuadraticAndSecantMinimiser, AreExactOnAQuadratic) {
  const auto sample = [](double x) { return Sample{x, 3 * (x - 5) * (x - 5) + 7, 6 * (x - 5)}; };
  EXPECT_NEAR(quadratic_minimiser(sample(1), sample(2)), 5, 1e-13);
  EXPECT_NEAR(secant_minimiser(sample(1), sample(2)), 5, 1e-13);
}

}  // namespace
}  // namespace optbed::interpolation_test
