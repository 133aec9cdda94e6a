#include "analysis/statistics/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace optbed::distributions_test {
namespace {

TEST(NormalDistribution, HasTheTabulatedQuantiles) {
  // Abramowitz & Stegun, table 26.5 and its like: Φ(1.959964) = 0.975, Φ(2.575829) = 0.995.
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_quantile(0.005), -2.575829303548901, 1e-14);
  EXPECT_NEAR(normal_lower_tail(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(normal_upper_tail(10) / 7.619853024160527e-24, 1, 1e-12);
}

TEST(ChiSquaredDistribution, WithTwoDegreesIsExponential) {
  for (const double x : {0.0, 0.5, 11.143, 200.0}) {
    EXPECT_NEAR(chi_squared_upper_tail(x, 2) / std::exp(-x / 2), 1, 1e-13);
  }
}

TEST(FisherDistribution, WithTwoDegreesAboveIsAPower) {
  // P(F >= x) = (1 + 2 x / m)^{-m/2} with 2 and m degrees of freedom.
  for (const double m : {3.0, 39.0}) {
    for (const double x : {0.1, 1.0, 3.69, 30.0}) {
      EXPECT_NEAR(fisher_f_upper_tail(x, 2, m) * std::pow(1 + 2 * x / m, m / 2), 1, 1e-12);
    }
  }
}

TEST(Range, OfTwoNormalsIsTheirAbsoluteDifference) {
  // max - min = |Z_1 - Z_2|, N(0, 2): P = erfc(q / 2).
  for (const double q : {0.0, 0.1, 1.0, 2.77, 6.0, 12.0}) {
    EXPECT_NEAR(range_upper_tail(q, 2) / std::erfc(q / 2), 1, 1e-10) << q;
  }
}

TEST(Range, OfThreeNormalsHasTheDistributionOfItsPlanarIntegral) {
  // The least at x, the middle one at x + g, the largest anywhere up to x + q:
  // P(range < q) = 6 ∫∫ φ(x) φ(x+g) (Φ(x+q) - Φ(x+g)) dx dg, 0 <= g <= q. The trapezoidal rule over the whole
  // line of x is exact to rounding; Simpson's rule over g leaves about q (q/400)^4 / 180 < 1e-9.
  const double q = 3.3;
  const auto phi = [](double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); };
  const auto Phi = [](double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; };
  const int gaps = 400;
  double sum = 0;
  for (int i = 0; i <= gaps; ++i) {
    const double g = q * i / gaps;
    double inner = 0;
    for (double x = -12; x <= 12; x += 0.125) inner += phi(x) * phi(x + g) * (Phi(x + q) - Phi(x + g));
    const double weight = i == 0 || i == gaps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * inner * 0.125;
  }
  EXPECT_NEAR(range_upper_tail(q, 3), 1 - 6 * sum * q / gaps / 3, 1e-8);
}

TEST(Range, HasTheCriticalValuesThatDemsarPrints) {
  // Demšar (2006), table 5 (a): q / sqrt(2), cut or rounded to three decimals.
  const double at_5_percent[] = {1.960, 2.343, 2.569, 2.728, 2.850, 2.949, 3.031, 3.102, 3.164};
  const double at_10_percent[] = {1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.780, 2.855, 2.920};
  for (int k = 2; k <= 10; ++k) {
    EXPECT_NEAR(range_critical_value(0.05, k) / std::numbers::sqrt2, at_5_percent[k - 2], 1e-3) << k;
    EXPECT_NEAR(range_critical_value(0.10, k) / std::numbers::sqrt2, at_10_percent[k - 2], 1e-3) << k;
  }
}

TEST(Range, HasItsTailAtItsCriticalValue) {
  for (const int k : {2, 7, 60}) {
    for (const double alpha : {1e-6, 0.01, 0.5, 0.99}) {
      // The quantile is found to 2^-45 of itself, the density is below 1.
      EXPECT_NEAR(range_upper_tail(range_critical_value(alpha, k), k), alpha, 1e-11) << k;
    }
  }
}

}  // namespace
}  // namespace optbed::distributions_test
