#include "problems/convex/smooth/power_sum.hpp"

#include <gtest/gtest.h>

namespace optbed::power_sum_test {
namespace {

TEST(PowerSum, HasTheValueAndGradientOfItsFormula) {
  const PowerSum problem({.n = 2});
  Vector g(2);
  EXPECT_EQ(problem.gradient(Vector{{1, -2}}, g), 4.25);
  EXPECT_EQ(g, (Vector{{1, -8}}));
}

// x - |x|^(p-1)/((p-1)|x|^(p-2)) = x (p-2)/(p-1).
TEST(PowerSum, IsLeftLinearlyByNewtonsMethod) {
  const PowerSum problem({.n = 1, .p = 5});
  Vector g(1);
  Matrix H(1, 1);
  const Vector x{{-0.7}};
  problem.gradient(x, g);
  problem.hessian(x, H);
  EXPECT_NEAR(x[0] - g[0] / H(0, 0), -0.7 * 3 / 4, 1e-15);
}

}  // namespace
}  // namespace optbed::power_sum_test
