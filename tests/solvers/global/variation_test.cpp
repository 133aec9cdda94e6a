#include "solvers/global/variation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace optbed::variation_test {
namespace {

constexpr long draws = 40000;

struct Moments {
  double mean;
  double variance;
  double error;           // standard error of the mean
  double variance_error;  // of the variance
};

Moments moments(const std::function<double()>& draw) {
  double sums[5] = {};
  for (long i = 0; i < draws; ++i) {
    const double x = draw();
    for (int power = 1; power <= 4; ++power) sums[power] += std::pow(x, power);
  }
  const auto count = static_cast<double>(draws);
  const double mean = sums[1] / count;
  const double variance = sums[2] / count - mean * mean;
  const double fourth =
      sums[4] / count - 4 * mean * sums[3] / count + 6 * mean * mean * sums[2] / count - 3 * std::pow(mean, 4);
  return {mean, variance, std::sqrt(variance / count), std::sqrt((fourth - variance * variance) / count)};
}

void expect_mean_and_variance(const Moments& found, double mean, double variance) {
  EXPECT_NEAR(found.mean, mean, 5 * found.error);
  EXPECT_NEAR(found.variance, variance, 5 * found.variance_error);
}

// Uniform on [1 - alpha 2, 3 + alpha 2]: mean 2, variance (2 (1 + 2 alpha))^2/12.
TEST(BlendCrossover, IsUniformBeyondTheParentsByAlpha) {
  for (const double alpha : {0.0, 0.5}) {
    Random random(1);
    Vector child(1), other(1);
    const Moments found = moments([&] {
      blend_crossover(Vector{{3}}, Vector{{1}}, alpha, random, child, other);
      EXPECT_GE(child[0], 1 - 2 * alpha);
      EXPECT_LE(child[0], 3 + 2 * alpha);
      return child[0];
    });
    expect_mean_and_variance(found, 2, std::pow(2 * (1 + 2 * alpha), 2) / 12);
  }
}

// E beta^2 = (eta + 1)/2 (1/(eta + 3) + 1/(eta - 1)) for eta > 1, from the density; half of the components are
// copies, with beta = 1. The children of 1 and -1 are beta and -beta.
TEST(SimulatedBinaryCrossover, SpreadsChildrenByItsIndexAboutTheParentsMean) {
  Random random(2);
  const double eta = 8;
  Vector child(1), other(1);
  const Moments found = moments([&] {
    simulated_binary_crossover(Vector{{1}}, Vector{{-1}}, eta, random, child, other);
    EXPECT_EQ(child[0], -other[0]);
    return child[0] * child[0];
  });
  const double crossed = (eta + 1) / 2 * (1 / (eta + 3) + 1 / (eta - 1));
  EXPECT_NEAR(found.mean, (1 + crossed) / 2, 5 * found.error);
}

TEST(GaussianMutation, AddsNormalNumbersToAPartOfTheComponents) {
  Random random(3);
  long unchanged = 0;
  const Moments found = moments([&] {
    Vector x{{1}};
    gaussian_mutation(0.5, 0.3, random, x);
    unchanged += x[0] == 1 ? 1 : 0;
    return x[0] - 1;
  });
  expect_mean_and_variance(found, 0, 0.3 * 0.25);
  EXPECT_NEAR(static_cast<double>(unchanged) / draws, 0.7, 5 * std::sqrt(0.3 * 0.7 / draws));
}

// E delta^2 = 2/((eta + 2)(eta + 3)) for the density (eta + 1)/2 (1 - |delta|)^eta.
TEST(PolynomialMutation, IsBoundedByItsScaleAndNarrowedByItsIndex) {
  for (const double eta : {0.0, 20.0}) {
    Random random(4);
    const Moments found = moments([&] {
      Vector x{{1}};
      polynomial_mutation(0.5, eta, 1, random, x);
      EXPECT_LE(std::abs(x[0] - 1), 0.5);
      return x[0] - 1;
    });
    expect_mean_and_variance(found, 0, 0.25 * 2 / ((eta + 2) * (eta + 3)));
  }
}

}  // namespace
}  // namespace optbed::variation_test
