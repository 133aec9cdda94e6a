#include "analysis/theory/linear_modes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <utility>

#include "problems/all_problems.hpp"

namespace optbed::linear_modes_test {
namespace {

Statement statement_on(const std::string& problem_name, const ModeOfEigenvalue& mode,
                       Quantity quantity = Quantity::distance) {
  const auto problem = all_problems().make(problem_name);
  for (const Statement& s : modal_theory({"a method", "", "", mode}, {*problem, problem->start()})) {
    if (s.quantity == quantity) return s;
  }
  throw std::logic_error("no such statement");
}

ModeOfEigenvalue gradient_descent(double eta) {
  return
      [eta](double lambda) { return Mode{.sum = 1 - eta * lambda, .product = 0, .first = 1 - eta * lambda}; };
}

// (0.6/0.8)^k is a thousandth at k = log(1000)/log(4/3) = 24.01.
TEST(ModalTheory, SettlesWhereTheSlowestModeOutweighsTheOthers) {
  const Statement s = statement_on("quadratic:eigenvalues=1;2", gradient_descent(0.2));
  EXPECT_NEAR(*s.factor, 0.8, 1e-15);
  EXPECT_EQ(s.settles_after, 25);
  EXPECT_EQ(s.period, 0);
}

// Roots 0.9 e^(+-0.2 i) for the one eigenvalue and 0.9 e^(+-0.5 i) for the other: the longer period counts,
// pi/0.2, and two of them show the factor.
TEST(ModalTheory, HasTheLongestPeriodOfTheSlowestModes) {
  const Statement s = statement_on("quadratic:eigenvalues=1;2", [](double lambda) {
    return Mode{.sum = 1.8 * std::cos(lambda < 1.5 ? 0.2 : 0.5), .product = 0.81, .first = 0.5};
  });
  EXPECT_NEAR(*s.factor, 0.9, 1e-15);
  EXPECT_NEAR(s.period, std::numbers::pi / 0.2, 1e-10);
  EXPECT_EQ(s.settles_after, static_cast<long>(std::ceil(2 * std::numbers::pi / 0.2)));
}

// (1 + (1 + q) k) q^k of the double root at L (Polyak 1964): the slope is 1 + q.
TEST(ModalTheory, TakesTheTransientOfTheSteepestDoubleRoot) {
  const double q = 9.0 / 11;  // kappa = 100
  const double alpha = 4.0 / 121;
  const Statement s = statement_on("quadratic:eigenvalues=1;100", [=](double lambda) {
    return Mode{.sum = 1 + q * q - alpha * lambda, .product = q * q, .first = 1 - alpha * lambda};
  });
  EXPECT_NEAR(s.polynomial_slope, 1 + q, 1e-9);
  EXPECT_NEAR(*s.factor, q, 1e-14);
}

// Beyond 500 variables only mu and L are known.
TEST(ModalTheory, BoundsOneTermByThePowerOfTheSlowestEndOfAnInterval) {
  const Statement s = statement_on("quadratic:n=501,kappa=10", gradient_descent(0.05));
  const double R = s.bound(0);
  EXPECT_NEAR(*s.factor, 0.95, 1e-14);
  EXPECT_EQ(s.settles_after, 0);
  for (const long k : {1L, 7L, 200L}) EXPECT_NEAR(s.bound(k) / (R * std::pow(0.95, k)), 1, 1e-12) << k;
}

// The best heavy ball for [1, 100] has (1 + (1 + q) k) q^k at L, which is the largest of all modes, and a bound
// of
// ((3 + q) k - 1) q^k at most: three times as much.
TEST(ModalTheory, BoundsEveryModeOfAnInterval) {
  const double q = 9.0 / 11;
  const double alpha = 4.0 / 121;
  const ModeOfEigenvalue mode = [=](double lambda) {
    return Mode{.sum = 1 + q * q - alpha * lambda, .product = q * q, .first = 1 - alpha * lambda};
  };
  const Statement s = statement_on("quadratic:n=501,kappa=100", mode);
  const double R = s.bound(0);
  for (double lambda = 1; lambda <= 100; lambda += 0.25) {
    const Mode of_lambda = mode(lambda);
    double before = 1;
    double now = of_lambda.first;
    for (long k = 1; k < 120; ++k) {
      ASSERT_LE(std::abs(now), s.bound(k) / R * (1 + 1e-9)) << lambda << " " << k;
      before = std::exchange(now, of_lambda.sum * now - of_lambda.product * before);
    }
  }
  for (const long k : {1L, 10L, 100L}) {
    const auto iterations = static_cast<double>(k);
    EXPECT_LE(s.bound(k) / R, 3 * (1 + (1 + q) * iterations) * std::pow(q, iterations) * (1 + 1e-9)) << k;
  }
}

}  // namespace
}  // namespace optbed::linear_modes_test
