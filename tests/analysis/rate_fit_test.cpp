#include "analysis/rate_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "problems/random.hpp"

namespace optbed::rate_fit_test {
namespace {

template <class F>
std::vector<double> sequence(long count, F&& e) {
  std::vector<double> errors;
  for (long k = 0; k < count; ++k) errors.push_back(e(static_cast<double>(k)));
  return errors;
}

void expect_factor(const RateFit& fit, double factor, double tolerance) {
  ASSERT_TRUE(fit.factor) << to_string(fit.kind) << " " << fit.reason;
  EXPECT_NEAR(*fit.factor, factor, tolerance);
  EXPECT_LE(*fit.low, factor + 1e-9);
  EXPECT_GE(*fit.high, factor - 1e-9);
}

TEST(FitRate, FindsTheFactorOfAPureGeometricSequence) {
  for (const double rho : {0.01, 0.1, 0.5, 0.9, 0.99, 0.9999}) {
    const RateFit fit = fit_rate(sequence(60, [&](double k) { return 3 * std::pow(rho, k); }));
    EXPECT_EQ(fit.kind, ConvergenceKind::linear) << rho;
    expect_factor(fit, rho, 1e-10);
  }
}

TEST(FitRate, FindsTheSlowestOfTwoModesToAMillionth) {
  for (const double fast : {-0.2, 0.5, 0.85}) {
    const RateFit fit =
        fit_rate(sequence(300, [&](double k) { return std::hypot(std::pow(0.9, k), 5 * std::pow(fast, k)); }));
    EXPECT_EQ(fit.kind, ConvergenceKind::linear);
    expect_factor(fit, 0.9, 1e-6);
  }
}

TEST(FitRate, FindsAGrowingFactor) {
  const RateFit fit =
      fit_rate(sequence(200, [](double k) { return std::hypot(std::pow(1.1, k), 100 * std::pow(0.9, k)); }));
  EXPECT_EQ(fit.kind, ConvergenceKind::diverging);
  expect_factor(fit, 1.1, 1e-6);
}

TEST(FitRate, StopsReadingWhereTheErrorsOverflow) {
  auto errors = sequence(100, [](double k) { return std::pow(2, k); });
  errors.push_back(INFINITY);
  errors.push_back(NAN);
  const RateFit fit = fit_rate(errors);
  EXPECT_EQ(fit.kind, ConvergenceKind::diverging);
  expect_factor(fit, 2, 1e-9);
  EXPECT_EQ(fit.last, 99);
}

TEST(FitRate, DividesThePolynomialTransientOut) {
  const double slope = 1.8;
  const auto errors = sequence(200, [&](double k) { return (1 + slope * k) * std::pow(0.8, k); });
  expect_factor(fit_rate(errors, {.polynomial_slope = slope}), 0.8, 1e-10);
  const RateFit undivided = fit_rate(errors);
  ASSERT_TRUE(undivided.factor);
  EXPECT_GT(*undivided.factor, 0.8);
}

TEST(FitRate, FindsTheEnvelopeOfAnOscillation) {
  for (const double angle : {0.05, 0.4, 1.3}) {
    const RateFit fit = fit_rate(sequence(600, [&](double k) {
      return std::pow(0.95, k) * std::hypot(std::cos(angle * k + 0.3), 0.3 * std::cos(2.1 * angle * k + 1));
    }));
    EXPECT_EQ(fit.kind, ConvergenceKind::linear) << angle;
    expect_factor(fit, 0.95, 1e-4);
  }
}

TEST(FitRate, StopsAtTheRoundOffFloor) {
  Random random(3);
  const auto errors =
      sequence(900, [&](double k) { return std::pow(0.9, k) + 1e-15 * std::abs(random.normal()); });
  const RateFit fit = fit_rate(errors);
  EXPECT_EQ(fit.kind, ConvergenceKind::linear);
  expect_factor(fit, 0.9, 1e-4);
  EXPECT_GT(fit.floor, 1e-16);
  EXPECT_LT(fit.floor, 1e-13);
  ASSERT_TRUE(fit.floor_reached);
  EXPECT_LT(*fit.floor_reached, 345);  // 0.9^345 = 1.6e-16
}

TEST(FitRate, StopsAtAFloorThatIsExactlyConstant) {
  const RateFit fit = fit_rate(sequence(120, [](double k) { return std::max(std::pow(0.5, k), 1e-16); }));
  EXPECT_EQ(fit.kind, ConvergenceKind::linear);
  expect_factor(fit, 0.5, 1e-9);
}

TEST(FitRate, RecognisesPowersOfK) {
  for (const double p : {0.5, 1.0, 2.0}) {
    const RateFit fit = fit_rate(sequence(2000, [&](double k) { return std::pow(k + 2, -p); }));
    ASSERT_EQ(fit.kind, ConvergenceKind::sublinear) << p << " " << fit.reason;
    EXPECT_NEAR(*fit.power, p, 0.01 * p);
  }
}

TEST(FitRate, RecognisesQuadraticConvergence) {
  // e_{k+1} = 3 e_k^2 from 0.1, down to the noise.
  std::vector<double> errors = {0.1};
  while (errors.back() > 1e-17) errors.push_back(3 * errors.back() * errors.back());
  errors.back() = 2e-17;
  const RateFit fit = fit_rate(errors);
  EXPECT_EQ(fit.kind, ConvergenceKind::quadratic) << fit.reason;
  EXPECT_NEAR(*fit.order, 2, 1e-6);
}

TEST(FitRate, RecognisesSuperlinearConvergence) {
  // The secant method's order is the golden section.
  std::vector<double> errors = {0.5, 0.3};
  while (errors.back() > 1e-13) errors.push_back(errors[errors.size() - 1] * errors[errors.size() - 2]);
  const RateFit fit = fit_rate(errors);
  EXPECT_EQ(fit.kind, ConvergenceKind::superlinear) << fit.reason;
  EXPECT_NEAR(*fit.order, 1.618, 0.05);
}

TEST(FitRate, DoesNotTakeAFastLinearRateForSuperlinear) {
  EXPECT_EQ(fit_rate(sequence(12, [](double k) { return std::pow(0.05, k); })).kind, ConvergenceKind::linear);
}

TEST(FitRate, DoesNotTakeADipAtTheEndForSuperlinear) {
  auto errors = sequence(200, [](double k) { return 1 / (k + 1); });
  for (const double contraction : {0.9, 0.4, 0.1}) errors.push_back(contraction * errors.back());
  const RateFit fit = fit_rate(errors);
  EXPECT_NE(fit.kind, ConvergenceKind::superlinear);
  EXPECT_NE(fit.kind, ConvergenceKind::quadratic);
}

TEST(FitRate, FitsNothingShorterThanTwoPeriods) {
  const double period = 60;
  const auto errors = sequence(400, [&](double k) {
    return std::pow(0.95, k) * (0.02 + std::abs(std::cos(3.14159265358979 * k / period + 0.4)));
  });
  const RateFit fit = fit_rate(errors, {.period = period});
  expect_factor(fit, 0.95, 2e-3);
  EXPECT_GE(fit.last - fit.first, static_cast<long>(2 * period) - 1);
}

// Residuals of 1 % about 0.9^k, independent and normal: the slope of the tapered line has the standard
// deviation sqrt(sum influence^2) 0.01. Over 60 samples nearly all intervals hold the true factor, and none is
// wide.
TEST(FitRate, BootstrapsAnIntervalThatHoldsTheFactor) {
  int held = 0;
  for (int sample = 0; sample < 60; ++sample) {
    Random random(static_cast<std::uint64_t>(sample));
    std::vector<double> errors(200);
    for (std::size_t k = 0; k < errors.size(); ++k) {
      errors[k] = std::pow(0.9, static_cast<double>(k)) * std::exp(0.01 * random.normal());
    }
    const RateFit fit = fit_rate(errors, {.bootstrap_samples = 400});
    ASSERT_TRUE(fit.factor);
    held += *fit.low <= 0.9 && 0.9 <= *fit.high ? 1 : 0;
    EXPECT_LT(*fit.high - *fit.low, 2e-3);
  }
  EXPECT_GE(held, 51);  // of 57 expected at 95 %, three standard deviations less
}

TEST(FitRate, RecognisesACycle) {
  const double cycle[3] = {0.646530612244898, 1.8024489795918368, 2.1159183673469388};
  const RateFit fit =
      fit_rate(sequence(200, [&](double k) { return cycle[static_cast<int>(k) % 3] + std::pow(0.5, k); }));
  EXPECT_EQ(fit.kind, ConvergenceKind::cycling);
  EXPECT_NE(fit.reason.find("every 3"), std::string::npos) << fit.reason;
}

TEST(FitRate, SaysHowManyIterationsItNeeds) {
  const RateFit fit = fit_rate(sequence(3, [](double k) { return std::pow(0.9, k); }));
  EXPECT_EQ(fit.kind, ConvergenceKind::undecided);
  EXPECT_NE(fit.reason.find("at least 6"), std::string::npos) << fit.reason;
  EXPECT_NE(fit.reason.find("has 3"), std::string::npos) << fit.reason;
}

TEST(FitRate, SaysWhereARunIsAtTheFloorTooSoon) {
  const RateFit one_step = fit_rate(std::vector<double>{1, 3e-17});
  EXPECT_EQ(one_step.kind, ConvergenceKind::noise_floor);
  EXPECT_EQ(one_step.floor_reached, 1);
  const RateFit at_solution = fit_rate(std::vector<double>{0, 0, 0});
  EXPECT_EQ(at_solution.kind, ConvergenceKind::noise_floor);
  EXPECT_EQ(fit_rate(std::vector<double>{}).kind, ConvergenceKind::undecided);
}

TEST(FitRate, DoesNotTakeADriftingContractionForAFactor) {
  // Two modes so close that the run never leaves the mixture of both: neither factor may be claimed exactly.
  const RateFit fit = fit_rate(sequence(150, [](double k) { return std::pow(0.9, k) + std::pow(0.88, k); }));
  EXPECT_EQ(fit.kind, ConvergenceKind::linear) << fit.reason;
  ASSERT_TRUE(fit.factor) << fit.reason;
  EXPECT_GE(*fit.high, 0.9);
}

}  // namespace
}  // namespace optbed::rate_fit_test
