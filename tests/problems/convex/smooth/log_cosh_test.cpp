#include "problems/convex/smooth/log_cosh.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace optbed::log_cosh_test {
namespace {

double log_cosh(double t) { return LogCosh({.n = 1, .kappa = 1}).value(Vector::Constant(1, t)); }

TEST(LogCosh, IsTheLogarithmOfTheHyperbolicCosine) {
  for (const double t : {0.3, 0.999, 1.001, 3.0, 20.0}) {
    const auto expected = static_cast<double>(std::log(std::cosh(static_cast<long double>(t))));
    EXPECT_NEAR(log_cosh(t), expected, 4e-16 * (1 + expected)) << t;
    EXPECT_EQ(log_cosh(-t), log_cosh(t));
  }
}

// t^2/2 - t^4/12 for small t, and |t| - log 2 for large.
TEST(LogCosh, NeitherCancelsNorOverflows) {
  EXPECT_NEAR(log_cosh(1e-9) / 5e-19, 1, 1e-15);
  EXPECT_EQ(log_cosh(1e4), 1e4 - std::numbers::ln2);
}

}  // namespace
}  // namespace optbed::log_cosh_test
