#include "problems/convex/worst_case/nesterov_chain.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/problems/verified.hpp"

namespace optbed::nesterov_chain_test {
namespace {

using testing::epsilon;

// The formula as Nesterov 2004, section 2.1.2, writes it, in long double.
long double by_definition(const Vector& x, double L) {
  const Index n = x.size();
  long double squares = static_cast<long double>(x[0]) * x[0] + static_cast<long double>(x[n - 1]) * x[n - 1];
  for (Index i = 0; i + 1 < n; ++i) {
    const long double d = static_cast<long double>(x[i]) - x[i + 1];
    squares += d * d;
  }
  return static_cast<long double>(L) / 4 * (squares / 2 - x[0]);
}

TEST(NesterovChain, IsTheFunctionOfItsDefinition) {
  for (const long n : {1L, 2L, 3L, 21L, 200L}) {
    const NesterovChain f({.n = n, .lipschitz = 8});
    for (const testing::Probe& at : testing::probes(f)) {
      const auto expected = static_cast<double>(by_definition(at.x, 8));
      const double terms = 1 + at.x.squaredNorm();
      EXPECT_NEAR(f.value(at.x), expected, 10 * static_cast<double>(n) * epsilon * terms) << n;
    }
  }
}

TEST(NesterovChain, HasTheKnownMinimumAndMinimiser) {
  const NesterovChain f({.n = 3, .lipschitz = 8});
  EXPECT_EQ(f.facts().minimum->value, -0.75);
  EXPECT_LE((f.facts().minimisers.at(0).value - Vector{{0.75, 0.5, 0.25}}).norm(), epsilon);
}

// The eigenvalues of tridiag(-1, 2, -1) are 2 - 2 cos(i pi/(n+1)).
TEST(NesterovChain, HasTheKnownEigenvalues) {
  const long n = 21;
  const NesterovChain f({.n = n, .lipschitz = 4});
  const Vector lambda = testing::eigenvalues_at(f, f.start());
  for (Index i = 1; i <= n; ++i) {
    const double expected =
        2 - 2 * std::cos(static_cast<double>(i) * std::numbers::pi / static_cast<double>(n + 1));
    EXPECT_NEAR(lambda[i - 1], expected, 100 * epsilon);
  }
}

// What the lower bound of Nesterov 2004, theorem 2.1.7, rests on, to the last bit.
TEST(NesterovChain, PassesInformationOneComponentAGradient) {
  const NesterovChain f({.n = 9});
  Vector x = f.start();
  Vector g(9);
  for (Index k = 1; k <= 8; ++k) {
    f.gradient(x, g);
    x -= g;
    EXPECT_NE(x[k - 1], 0);
    for (Index i = k; i < 9; ++i) EXPECT_EQ(x[i], 0) << k;
  }
}

// The gap at x* + d is (1/2) d'Hd; it is right to a unit in the last place of f*, and never negative.
TEST(NesterovChain, KeepsItsGapNearTheMinimiser) {
  const long n = 1000;
  const NesterovChain f({.n = n});
  const double minimum = f.facts().minimum->value;
  Random random(3);
  for (const double size : {1e-6, 1e-8, 1e-12, 0.0}) {
    const Vector x = f.facts().minimisers.at(0).value + size * random.normal_matrix(n, 1);
    const Vector d = x - f.facts().minimisers.at(0).value;
    Vector Hd(n), g(n);
    f.hessian_vector(x, d, Hd);
    const double gap = 0.5 * d.dot(Hd);
    EXPECT_GE(f.value(x), minimum);
    EXPECT_EQ(f.gradient(x, g), f.value(x));
    // d itself is uncertain by the rounding of x and x*, which enters the gap as 2 |d| |H| eps sqrt(n).
    EXPECT_NEAR(f.value(x) - minimum, gap,
                epsilon * std::abs(minimum) + 4 * d.norm() * epsilon * std::sqrt(static_cast<double>(n)));
  }
}

}  // namespace
}  // namespace optbed::nesterov_chain_test
