#include "problems/convex/worst_case/strongly_convex_chain.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/problems/verified.hpp"

namespace optbed::strongly_convex_chain_test {
namespace {

// The formula as Nesterov 2004, section 2.1.4, writes it, but for the last component, in long double.
long double by_definition(const Vector& x, double kappa, double L) {
  const long double root = std::sqrt(static_cast<long double>(kappa));
  const long double q = (root - 1) / (root + 1);
  const long double mu = L / static_cast<long double>(kappa);
  const Index n = x.size();
  long double squares = 0;
  long double chain = static_cast<long double>(x[0]) * x[0] + (1 - q) * x[n - 1] * x[n - 1] - 2 * x[0];
  for (Index i = 0; i < n; ++i) {
    squares += static_cast<long double>(x[i]) * x[i];
    if (i + 1 == n) continue;
    const long double d = static_cast<long double>(x[i]) - x[i + 1];
    chain += d * d;
  }
  return (L - mu) / 8 * chain + mu / 2 * squares;
}

TEST(StronglyConvexChain, IsTheFunctionOfItsDefinition) {
  for (const long n : {1L, 2L, 7L, 50L}) {
    const auto f = make_strongly_convex_chain({.n = n, .kappa = 30, .lipschitz = 4});
    const double at_start = f->value(f->start());
    for (const testing::Probe& at : testing::probes(*f)) {
      const auto expected = static_cast<double>(by_definition(at.x, 30, 4));
      EXPECT_NEAR(f->value(at.x) - at_start, expected, 100 * testing::epsilon * 4 * (1 + at.x.squaredNorm()))
          << n;
    }
  }
}

// kappa = 9: q = 1/2.
TEST(StronglyConvexChain, HasTheMinimiserOfTheInfiniteChain) {
  const auto f = make_strongly_convex_chain({.n = 3, .kappa = 9});
  EXPECT_LE((f->facts().minimisers.at(0).value - Vector{{0.5, 0.25, 0.125}}).norm(), 1e-16);
}

TEST(StronglyConvexChain, TendsToTheConditionNumberOfTheInfiniteChain) {
  for (const long n : {10L, 100L, 1000L, 100000L}) {
    const auto f = make_strongly_convex_chain({.n = n, .kappa = 100});
    EXPECT_LT(*f->facts().condition_number(), 100);
    // sin^2(theta/2) < (pi/(2 (n+1)))^2 at both ends: kappa is off by no more than that times
    // (kappa + 1) kappa.
    EXPECT_GT(*f->facts().condition_number(), 100 * (1 - 101 * std::pow(1.6 / static_cast<double>(n), 2)));
  }
}

TEST(StronglyConvexChain, PassesInformationOneComponentAGradient) {
  const auto f = make_strongly_convex_chain({.n = 9});
  Vector x = f->start();
  Vector g(9);
  for (Index k = 1; k <= 8; ++k) {
    f->gradient(x, g);
    x -= g;
    EXPECT_NE(x[k - 1], 0);
    EXPECT_LE(x.tail(9 - k).norm(), 1e-16) << k;
  }
}

}  // namespace
}  // namespace optbed::strongly_convex_chain_test
