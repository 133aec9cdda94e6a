#include "analysis/theory/mode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "problems/decompositions.hpp"

namespace optbed::mode_test {
namespace {

// Spectral radius of the companion matrix of z^2 - sum z + product. A double root is only good to sqrt(eps).
double companion_radius(double sum, double product) {
  return std::abs(dominant_eigenvalue(Matrix{{sum, -product}, {1, 0}}).value());
}

// The recurrence itself, in long double.
double iterated(const Mode& mode, long k) {
  long double before = 1;
  long double now = mode.first;
  if (k == 0) return 1;
  for (long i = 1; i < k; ++i) {
    const long double next =
        static_cast<long double>(mode.sum) * now - static_cast<long double>(mode.product) * before;
    before = now;
    now = next;
  }
  return static_cast<double>(now);
}

TEST(Mode, HasTheSpectralRadiusOfItsCompanionMatrix) {
  for (const double beta : {0.0, 0.3, 0.7, 0.9, 0.99}) {
    for (double h = 0.01; h < 4.2; h += 0.037) {
      const Mode heavy_ball{1 + beta - h, beta, 1 - h};
      const Mode nesterov{(1 + beta) * (1 - h), beta * (1 - h), 1 - h};
      EXPECT_NEAR(heavy_ball.modulus(), companion_radius(heavy_ball.sum, heavy_ball.product), 1e-6)
          << beta << " " << h;
      EXPECT_NEAR(nesterov.modulus(), companion_radius(nesterov.sum, nesterov.product), 1e-6)
          << beta << " " << h;
    }
  }
}

// Goh 2017: sqrt(beta) where (1 - sqrt beta)^2 < h < (1 + sqrt beta)^2; Nesterov: sqrt(beta (1 - h)) where
// ((1 - beta)/(1 + beta))^2 < h < 1.
TEST(Mode, OscillatesWithTheModulusOfTheProductInBetweenTheDoubleRoots) {
  for (const double beta : {0.2, 0.5, 0.9}) {
    const double root = std::sqrt(beta);
    for (const double t : {0.01, 0.3, 0.6, 0.99}) {
      const double h = (1 - root) * (1 - root) + t * 4 * root;
      EXPECT_NEAR((Mode{1 + beta - h, beta, 1 - h}.modulus()), root, 1e-14);
      const double ratio = (1 - beta) / (1 + beta);
      const double g = ratio * ratio + t * (1 - ratio * ratio);
      EXPECT_NEAR((Mode{(1 + beta) * (1 - g), beta * (1 - g), 1 - g}.modulus()), std::sqrt(beta * (1 - g)),
                  1e-14);
    }
  }
}

TEST(Mode, ClosedFormEqualsTheRecurrence) {
  for (const double beta : {0.0, 0.25, 0.81, 0.99}) {
    for (double h = 0.003; h < 3.9; h += 0.0537) {
      for (const Mode& mode :
           {Mode{1 + beta - h, beta, 1 - h}, Mode{(1 + beta) * (1 - h), beta * (1 - h), 1 - h}}) {
        double scale = 1;
        for (const long k : {0L, 1L, 2L, 3L, 7L, 40L, 151L}) {
          scale = std::pow(mode.modulus(), static_cast<double>(k)) * static_cast<double>(1 + 2 * k);
          EXPECT_NEAR(mode.error(k), iterated(mode, k), 1e-11 * scale) << beta << " " << h << " " << k;
        }
      }
    }
  }
}

TEST(Mode, ClosedFormIsSmoothAcrossADoubleRoot) {
  const double beta = 0.81;
  const double at = 0.01;  // (1 - sqrt beta)^2
  for (const double shift : {-1e-5, -1e-8, -1e-11, -1e-14, 0.0, 1e-14, 1e-11, 1e-8, 1e-5}) {
    const double h = at + shift;
    const Mode mode{1 + beta - h, beta, 1 - h};
    EXPECT_NEAR(mode.error(60) / iterated(mode, 60), 1, 1e-9) << shift;
  }
}

// e_k = (1 + (1+q)k)(-q)^k at lambda = L and (1 + (1-q)k) q^k at mu, q = (sqrt kappa - 1)/(sqrt kappa + 1). The
// peaks over k and eigenvalue: 1, 1.3089 (k = 1), 3.7072 (k = 4), 36.79 (k = 49), computed independently.
TEST(Mode, OptimalHeavyBallHasTheTransientOfADoubleRoot) {
  struct Row {
    double kappa, peak;
    long at;
  };
  for (const Row& row : {Row{2, 1, 0}, Row{10, 1.3089, 1}, Row{100, 3.7072, 4}, Row{1e4, 36.79, 49}}) {
    const double root = std::sqrt(row.kappa);
    const double q = (root - 1) / (root + 1);
    const double alpha = 4 / ((root + 1) * (root + 1));
    const Mode slow{1 + q * q - alpha, q * q, 1 - alpha};
    const Mode fast{1 + q * q - alpha * row.kappa, q * q, 1 - alpha * row.kappa};
    ASSERT_TRUE(slow.is_defective());
    ASSERT_TRUE(fast.is_defective());
    EXPECT_NEAR(slow.slope(), 1 - q, 1e-9);
    EXPECT_NEAR(fast.slope(), 1 + q, 1e-9);
    double peak = 0;
    long at = -1;
    for (long k = 0; k < 400; ++k) {
      const auto t = static_cast<double>(k);
      EXPECT_NEAR(slow.error(k), (1 + (1 - q) * t) * std::pow(q, t), 1e-9);
      EXPECT_NEAR(fast.error(k), (1 + (1 + q) * t) * std::pow(-q, t), 1e-9 * row.peak);
      if (std::abs(fast.error(k)) > peak) {
        peak = std::abs(fast.error(k));
        at = k;
      }
    }
    EXPECT_NEAR(peak, row.peak, 1e-3 * row.peak);
    EXPECT_EQ(at, row.at);
  }
}

TEST(Mode, VanishesAtOnceWhereTheStepIsTheInverseOfTheEigenvalue) {
  const Mode mode{0, 0, 0};
  EXPECT_EQ(mode.modulus(), 0);
  EXPECT_EQ(mode.error(0), 1);
  EXPECT_EQ(mode.error(1), 0);
  EXPECT_EQ(mode.error(5), 0);
}

// The part of 0.45 is (1/2)^k of that of 0.9: a thousandth at log2(1000) = 9.97.
TEST(Mode, SettlesWhereTheLargerOfTwoRealRootsOutweighsTheOther) {
  const double expected = std::log(1000) / std::log(2);
  EXPECT_NEAR(iterations_to_outweigh(2), expected, 1e-14);
  for (const double sign : {1.0, -1.0}) {
    const Mode mode{sign * (0.9 + 0.45), 0.9 * 0.45, 0.3};
    EXPECT_NEAR(mode.settling_time(), expected, 1e-12);
    EXPECT_EQ(mode.period(), 0);
  }
  EXPECT_NEAR((Mode{0.9 - 0.45, -0.9 * 0.45, 0.3}.settling_time()), expected, 1e-12);
}

// Roots rho e^(+-i theta): e_k is rho^k times a cosine of k theta, whose modulus has the period pi/theta.
// Beyond a right angle it is (-1)^k times a cosine of k (pi - theta).
TEST(Mode, OscillatesByTheAngleOfItsComplexRoots) {
  constexpr double pi = std::numbers::pi;
  for (const double theta : {0.1, 1.0, pi - 0.2}) {
    const double expected = pi / std::min(theta, pi - theta);
    const Mode mode{2 * 0.8 * std::cos(theta), 0.8 * 0.8, 0.5};
    EXPECT_NEAR(mode.period(), expected, 1e-12 * expected) << theta;
    EXPECT_NEAR(mode.settling_time(), 2 * expected, 1e-12 * expected) << theta;
  }
}

TEST(Mode, HasNoPeriodAndNothingToOutweighWhereItsRootsCoincide) {
  const Mode mode{1.6, 0.64, 0.1};
  ASSERT_TRUE(mode.is_defective());
  EXPECT_EQ(mode.period(), 0);
  EXPECT_EQ(mode.settling_time(), 0);
}

}  // namespace
}  // namespace optbed::mode_test
