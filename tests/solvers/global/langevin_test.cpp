#include "solvers/global/langevin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "problems/classic/rosenbrock.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/minimize.hpp"
#include "tests/solvers/global/test_functions.hpp"

namespace optbed::langevin_test {
namespace {

using testing::chain_statistics;
using testing::ChainStatistics;

ChainStatistics variance(const LangevinOptions& options, double lambda, std::uint64_t seed) {
  const DiagonalQuadratic problem(Vector{{lambda}}, Vector::Zero(1));
  Langevin solver(options);
  Oracle f(problem, 0, seed);
  EXPECT_FALSE(solver.start(f, problem.start()));
  for (int k = 0; k < 1000; ++k) solver.step(f);
  Vector squares(200'000);
  for (double& square : squares) {
    solver.step(f);
    square = std::pow(solver.current().x[0], 2);
  }
  return chain_statistics(squares);
}

// x' = (1 - h lambda) x + sqrt(2 h T) xi has the variance v = (1 - h lambda)^2 v + 2 h T.
TEST(Langevin, HasTheVarianceOfItsRecursionUnadjustedAndOfItsTargetAdjusted) {
  const double lambda = 2;
  const double T = 0.5;
  for (const double h : {0.1, 0.4}) {
    const ChainStatistics ula = variance({.learning_rate = h, .temperature = T}, lambda, 1);
    EXPECT_NEAR(ula.mean, T / (lambda * (1 - h * lambda / 2)), 5 * ula.error);
    const ChainStatistics mala =
        variance({.variant = LangevinVariant::mala, .learning_rate = h, .temperature = T}, lambda, 1);
    EXPECT_NEAR(mala.mean, T / lambda, 5 * mala.error);
    // The bias of the first is far outside of the error of either.
    EXPECT_GT(ula.mean - mala.mean, (h == 0.4 ? 10 : 3) * (ula.error + mala.error));
  }
}

TEST(Langevin, IsGradientDescentWithoutNoise) {
  const Rosenbrock problem;
  Langevin langevin({.learning_rate = GradientDescentOptions().learning_rate, .temperature = 0});
  GradientDescent descent({});  // its learning_rate is the same
  const MinimizeSettings settings{.limits = {.max_iterations = 50, .gradient_tolerance = 0}};
  EXPECT_EQ(minimize(problem, langevin, settings).x, minimize(problem, descent, settings).x);
}

// The mean time in which runs go from the well at -1 over the barrier of 1/4 to the one at 1.
double mean_escape_time(double T, int runs) {
  const double h = 0.02;
  const auto problem = testing::double_well(-1);
  double sum = 0;
  for (int run = 0; run < runs; ++run) {
    Langevin solver({.learning_rate = h, .temperature = T});
    Oracle f(problem, 0, static_cast<std::uint64_t>(run));
    EXPECT_FALSE(solver.start(f, problem.start()));
    while (solver.current().x[0] < 0.9) {
      solver.step(f);
      sum += h;
    }
  }
  return sum / runs;
}

// Kramers 1940: 2 pi/sqrt(f''(-1) |f''(0)|) exp(B/T) with f'' = 2 and -1, for B/T >> 1. The exact mean is the
// integral (1/T) int_{-1}^{0.9} exp(f(y)/T) int_{-inf}^y exp(-f(z)/T) dz dy (Gardiner 2009, (5.5.23)); a first
// passage is about exponential, so that its standard error is the mean over sqrt(runs).
TEST(Langevin, EscapesFromAWellInTheTimeThatTheBarrierAndTheNoiseGive) {
  const auto f = [](double x) { return x * x * x * x / 4 - x * x / 2; };
  const int runs = 100;
  double previous = 0;
  for (const double T : {0.2, 0.1, 0.07}) {
    double inner = 0;
    double exact = 0;
    const double dx = 1e-3;
    for (double y = -4; y < 0.9; y += dx) {
      inner += std::exp(-f(y) / T) * dx;
      if (y >= -1) exact += std::exp(f(y) / T) * inner * dx / T;
    }
    const double measured = mean_escape_time(T, runs);
    // Discrete steps overlook crossings between them: a few per cent at this h.
    EXPECT_NEAR(measured / exact, 1, 5 / std::sqrt(runs) + 0.1);
    const double kramers = std::numbers::pi * std::sqrt(2) * std::exp(0.25 / T);
    EXPECT_GT(measured / kramers, 0.5);
    EXPECT_LT(measured / kramers, 2.5);
    EXPECT_GT(measured, previous);
    previous = measured;
  }
}

TEST(Langevin, NeedsATemperatureToAcceptBy) {
  EXPECT_NO_THROW(all_solvers().make("langevin:temperature=0"));
  EXPECT_THROW(all_solvers().make("langevin:variant=mala,temperature=0"), UsageError);
}

}  // namespace
}  // namespace optbed::langevin_test
