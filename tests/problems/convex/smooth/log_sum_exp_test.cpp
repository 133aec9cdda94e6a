#include "problems/convex/smooth/log_sum_exp.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::log_sum_exp_test {
namespace {

using testing::epsilon;

// Two functions of one variable: the curvature is s (1-s) (a_1 - a_2)^2, with s(1-s) = 1/4 where they are
// equal. Over a grid of width h it comes within |f''''| h^2/8 of its maximum; |f''''| <= (a_1 - a_2)^4/8.
TEST(LogSumExp, AttainsItsLipschitzConstantForTwoFunctions) {
  const LogSumExp problem({.n = 1, .m = 2, .seed = 3});
  const double L = problem.facts().lipschitz->value;
  const double h = 1e-3;
  double greatest = 0;
  for (double x = -20; x < 20; x += h) {
    greatest = std::max(greatest, testing::hessian_at(problem, Vector::Constant(1, x))(0, 0));
  }
  EXPECT_LE(greatest, L * (1 + 100 * epsilon));
  EXPECT_GE(greatest, L - 16 * L * L / 64 * h * h);
}

// One term outweighs all others far out, where f is that affine function: its gradient is constant along the
// ray.
TEST(LogSumExp, DoesNotOverflow) {
  const LogSumExp problem;
  const Vector x = Vector::Constant(problem.dimension(), 1e6);
  Vector g(problem.dimension());
  const double f = problem.gradient(x, g);
  EXPECT_TRUE(std::isfinite(f));
  EXPECT_NEAR(problem.value(2 * x) - f, g.dot(x), 1e-9 * std::abs(f));
  EXPECT_LE(testing::hessian_at(problem, x).norm(), 1e-12);
}

// 2e10 pairs.
TEST(LogSumExp, DoesNotKnowItsLipschitzConstantWhereItTakesTooLong) {
  const LogSumExp problem({.n = 1, .m = 200000});
  EXPECT_FALSE(problem.facts().lipschitz);
  EXPECT_TRUE(problem.facts().minimum);
  EXPECT_THROW(LogSumExp({.n = 1, .m = 200000, .kappa = 10}), UsageError);
  EXPECT_THROW(LogSumExp::option_table().parse("log_sum_exp", {{"m", "200000"}, {"kappa", "10"}}), UsageError);
}

TEST(LogSumExp, HasTheConditionNumberThatIsAskedFor) {
  const LogSumExp problem({.kappa = 1e3});
  EXPECT_NEAR(*problem.facts().condition_number(), 1e3, 1e-9);
  EXPECT_FALSE(LogSumExp().facts().strong_convexity);
}

}  // namespace
}  // namespace optbed::log_sum_exp_test
