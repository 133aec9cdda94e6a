#include "solvers/newton/newton.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/classic/rosenbrock.hpp"
#include "problems/classic/saddle.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::newton_test {
namespace {

using testing::double_well;
using testing::FunctionProblem;
using testing::quadratic_form;

const std::vector<std::pair<std::string, NewtonOptions>> safeguards = {
    {"none", {.safeguard = NewtonSafeguard::none}},
    {"line_search", {.safeguard = NewtonSafeguard::line_search}},
    {"modified_cholesky", {.safeguard = NewtonSafeguard::modified_cholesky}},
    {"saddle_free", {.safeguard = NewtonSafeguard::saddle_free}},
    {"trust_region", {.safeguard = NewtonSafeguard::trust_region}},
    {"dogleg", {.safeguard = NewtonSafeguard::trust_region, .subproblem = NewtonSubproblem::dogleg}}};

class EverySafeguard : public ::testing::TestWithParam<std::pair<std::string, NewtonOptions>> {};

// Least squares through (1, 6), (2, 5), (3, 7), (4, 10): the line 3.5 + 1.4 t with 4.2 as the sum of squares.
TEST_P(EverySafeguard, SolvesALinearRegressionInOneStepFromAnyStart) {
  const Matrix X{{1, 1}, {1, 2}, {1, 3}, {1, 4}};
  const Vector y{{6, 5, 7, 10}};
  for (const Vector& start : {Vector{{0, 0}}, Vector{{-100, 30}}, Vector{{3.5, 2}}}) {
    const FunctionProblem regression = quadratic_form(2 * X.transpose() * X, 2 * X.transpose() * y, start);
    // The radius lets the step be whole; the other safeguards have nothing to set.
    NewtonOptions options = GetParam().second;
    options.initial_radius = 1000;
    Newton newton(options);
    Oracle f(regression);
    ASSERT_FALSE(newton.start(f, start));
    ASSERT_FALSE(newton.step(f).stop);
    // The condition number of X'X is 46.
    EXPECT_NEAR(newton.current().x[0], 3.5, 1e-12);
    EXPECT_NEAR(newton.current().x[1], 1.4, 1e-12);
    EXPECT_NEAR(newton.current().value + y.squaredNorm(), 4.2, 1e-11);
  }
}

TEST_P(EverySafeguard, SolvesRosenbrockQuadratically) {
  const Rosenbrock problem;
  Newton newton(GetParam().second);
  const Result result =
      minimize(problem, newton, {.limits = {.max_iterations = 50, .gradient_tolerance = 1e-12}, .trace = {}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_LE(*result.distance, 1e-12);
}

TEST_P(EverySafeguard, SaysThatItNeedsAHessian) {
  const FunctionProblem bare(Vector::Zero(1), [](const Vector&, Vector& g) {
    g.setZero();
    return 0.0;
  });
  Newton newton(GetParam().second);
  EXPECT_EQ(newton.missing(bare), "a Hessian");
  EXPECT_EQ(minimize(bare, newton).stop, StopReason::unsupported);
  EXPECT_EQ(newton.missing(double_well(1)), "");
}

TEST_P(EverySafeguard, StopsOnAHessianThatIsNotFiniteAndLeavesTheIterate) {
  FunctionProblem broken = testing::on_the_line(
      1, [](double x) { return x * x; }, [](double x) { return 2 * x; },
      [](double) { return std::numeric_limits<double>::quiet_NaN(); });
  Newton newton(GetParam().second);
  Oracle f(broken);
  ASSERT_FALSE(newton.start(f, broken.start()));
  EXPECT_EQ(newton.step(f).stop, StopReason::non_finite);
  EXPECT_EQ(newton.current().x[0], 1);
}

// A minimum that is far from 0, so that the last falls of f are lost in rounding.
TEST_P(EverySafeguard, IsNotStoppedByTheRoundingOfTheValue) {
  const FunctionProblem lifted = testing::on_the_line(
      3, [](double x) { return 1e8 + std::cosh(x - 1); }, [](double x) { return std::sinh(x - 1); },
      [](double x) { return std::cosh(x - 1); });
  Newton newton(GetParam().second);
  const Result result =
      minimize(lifted, newton, {.limits = {.max_iterations = 50, .gradient_tolerance = 1e-14}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
}

TEST_P(EverySafeguard, LeavesTheIterateWhenTheBudgetEnds) {
  const Rosenbrock problem;
  for (long budget = 2; budget < 12; ++budget) {
    Newton newton(GetParam().second);
    Oracle f(problem, budget);
    ASSERT_FALSE(newton.start(f, problem.start()));
    Point before = newton.current();
    try {
      for (;;) {
        before = newton.current();
        if (newton.step(f).stop) FAIL();
      }
    } catch (const BudgetExhausted&) {
    }
    EXPECT_EQ(newton.current().x, before.x);
    EXPECT_EQ(newton.current().value, before.value);
    EXPECT_EQ(newton.current().gradient, before.gradient);
  }
}

INSTANTIATE_TEST_SUITE_P(All, EverySafeguard, ::testing::ValuesIn(safeguards),
                         [](const auto& choice) { return choice.param.first; });

TEST(PureNewton, SolvesAnyQuadraticInOneStepHoweverItIsConditioned) {
  for (const double kappa : {1.0, 1e3, 1e6}) {
    QuadraticOptions options;
    options.n = 8;
    options.kappa = kappa;
    options.rotation = Rotation::random;
    options.shift = {2};
    const auto problem = make_quadratic(options);
    Newton newton;
    Oracle f(*problem);
    ASSERT_FALSE(newton.start(f, problem->start()));
    ASSERT_FALSE(newton.step(f).stop);
    EXPECT_LE(*problem->facts().distance(newton.current().x), 100 * kappa * 2.2e-16);
  }
}

// Nocedal & Wright 2006, and any implementation: Newton's steps are determined. To the digits given.
TEST(PureNewton, MakesTheKnownValuesOnRosenbrock) {
  const Rosenbrock problem;
  Newton newton;
  const Result result = minimize(problem, newton, {.limits = {.max_iterations = 6}, .trace = {}});
  const std::vector<double>& value = result.trace.column("value");
  ASSERT_EQ(value.size(), 7u);
  EXPECT_NEAR(value[0], 24.2, 1e-13);
  EXPECT_NEAR(value[1], 4.7319, 5e-5);
  EXPECT_NEAR(value[2], 1411.8, 0.05);
  EXPECT_NEAR(value[3], 0.05597, 5e-6);
  EXPECT_NEAR(value[4], 0.3132, 5e-5);
  EXPECT_NEAR(value[5], 1.9e-11, 0.05e-11);
  EXPECT_LT(value[6], 1e-19);
}

// x - x* shrinks by 1 - eta along every direction: exact but for rounding.
TEST(DampedNewton, ContractsTheErrorOnAQuadraticByOneMinusEta) {
  QuadraticOptions options;
  options.n = 5;
  options.kappa = 100;
  options.rotation = Rotation::random;
  const auto problem = make_quadratic(options);
  for (const double eta : {0.1, 0.5, 1.5, 1.9, 2.5}) {
    Newton newton({.step_length = eta});
    Oracle f(*problem);
    ASSERT_FALSE(newton.start(f, problem->start()));
    Vector error = newton.current().x;
    for (int k = 0; k < 5; ++k) {
      ASSERT_FALSE(newton.step(f).stop);
      const Vector next = newton.current().x;
      EXPECT_LE((next - (1 - eta) * error).norm(), 1e-13 * error.norm());
      error = next;
    }
  }
}

// Nocedal & Wright 2006, section 6.1: 21 iterations of Newton's method from (-1.2, 1) until the gradient is
// 1e-5.
TEST(SearchedNewton, Takes21IterationsOnRosenbrock) {
  const Rosenbrock problem;
  Newton newton({.safeguard = NewtonSafeguard::line_search});
  const Result result = minimize(problem, newton, {.limits = {.gradient_tolerance = 1e-5}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_EQ(result.iterations, 21);
}

TEST(PureNewton, GoesToTheMaximumOfTheDoubleWell) {
  const FunctionProblem problem = double_well(0.3);
  Newton newton;
  const Result result = minimize(problem, newton);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_NEAR(result.x[0], 0, 1e-8);
}

TEST(PureNewton, GoesToASaddleInOneStep) {
  const FunctionProblem saddle = quadratic_form(Matrix{{2, 0}, {0, -2}}, Vector::Zero(2), Vector{{1, 0.1}});
  Newton newton;
  Oracle f(saddle);
  ASSERT_FALSE(newton.start(f, saddle.start()));
  ASSERT_FALSE(newton.step(f).stop);
  EXPECT_EQ(newton.current().x, Vector::Zero(2));
}

TEST(SafeguardedNewton, GoesToAMinimumOfTheDoubleWell) {
  for (const NewtonSafeguard safeguard : {NewtonSafeguard::modified_cholesky, NewtonSafeguard::trust_region}) {
    const FunctionProblem problem = double_well(0.3);
    Newton newton({.safeguard = safeguard});
    const Result result = minimize(problem, newton, {.limits = {.max_iterations = 50}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
    EXPECT_NEAR(std::abs(result.x[0]), 1, 1e-8);
    EXPECT_NEAR(result.value, -0.25, 1e-15);
  }
}

TEST(SearchedNewton, StopsWhereTheNewtonDirectionDoesNotDescendAndLeavesTheIterate) {
  const FunctionProblem problem = double_well(0.3);
  Newton newton({.safeguard = NewtonSafeguard::line_search});
  Oracle f(problem);
  ASSERT_FALSE(newton.start(f, problem.start()));
  EXPECT_EQ(newton.step(f).stop, StopReason::not_descent);
  EXPECT_EQ(newton.current().x[0], 0.3);
}

// (1/2)(x + y)^2 + x: H = [1 1; 1 1] is singular, as is the same scaled so that its rounding is not zero.
TEST(Newton, StopsOnASingularHessianAndLeavesTheIterate) {
  const Vector start{{1, 2}};
  for (const Matrix& H : {Matrix{{1, 1}, {1, 1}}, Matrix{{0.01, 0.07}, {0.07, 0.49}}, Matrix{{0, 0}, {0, 1}}}) {
    const FunctionProblem problem = quadratic_form(H, Vector{{-1, 0}}, start);
    for (const NewtonSafeguard safeguard : {NewtonSafeguard::none, NewtonSafeguard::line_search}) {
      Newton newton({.safeguard = safeguard});
      Oracle f(problem);
      ASSERT_FALSE(newton.start(f, start));
      EXPECT_EQ(newton.step(f).stop, StopReason::linear_solve_failed);
      EXPECT_EQ(newton.current().x, start);
    }
  }
}

// A zero diagonal needs row exchanges; entries 1e20 apart need a test of pivots that does not know their units.
TEST(PureNewton, SolvesWithAnIndefiniteAndWithABadlyScaledHessian) {
  const FunctionProblem indefinite = quadratic_form(Matrix{{0, 1}, {1, 0}}, Vector{{3, 4}}, Vector{{0, 0}});
  const FunctionProblem scaled =
      quadratic_form(Matrix{{1e-10, 0}, {0, 1e10}}, Vector{{4e-10, 3e10}}, Vector{{0, 0}});
  for (const FunctionProblem* problem : {&indefinite, &scaled}) {
    Newton newton;
    Oracle f(*problem);
    ASSERT_FALSE(newton.start(f, problem->start()));
    ASSERT_FALSE(newton.step(f).stop);
    EXPECT_LE((newton.current().x - Vector{{4, 3}}).norm(), 1e-14);
  }
}

TEST(SafeguardedNewton, FallsOnASingularHessian) {
  for (const NewtonSafeguard safeguard : {NewtonSafeguard::modified_cholesky, NewtonSafeguard::trust_region}) {
    const FunctionProblem problem = quadratic_form(Matrix{{1, 1}, {1, 1}}, Vector{{-1, 0}}, Vector{{1, 2}});
    Newton newton({.safeguard = safeguard});
    Oracle f(problem);
    ASSERT_FALSE(newton.start(f, problem.start()));
    const double before = newton.current().value;
    ASSERT_FALSE(newton.step(f).stop);
    EXPECT_LT(newton.current().value, before);
  }
}

// H = [1 1; 1 1] and a multiple whose rounding is not zero; g = 0 along x = -y.
TEST(TrustRegionNewton, StaysAtAMinimiserWhereTheHessianIsSingular) {
  for (const double scale : {1.0, 0.07}) {
    const FunctionProblem problem =
        quadratic_form(scale * Matrix{{1, 1}, {1, 1}}, Vector::Zero(2), Vector{{2, -2}});
    Newton newton({.safeguard = NewtonSafeguard::trust_region});
    Oracle f(problem);
    ASSERT_FALSE(newton.start(f, problem.start()));
    const StepInfo info = newton.step(f);
    EXPECT_FALSE(info.stop);
    EXPECT_EQ(info.length, 0);
    EXPECT_EQ(newton.current().x, problem.start());
  }
}

TEST(ModifiedCholesky, LeavesAPositiveDefiniteHessianAsItIs) {
  const Matrix A{{4, 1}, {1, 3}};
  const FunctionProblem problem = quadratic_form(A, Vector{{1, 2}}, Vector{{2, 1}});
  Newton newton({.safeguard = NewtonSafeguard::modified_cholesky});
  Oracle f(problem);
  ASSERT_FALSE(newton.start(f, problem.start()));
  ASSERT_FALSE(newton.step(f).stop);
  double shift = -1;
  newton.properties(std::span(&shift, 1));
  EXPECT_EQ(shift, 0);
  EXPECT_LE((A * newton.current().x - Vector{{1, 2}}).norm(), 1e-14);
}

TEST(TrustRegionNewton, SolvesAQuadraticInOneStepWhereTheRadiusLetsIt) {
  const FunctionProblem problem = quadratic_form(Matrix{{4, 1}, {1, 3}}, Vector{{1, 2}}, Vector{{2, 1}});
  Newton newton({.safeguard = NewtonSafeguard::trust_region, .initial_radius = 10});
  Oracle f(problem);
  ASSERT_FALSE(newton.start(f, problem.start()));
  ASSERT_FALSE(newton.step(f).stop);
  EXPECT_LE(newton.current().gradient_norm, 1e-14);
}

// On a quadratic the model is right, so that every step on the boundary doubles the radius: 1, 2, 4, ….
TEST(TrustRegionNewton, DoublesTheRadiusAfterEachGoodStepOnTheBoundary) {
  const FunctionProblem problem = quadratic_form(Matrix::Identity(2, 2), Vector::Zero(2), Vector{{60, 80}});
  Newton newton({.safeguard = NewtonSafeguard::trust_region});
  Oracle f(problem);
  ASSERT_FALSE(newton.start(f, problem.start()));
  double distance = 100;
  double radius = 1;
  for (int k = 0; k < 6; ++k) {
    ASSERT_FALSE(newton.step(f).stop);
    distance -= radius;
    EXPECT_NEAR(newton.current().x.norm(), distance, 1e-8);
    double next_radius = 0;
    newton.properties(std::span(&next_radius, 1));
    EXPECT_EQ(next_radius, 2 * radius);
    radius = next_radius;
  }
}

TEST(TrustRegionNewton, LeavesASaddleWhereTheGradientVanishes) {
  const FunctionProblem problem(  // (x^2 - 1)^2/4 + y^2: a saddle at 0, minima at (+-1, 0)
      Vector::Zero(2),
      [](const Vector& x, Vector& g) {
        const double a = x[0] * x[0] - 1;
        g << x[0] * a, 2 * x[1];
        return a * a / 4 + x[1] * x[1];
      },
      [](const Vector& x, Matrix& H) { H << 3 * x[0] * x[0] - 1, 0, 0, 2; });
  Newton newton({.safeguard = NewtonSafeguard::trust_region});
  const Result result = minimize(
      problem, newton, {.limits = {.max_iterations = 50, .gradient_tolerance = 0, .value_target = 1e-20}});
  EXPECT_EQ(result.stop, StopReason::value_target);
}

// Beyond 1 the function is not defined: trials there are rejected within the step.
TEST(TrustRegionNewton, RejectsTrialsThatAreNotFinite) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const FunctionProblem barrier = testing::on_the_line(
      0, [](double x) { return x < 1 ? -5 * x - std::log(1 - x) : nan; },
      [](double x) { return x < 1 ? -5 + 1 / (1 - x) : nan; },
      [](double x) { return x < 1 ? 1 / ((1 - x) * (1 - x)) : nan; });
  Newton newton({.safeguard = NewtonSafeguard::trust_region, .initial_radius = 100});
  const Result result = minimize(barrier, newton);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_NEAR(result.x[0], 0.8, 1e-8);
}

// On x^2 - y^2 the three that take H as it is go to the saddle in one step; |H| turns the step along y round,
// so that y doubles. From the x axis itself, its stable manifold, nothing along y is known, and it stays there.
TEST(SaddleFreeNewton, LeavesASaddleThatNewtonGoesTo) {
  const Saddle saddle({.delta = 1e-6});
  for (const NewtonSafeguard safeguard : {NewtonSafeguard::none, NewtonSafeguard::saddle_free}) {
    Newton newton({.safeguard = safeguard});
    Oracle f(saddle);
    ASSERT_FALSE(newton.start(f, saddle.start()));
    ASSERT_FALSE(newton.step(f).stop);
    const double y = safeguard == NewtonSafeguard::none ? 0 : 2e-6;
    EXPECT_NEAR(newton.current().x[0], 0, 1e-15);
    EXPECT_NEAR(newton.current().x[1], y, 1e-20);
  }
  // 2^20 > 1e6: out of the neighbourhood of the saddle after 20 steps.
  Newton newton({.safeguard = NewtonSafeguard::saddle_free});
  const Result result = minimize(saddle, newton, {.limits = {.max_iterations = 20, .gradient_tolerance = 0}});
  EXPECT_NEAR(result.x[1], std::ldexp(1e-6, 20), 1e-12);
}

TEST(SaddleFreeNewton, StaysOnTheStableManifoldOfASaddle) {
  const Saddle saddle({.delta = 0});
  Newton newton({.safeguard = NewtonSafeguard::saddle_free});
  const Result result = minimize(saddle, newton);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_FALSE(result.solved);
  EXPECT_LE(result.x.norm(), 1e-15);
}

// x^4/4 - x^2/2 from 0.3 has a maximum at 0, to which Newton's own step leads (0.3 - 0.273/0.73 < 0).
TEST(SaddleFreeNewton, ReachesAMinimumFromNegativeCurvature) {
  const FunctionProblem well = double_well(0.3);
  Newton pure;
  EXPECT_NEAR(minimize(well, pure).x[0], 0, 1e-8);
  Newton saddle_free({.safeguard = NewtonSafeguard::saddle_free});
  EXPECT_NEAR(minimize(well, saddle_free).x[0], 1, 1e-8);
}

// |H|^-1 g by hand: H = Q diag(3, -2) Q' with Q = (3 4; -4 3)/5, g = Q (6, 10), |H|^-1 g = Q (2, 5).
TEST(SaddleFreeNewton, TakesTheAbsoluteValuesOfTheEigenvalues) {
  const Matrix Q = Matrix{{3, 4}, {-4, 3}} / 5;
  const Matrix H = Q * Vector{{3, -2}}.asDiagonal() * Q.transpose();
  const Vector g = Q * Vector{{6, 10}};
  const FunctionProblem problem = quadratic_form(H, -g, Vector::Zero(2));
  Newton newton({.safeguard = NewtonSafeguard::saddle_free});
  Oracle f(problem);
  ASSERT_FALSE(newton.start(f, problem.start()));
  ASSERT_FALSE(newton.step(f).stop);
  EXPECT_LE((newton.current().x + Q * Vector{{2, 5}}).norm(), 1e-14);
}

// A function without a minimum: every radius doubles until |f| is past all bounds.
TEST(TrustRegionNewton, DivergesWhereTheFunctionHasNoMinimum) {
  const Saddle saddle({.delta = 1e-6});
  for (const NewtonSubproblem subproblem : {NewtonSubproblem::exact, NewtonSubproblem::dogleg}) {
    Newton newton({.safeguard = NewtonSafeguard::trust_region, .subproblem = subproblem});
    const Result result = minimize(saddle, newton);
    EXPECT_EQ(result.stop, StopReason::diverged);
    EXPECT_FALSE(result.solved);
  }
}

// Nocedal & Wright 2006, section 6.1: 21 iterations of Newton's method on Rosenbrock from (-1.2, 1).
TEST(SafeguardedNewton, TakesSome21IterationsOnRosenbrock) {
  const Rosenbrock problem;
  for (const auto& [name, options] : safeguards) {
    if (name == "none") continue;
    Newton newton(options);
    const Result result = minimize(problem, newton, {.limits = {.gradient_tolerance = 1e-5}});
    EXPECT_GE(result.iterations, 18) << name;
    EXPECT_LE(result.iterations, 24) << name;
  }
}

TEST(NewtonOptions, RefuseWhatHasNoEffect) {
  const SolverRegistry solvers = all_solvers();
  EXPECT_THROW(solvers.make("newton:safeguard=line_search,step_length=0.5"), UsageError);
  EXPECT_THROW(solvers.make("newton:initial_radius=2"), UsageError);
  EXPECT_THROW(solvers.make("newton:safeguard=line_search,subproblem=dogleg"), UsageError);
  EXPECT_NO_THROW(solvers.make("newton:step_length=0.5"));
}

}  // namespace
}  // namespace optbed::newton_test
