#include "solvers/quasi_newton/sr1.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/classic/rosenbrock.hpp"
#include "problems/classic/saddle.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::sr1_test {
namespace {

const std::vector<std::string> variants = {"sr1",
                                           "sr1:initial_scaling=false",
                                           "sr1:line_search=hager_zhang",
                                           "sr1:line_search=armijo",
                                           "sr1:line_search=exact",
                                           "sr1:safeguard=trust_region",
                                           "sr1:safeguard=trust_region,initial_scaling=false"};

TEST(Sr1, SolvesRosenbrockInEveryVariant) {
  const Rosenbrock problem;
  for (const std::string& variant : variants) {
    const auto solver = all_solvers().make(variant);
    const Result result =
        minimize(problem, *solver, {.limits = {.max_iterations = 200, .gradient_tolerance = 1e-10}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << variant;
    EXPECT_LE(*result.distance, 1e-9) << variant;
  }
}

// Nocedal & Wright 2006, theorem 6.1: whatever the steps are, as long as they are independent, B is the Hessian
// after n of them, an indefinite one as well.
TEST(Sr1, FindsTheHessianOfAQuadraticAfterNSteps) {
  for (const Matrix& A : {Matrix{{4, 1, 0}, {1, 3, 1}, {0, 1, 2}}, Matrix{{1, 2, 0}, {2, -3, 1}, {0, 1, 2}}}) {
    const auto problem = testing::quadratic_form(A, Vector{{1, -2, 3}}, Vector{{3, 2, 0}});
    Sr1Options options;
    options.initial_scaling = false;
    options.initial_radius = 0.5;
    Sr1TrustRegion solver(options);
    Oracle f(problem);
    ASSERT_FALSE(solver.start(f, problem.start()));
    for (int k = 0; k < 3; ++k) ASSERT_FALSE(solver.step(f).stop);
    EXPECT_LE((solver.hessian_approximation() - A).norm(), 1e-10);
  }
}

// (6.5): the secant equation, also where the curvature along s is negative, which BFGS has to skip.
TEST(Sr1, TakesNegativeCurvatureIntoItsMatrix) {
  const testing::FunctionProblem well = testing::double_well(0.01);
  Sr1LineSearch sr1({.line_search = LineSearchKind::armijo, .initial_scaling = false});
  Oracle f(well);
  ASSERT_FALSE(sr1.start(f, well.start()));
  const Point before = sr1.current();
  ASSERT_FALSE(sr1.step(f).stop);
  const double s = sr1.current().x[0] - before.x[0];
  const double y = sr1.current().gradient[0] - before.gradient[0];
  ASSERT_LT(s * y, 0);
  EXPECT_NEAR(sr1.inverse_hessian()(0, 0), s / y, 1e-14 * std::abs(s / y));
  // -H g ascends now, and the step is turned round: on to the minimum.
  const double value = sr1.current().value;
  ASSERT_FALSE(sr1.step(f).stop);
  EXPECT_LT(sr1.current().value, value);
  const Result result = minimize(well, sr1);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_NEAR(result.x[0], 1, 1e-8);
}

// y = H^-1 s from the beginning: w = 0, and there is nothing to update.
TEST(Sr1, SkipsAPairThatItsMatrixKnows) {
  const auto bowl = testing::quadratic_form(Matrix::Identity(2, 2), Vector::Zero(2), Vector{{3, 4}});
  Sr1LineSearch sr1({.line_search = LineSearchKind::armijo});
  Oracle f(bowl);
  ASSERT_FALSE(sr1.start(f, bowl.start()));
  for (int k = 0; k < 3; ++k) ASSERT_FALSE(sr1.step(f).stop);
  EXPECT_EQ(sr1.inverse_hessian(), Matrix::Identity(2, 2));
}

TEST(Sr1, DivergesWhereTheFunctionHasNoMinimum) {
  const Saddle saddle({.delta = 1e-3});
  for (const std::string& variant : variants) {
    const auto solver = all_solvers().make(variant);
    const Result result = minimize(saddle, *solver);
    EXPECT_EQ(result.stop, StopReason::diverged) << variant;
  }
}

TEST(Sr1, RejectsTrialsThatAreNotFinite) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const auto barrier = testing::on_the_line(
      0, [](double x) { return x < 1 ? -5 * x - std::log(1 - x) : nan; },
      [](double x) { return x < 1 ? -5 + 1 / (1 - x) : nan; });
  Sr1Options options;
  options.initial_radius = 100;
  Sr1TrustRegion solver(options);
  const Result result = minimize(barrier, solver);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_NEAR(result.x[0], 0.8, 1e-8);
}

TEST(Sr1, RefusesOptionsWithoutEffect) {
  const SolverRegistry solvers = all_solvers();
  EXPECT_THROW(solvers.make("sr1:safeguard=trust_region,line_search=exact"), UsageError);
  EXPECT_THROW(solvers.make("sr1:initial_radius=2"), UsageError);
}

}  // namespace
}  // namespace optbed::sr1_test
