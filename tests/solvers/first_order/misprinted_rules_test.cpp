// Rules that are printed wrong, or do not do what is said of them, do what theirs is to do: each is an option.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/solvers/first_order/traced.hpp"

namespace optbed::misprinted_rules_test {
namespace {

Vector last_iterate(const Trace& trace) { return trace.iterate(trace.rows() - 1); }

// s = rho s + (1 - rho) g_{k-1} g_k: a step over the minimum makes the product negative, and soon s.
TEST(RmspropOfThePreviousProduct, EndsWhereAGradientChangesItsSign) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1");
  for (const std::string placement : {"outside", "inside"}) {
    const std::string options = "rmsprop:learning_rate=0.5,rho=0.1,epsilon_placement=" + placement;
    const auto solver = all_solvers().make(options + ",square=previous_product");
    const Limits limits{.max_iterations = 100, .gradient_tolerance = 0};
    const Result result = minimize(*problem, *solver, {.limits = limits, .trace = {.iterates = true}});
    EXPECT_EQ(result.stop, StopReason::non_finite);
    const auto& trace = result.trace;
    ASSERT_GE(trace.rows(), 2U);
    // The last gradient that was taken has the other sign, and s = 0.1 s + 0.9 g_{k-1} g_k < 0.
    EXPECT_LT(trace.iterate(trace.rows() - 1)[0] * trace.iterate(trace.rows() - 2)[0], 0);
    EXPECT_EQ(traced("quadratic:eigenvalues=1", options, 100).rows(), 101U);  // as it should be: it goes on
  }
}

// On w^2/2 from 1 with eta = 0.1 the secant through 1 and 0.9 has its root at 0: a step of -0.9. With the sign
// reversed it goes to 1.8.
TEST(QuickpropWithTheReversedSign, GoesAwayFromTheMinimum) {
  const Trace reversed = traced("quadratic:eigenvalues=1", "quickprop:learning_rate=0.1,sign=reversed", 2);
  EXPECT_DOUBLE_EQ(reversed.iterate(1)[0], 0.9);
  EXPECT_NEAR(reversed.iterate(2)[0], 1.8, 1e-14);
  const Trace right = traced("quadratic:eigenvalues=1", "quickprop:learning_rate=0.1", 2);
  EXPECT_NEAR(right.iterate(2)[0], 0, 1e-15);
}

// From -1 on w^2/2 the steps are negative. When one has gone too far and shrinks, max(D/2, min_step) turns it
// round, and no cap holds it afterwards; from +1 the same rule converges.
TEST(RpropWithSignedCaps, DriftsAwayFromOneSideOnly) {
  const Trace from_left =
      traced("quadratic:eigenvalues=1", "rprop:variant=lecture_signed_caps", 100, Vector{{-1}});
  const Trace from_right =
      traced("quadratic:eigenvalues=1", "rprop:variant=lecture_signed_caps", 100, Vector{{1}});
  // 1 - 0.1 (1 + 1.2 + … + 1.2^5) = 0.007008 away after six steps that are the same on both sides
  for (std::size_t k = 0; k <= 7; ++k) {
    EXPECT_DOUBLE_EQ(from_left.iterate(k)[0], -from_right.iterate(k)[0]);
  }
  EXPECT_NEAR(from_left.iterate(6)[0], -0.007008, 1e-15);
  for (std::size_t k = 8; k <= 100; ++k) {
    EXPECT_LT(from_left.iterate(k)[0], from_left.iterate(k - 1)[0]);
  }
  EXPECT_LT(from_left.iterate(100)[0], -100);
  EXPECT_LT(std::abs(last_iterate(from_right)[0]), 1e-6);
  // With caps on the size both sides are alike.
  const Trace mended = traced("quadratic:eigenvalues=1", "rprop:variant=lecture", 100, Vector{{-1}});
  EXPECT_LT(std::abs(last_iterate(mended)[0]), 1e-6);
}

// At (-1, 1) Rosenbrock's derivative along x_2 is exactly 0: D_2 = sign(0) D_0 = 0 for ever. iRprop- moves x_2
// as soon as its derivative is not 0 any more.
TEST(RpropOfTheLecture, NeverMovesAVariableWhoseFirstDerivativeIsZero) {
  const Vector start{{-1, 1}};
  const Trace trace = traced("rosenbrock", "rprop:variant=lecture", 100, start);
  for (std::size_t k = 0; k < trace.rows(); ++k) EXPECT_EQ(trace.iterate(k)[1], 1);
  EXPECT_NE(last_iterate(trace)[0], -1);
  EXPECT_NE(traced("rosenbrock", "rprop", 100, start).iterate(2)[1], 1);
}

// The sign to compare with is not renewed after a retreat, although the other variable has moved since.
TEST(RpropOfTheLecture, StopsForEverWhereRosenbrockIsNotStationary) {
  const auto problem = all_problems().make("rosenbrock");
  const auto solver = all_solvers().make("rprop:variant=lecture");
  const Result result = minimize(*problem, *solver, {.limits = {.max_iterations = 10000}});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_LT(result.iterations, 100);
  EXPECT_NEAR(result.value, 4.25534, 5e-6);  // by an independent implementation
  EXPECT_NEAR(result.gradient_norm, 1.94, 5e-3);
  // iRprop-, which does renew it, goes on towards the minimum.
  const auto renewing = all_solvers().make("rprop");
  EXPECT_LT(minimize(*problem, *renewing, {.limits = {.max_iterations = 10000}}).value, 1e-5);
}

TEST(RpropOfTheLecture, StopsForEverOnAQuadraticTurnedFromTheAxes) {
  const double half_root = std::sqrt(0.5);
  const Trace trace = traced("quadratic:kappa=100,angle=45", "rprop:variant=lecture", 1000,
                             Vector{{half_root * 0.3, half_root * 1.7}});
  EXPECT_LT(trace.rows(), 100U);  // it ends when nothing has moved for a while
  EXPECT_EQ(last_iterate(trace), trace.iterate(trace.rows() - 10));
  EXPECT_GT(trace.column("gradient_norm").back(), 1);
}

// Steps in proportion to the variables themselves: from 0 on (x - 1)^2/2 half the way takes 199 steps, from 0.1
// it takes 23, and a translation of the problem changes everything.
TEST(AdadeltaOfTheWeights, IsNearlyFrozenAtZeroAndDoesNotCommuteWithATranslation) {
  const std::string solver = "adadelta:variant=weights,learning_rate=0.1,rho=0.9,epsilon=1e-12";
  const auto steps_to_half = [&](double start) {
    const Trace trace = traced("quadratic:eigenvalues=1,shift=1", solver, 300, Vector{{start}});
    long k = 0;
    while (trace.iterate(static_cast<std::size_t>(k))[0] < 0.5) ++k;
    return k;
  };
  EXPECT_EQ(steps_to_half(0), 199);
  EXPECT_EQ(steps_to_half(0.1), 23);

  const Trace at_one = traced("quadratic:eigenvalues=1,shift=1", solver, 50, Vector{{0.1}});
  const Trace at_eleven = traced("quadratic:eigenvalues=1,shift=11", solver, 50, Vector{{10.1}});
  EXPECT_GT(std::abs(at_eleven.iterate(1)[0] - 10 - at_one.iterate(1)[0]), 0.9);
  // It does commute with a change of units: x twice as large, the same curvature in the new unit.
  const Trace in_halves =
      traced("quadratic:eigenvalues=0.25,shift=2",
             "adadelta:variant=weights,learning_rate=0.1,rho=0.9,epsilon=1e-300", 50, Vector{{0.2}});
  const Trace in_wholes =
      traced("quadratic:eigenvalues=1,shift=1",
             "adadelta:variant=weights,learning_rate=0.1,rho=0.9,epsilon=1e-300", 50, Vector{{0.1}});
  for (std::size_t k = 0; k <= 50; ++k) {
    EXPECT_NEAR(in_halves.iterate(k)[0] / 2, in_wholes.iterate(k)[0], 1e-12);
  }
}

// "A constant step cannot converge" holds for noisy gradients. With exact ones and eta < 2/L the error falls
// below every bound.
TEST(GradientDescentWithAConstantStep, ConvergesToEveryDigitWithoutNoise) {
  for (const double eta : {0.1, 0.5, 0.66}) {
    const Trace trace =
        traced("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=" + format_real(eta), 8000);
    EXPECT_LT(last_iterate(trace).norm(), 1e-30) << eta;
  }
}

}  // namespace
}  // namespace optbed::misprinted_rules_test
