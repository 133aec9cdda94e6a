#include "analysis/spectrum/sharpness.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::sharpness_test {
namespace {

SharpnessAlong along(const std::string& problem_text, const std::string& solver_text, const Limits& limits,
                     const SharpnessSettings& settings = {}) {
  const auto problem = all_problems().make(problem_text);
  const auto solver = all_solvers().make(solver_text);
  return sharpness_along(*problem, *solver, {.limits = limits}, settings);
}

StabilityLimit limit_of(const std::string& solver_text) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1;3");
  const auto solver = all_solvers().make(solver_text);
  return stability_limit(*solver, problem->facts()).value();
}

TEST(Sharpness, OfAQuadraticIsItsGreatestEigenvalueAtEveryPoint) {
  const SharpnessAlong found = along("quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=0.5",
                                     {.max_iterations = 9}, {.every = 3});
  ASSERT_EQ(found.rows.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(found.rows[i].iteration, 3 * static_cast<long>(i));
    EXPECT_NEAR(found.rows[i].sharpness, 3, 1e-14);
    EXPECT_EQ(found.rows[i].step, 0.5);
  }
}

TEST(Sharpness, FromProductsAgreesWithADecomposition) {
  // Rosenbrock's blocks are independent and start alike: the sharpness of 200 variables is that of two.
  const Limits limits{.max_iterations = 20};
  const std::string solver = "gradient_descent:learning_rate=1e-3";
  const SharpnessAlong small = along("rosenbrock", solver, limits);
  const SharpnessAlong large = along("rosenbrock:n=200", solver, limits);
  ASSERT_EQ(small.rows.size(), large.rows.size());
  for (std::size_t i = 0; i < small.rows.size(); ++i) {
    ASSERT_TRUE(large.rows[i].converged);
    EXPECT_NEAR(large.rows[i].sharpness, small.rows[i].sharpness, 1e-5 * small.rows[i].sharpness);
  }
  EXPECT_GT(large.evaluations.hessian_vector, 0);
}

SharpnessRow sharpness_at_start(const Vector& eigenvalues) {
  const testing_problems::DiagonalForm problem(eigenvalues);
  const auto solver = all_solvers().make("gradient_descent:learning_rate=1e-9");
  return sharpness_along(problem, *solver, {.limits = {.max_iterations = 0}}, {}).rows.at(0);
}

// The largest |lambda| is that of a negative eigenvalue, beside which a residual of 1e-6 of it is nothing.
TEST(Sharpness, IsGoodToItsOwnSizeBesideAStrongNegativeCurvature) {
  Vector d = Vector::LinSpaced(200, 0.005, 1);
  for (const double strong : {-1e3, -1e6}) {
    d[0] = strong;
    const SharpnessRow row = sharpness_at_start(d);
    EXPECT_TRUE(row.converged) << strong;
    EXPECT_LE(row.residual, 1e-6) << strong;
    EXPECT_NEAR(row.sharpness, 1, 1e-6) << strong;  // |lambda - theta| <= residual
  }
}

// Beside -1e12 rounding moves Hv by some 1e-4.
TEST(Sharpness, SaysWhereRoundingHidesIt) {
  Vector d = Vector::LinSpaced(200, 0.005, 1);
  d[0] = -1e12;
  const SharpnessRow row = sharpness_at_start(d);
  EXPECT_GT(row.residual, 1e-6);
  EXPECT_FALSE(row.converged);
}

// The modes of a quadratic grow exactly where step * lambda is over the threshold, on both sides of it.
TEST(StabilityLimit, IsWhereAQuadraticDiverges) {
  for (const std::string method :
       {"gradient_descent:learning_rate=", "momentum:momentum=0.6,learning_rate=",
        "momentum:momentum=0.6,form=average,learning_rate=", "nesterov:momentum=0.6,learning_rate="}) {
    const StabilityLimit unit = limit_of(method + "1");
    const double critical = unit.threshold / (3 * *unit.first_step);
    for (const double factor : {0.97, 1.03}) {
      const SharpnessAlong run = along("quadratic:eigenvalues=1;3",
                                       fmt::format("{}{}", method, factor * critical), {.max_iterations = 400});
      EXPECT_EQ(
          run.result.value > 1e3 || !std::isfinite(run.result.value) || run.result.stop == StopReason::diverged,
          factor > 1)
          << method << factor;
      ASSERT_TRUE(run.rows.back().step.has_value());
      EXPECT_NEAR(*run.rows.back().step * 3 / unit.threshold, factor, 1e-12);
      EXPECT_NEAR(*run.rows.front().step * 3 / unit.threshold, factor, 1e-12);
    }
  }
}

// mu and L are known, so that no step is missing.
TEST(StabilityLimit, IsAbsentForOtherMethods) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1;3");
  const Facts& facts = problem->facts();
  ASSERT_TRUE(stability_limit(*all_solvers().make("gradient_descent:step=inverse_lipschitz"), facts));
  ASSERT_TRUE(stability_limit(*all_solvers().make("nesterov"), facts));
  for (const char* solver : {"bfgs", "adam", "gradient_descent:step=armijo", "gradient_descent:step=silver",
                             "gradient_descent:batch_size=4", "nesterov:sequence=fista"}) {
    EXPECT_FALSE(stability_limit(*all_solvers().make(solver), facts).has_value()) << solver;
  }
}

TEST(Sharpness, FollowsAScheduleOfTheStep) {
  const SharpnessAlong found = along(
      "quadratic:eigenvalues=1;3", "gradient_descent:learning_rate=0.5,schedule=linear", {.max_iterations = 3});
  ASSERT_EQ(found.rows.size(), 4U);
  // eta_k = 0.5/(k + 1); row k has the step that led to x_k, row 0 the first one.
  EXPECT_DOUBLE_EQ(*found.rows[0].step, 0.5);
  EXPECT_DOUBLE_EQ(*found.rows[1].step, 0.5);
  EXPECT_DOUBLE_EQ(*found.rows[3].step, 0.5 / 3);
}

}  // namespace
}  // namespace optbed::sharpness_test
