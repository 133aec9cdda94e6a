#include "problems/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <vector>

namespace optbed::random_test {
namespace {

// The C++ standard fixes the 10000th number of mt19937_64 with its default seed 5489 ([rand.predef]); uniform()
// is it divided by 2^64.
TEST(Random, IsTheMersenneTwisterOfTheStandard) {
  Random random(5489);
  for (int i = 1; i < 10000; ++i) random.uniform();
  EXPECT_EQ(random.uniform(), std::ldexp(static_cast<double>(9981545732273789042ULL), -64));
}

TEST(Random, GivesTheSameNumbersForTheSameSeedOnly) {
  Random a(1), b(1), c(2);
  const Matrix A = a.normal_matrix(3, 4);
  EXPECT_EQ(A, b.normal_matrix(3, 4));
  EXPECT_NE(A, c.normal_matrix(3, 4));
}

// The first number of the published generator when its state is 42.
TEST(Random, MixesSeedsAsSplitMix64Does) { EXPECT_EQ(unrelated_seed(42), 13679457532755275413U); }

TEST(Random, FillsAMatrixColumnByColumn) {
  Random a(3), b(3);
  const Matrix A = a.normal_matrix(2, 2);
  for (const auto& [i, j] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)}) {
    EXPECT_EQ(A(i, j), b.normal());
  }
}

// The largest distance between the empirical distribution of the sample and F, times sqrt(n): over 1.95 in one
// of a thousand samples (Kolmogorov).
double kolmogorov_statistic(std::vector<double> sample, double (*F)(double)) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const auto below = static_cast<double>(i);
    distance = std::max({distance, F(sample[i]) - below / n, (below + 1) / n - F(sample[i])});
  }
  return distance * std::sqrt(n);
}

TEST(Random, DrawsFromTheUniformAndTheNormalDistribution) {
  Random random(7);
  std::vector<double> uniform(100'000), normal(100'000);
  for (double& u : uniform) u = random.uniform();
  for (double& z : normal) z = random.normal();
  EXPECT_LT(kolmogorov_statistic(uniform, [](double u) { return u; }), 1.95);
  EXPECT_LT(kolmogorov_statistic(normal, [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2)); }), 1.95);
}

// Counts of n equally likely numbers: their squared deviations over the expected count have the chi-square
// distribution with n - 1 degrees of freedom.
TEST(Random, DrawsIndicesUniformly) {
  Random random(11);
  constexpr Index n = 7;
  constexpr int draws = 70'000;
  std::vector<int> counts(n);
  for (int i = 0; i < draws; ++i) ++counts.at(static_cast<std::size_t>(random.index(n)));
  double statistic = 0;
  for (const int count : counts) statistic += std::pow(count - draws / n, 2) / (draws / n);
  const boost::math::chi_squared distribution(n - 1);
  EXPECT_GT(statistic, quantile(distribution, 1e-3));
  EXPECT_LT(statistic, quantile(complement(distribution, 1e-3)));
}

}  // namespace
}  // namespace optbed::random_test
