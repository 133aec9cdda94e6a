#include "solvers/quasi_newton/quasi_newton.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/classic/rosenbrock.hpp"
#include "problems/decompositions.hpp"
#include "solvers/minimize.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/dfp.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "solvers/quasi_newton/sr1.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::quasi_newton_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// (6.5) and the paragraph after (6.17), in twenty steps on Rosenbrock.
template <class Method>
void expect_secant_equation_and_definiteness(Method&& method) {
  Rosenbrock problem;
  Oracle f(problem);
  ASSERT_FALSE(method.start(f, problem.start()));
  int updates = 0;
  for (int k = 0; k < 20; ++k) {
    const Point before = method.current();
    const Matrix H_before = method.inverse_hessian();
    ASSERT_FALSE(method.step(f).stop);
    const Vector s = method.current().x - before.x;
    const Vector y = method.current().gradient - before.gradient;
    const Matrix H = method.inverse_hessian();
    EXPECT_EQ(H, H.transpose());
    const Vector eigenvalues = symmetric_eigenvalues(H).value();
    EXPECT_GT(eigenvalues[0], 0);
    if (s.dot(y) <= 0) {
      EXPECT_EQ(H, H_before);
      continue;
    }
    ++updates;
    // The terms that cancel in H y are as large as rho |s| |H_k y| |y| and |H| |y|.
    const double terms = H.norm() * y.norm() + s.norm() * (H_before * y).norm() * y.norm() / s.dot(y);
    EXPECT_LE((H * y - s).norm(), 20 * epsilon * terms);
  }
  EXPECT_GE(updates, 10);
}

class EverySearchAndScaling
    : public ::testing::TestWithParam<std::tuple<std::pair<std::string, LineSearchKind>, bool>> {
 protected:
  QuasiNewtonOptions options() const { return {std::get<0>(GetParam()).second, std::get<1>(GetParam())}; }
};

TEST_P(EverySearchAndScaling, LeavesBfgsWithTheSecantEquationAndAPositiveDefiniteMatrix) {
  expect_secant_equation_and_definiteness(Bfgs(options()));
}

TEST_P(EverySearchAndScaling, LeavesDfpWithTheSecantEquationAndAPositiveDefiniteMatrix) {
  expect_secant_equation_and_definiteness(Dfp(options()));
}

TEST_P(EverySearchAndScaling, SolvesRosenbrockByEveryMethod) {
  const Rosenbrock problem;
  LbfgsOptions limited;
  static_cast<QuasiNewtonOptions&>(limited) = options();
  Bfgs bfgs(options());
  Dfp dfp(options());
  Sr1LineSearch sr1(options());
  Lbfgs lbfgs(limited);
  for (Solver* solver : std::initializer_list<Solver*>{&bfgs, &dfp, &sr1, &lbfgs}) {
    // DFP is known to crawl after steps that leave a steep slope: 5000 of these are not enough.
    const bool loose =
        options().line_search == LineSearchKind::armijo || options().line_search == LineSearchKind::hager_zhang;
    if (solver == &dfp && loose) continue;
    const Result result =
        minimize(problem, *solver, {.limits = {.max_iterations = 1000, .gradient_tolerance = 1e-10}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
    EXPECT_LE(*result.distance, 1e-9);
  }
}

INSTANTIATE_TEST_SUITE_P(All, EverySearchAndScaling,
                         ::testing::Combine(::testing::ValuesIn(line_search_choices()), ::testing::Bool()),
                         [](const auto& choice) {
                           return std::get<0>(choice.param).first +
                                  (std::get<1>(choice.param) ? "_scaled" : "_from_identity");
                         });

class EverySearch : public ::testing::TestWithParam<std::pair<std::string, LineSearchKind>> {};

// With scaling they differ: L-BFGS scales anew in every iteration, BFGS once.
TEST_P(EverySearch, MakesLbfgsThatForgetsNothingTheSameAsBfgsFromTheIdentity) {
  Rosenbrock problem;
  Bfgs bfgs({.line_search = GetParam().second, .initial_scaling = false});
  LbfgsOptions all_pairs;
  all_pairs.line_search = GetParam().second;
  all_pairs.initial_scaling = false;
  all_pairs.memory = 10;
  Lbfgs lbfgs(all_pairs);
  Oracle f(problem);
  ASSERT_FALSE(bfgs.start(f, problem.start()));
  ASSERT_FALSE(lbfgs.start(f, problem.start()));
  for (int k = 0; k < 10; ++k) {
    ASSERT_FALSE(bfgs.step(f).stop);
    ASSERT_FALSE(lbfgs.step(f).stop);
    // The valley's condition number, 2500, amplifies rounding from step to step.
    EXPECT_LE((bfgs.current().x - lbfgs.current().x).norm(), 1e-9) << k;
  }
}

INSTANTIATE_TEST_SUITE_P(All, EverySearch, ::testing::ValuesIn(line_search_choices()),
                         [](const auto& choice) { return choice.param.first; });

// Nocedal & Wright 2006, section 6.1: 34 iterations of BFGS from (-1.2, 1) until the gradient is 1e-5.
TEST(Bfgs, TakesAtMost36IterationsOnRosenbrock) {
  const Rosenbrock problem;
  Bfgs bfgs;
  const Result result = minimize(problem, bfgs, {.limits = {.gradient_tolerance = 1e-5}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_LE(result.iterations, 36);
}

// Superlinear convergence (Nocedal & Wright 2006, theorem 6.6): the last ratios of errors go to 0.
TEST(Bfgs, ConvergesSuperlinearlyOnRosenbrock) {
  const Rosenbrock problem;
  Bfgs bfgs;
  const Result result = minimize(problem, bfgs, {.limits = {.gradient_tolerance = 1e-8}, .trace = {}});
  const std::vector<double>& distance = result.trace.column("distance");
  ASSERT_GE(distance.size(), 4u);
  EXPECT_LT(distance[distance.size() - 1] / distance[distance.size() - 2], 0.05);
}

// Along x^4/4 - x^2/2 from 0.01, where the curvature is negative, Armijo accepts a first step of length 1/2 or
// less to a point with a greater |g|: s'y < 0.
TEST(Bfgs, SkipsAPairWithoutCurvature) {
  const testing::FunctionProblem problem = testing::double_well(0.01);
  Bfgs bfgs({.line_search = LineSearchKind::armijo, .initial_scaling = false});
  Oracle f(problem);
  ASSERT_FALSE(bfgs.start(f, problem.start()));
  const Point before = bfgs.current();
  ASSERT_FALSE(bfgs.step(f).stop);
  ASSERT_LT((bfgs.current().x - before.x).dot(bfgs.current().gradient - before.gradient), 0);
  EXPECT_EQ(bfgs.inverse_hessian()(0, 0), 1);
  const Result result = minimize(problem, bfgs);
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_NEAR(result.x[0], 1, 1e-8);
}

TEST(QuasiNewton, ScalesItsFirstStepToLengthOneAtMost) {
  const auto steep = testing::quadratic_form(1e6 * Matrix::Identity(2, 2), Vector::Zero(2), Vector{{3, 4}});
  Bfgs bfgs({.line_search = LineSearchKind::armijo});
  Oracle f(steep);
  ASSERT_FALSE(bfgs.start(f, steep.start()));
  EXPECT_NEAR(bfgs.step(f).length, 1, 1e-15);
}

TEST(QuasiNewton, StaysWhereTheGradientVanishes) {
  const auto bowl = testing::quadratic_form(Matrix::Identity(2, 2), Vector::Zero(2), Vector::Zero(2));
  Lbfgs lbfgs;
  Oracle f(bowl);
  ASSERT_FALSE(lbfgs.start(f, bowl.start()));
  const StepInfo info = lbfgs.step(f);
  EXPECT_FALSE(info.stop);
  EXPECT_EQ(info.length, 0);
}

TEST(QuasiNewton, LeavesTheIterateWhereTheFunctionFallsForEver) {
  const auto fall = testing::on_the_line(
      0, [](double x) { return -x; }, [](double) { return -1.0; });
  Bfgs bfgs;
  Oracle f(fall);
  ASSERT_FALSE(bfgs.start(f, fall.start()));
  EXPECT_EQ(bfgs.step(f).stop, StopReason::diverged);
  EXPECT_EQ(bfgs.current().x[0], 0);
  EXPECT_EQ(bfgs.current().value, 0);
}

}  // namespace
}  // namespace optbed::quasi_newton_test
