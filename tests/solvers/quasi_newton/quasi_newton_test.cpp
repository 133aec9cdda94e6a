#include "solvers/quasi_newton/quasi_newton.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "problems/classic/rosenbrock.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "solvers/quasi_newton/bfgs.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

std::unique_ptr<Problem> rotated_quadratic(long n, double kappa) {
  QuadraticOptions options;
  options.n = n;
  options.kappa = kappa;
  options.rotation = Rotation::random;
  return make_quadratic(options);
}

// The iterates of linear conjugate gradients (Hestenes & Stiefel 1952; Nocedal & Wright 2006, algorithm 5.2) on
// a quadratic with Hessian A, in plain loops.
std::vector<Vector> conjugate_gradient_iterates(const Problem& problem, const Matrix& A, int steps) {
  const Index n = problem.dimension();
  Vector x = problem.start();
  Vector r(n);
  problem.gradient(x, r);
  std::vector<double> p(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) p[static_cast<std::size_t>(i)] = -r[i];
  std::vector<Vector> iterates = {x};
  for (int k = 0; k < steps; ++k) {
    std::vector<double> Ap(static_cast<std::size_t>(n), 0);
    double rr = 0;
    double pAp = 0;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) Ap[static_cast<std::size_t>(i)] += A(i, j) * p[static_cast<std::size_t>(j)];
      rr += r[i] * r[i];
      pAp += p[static_cast<std::size_t>(i)] * Ap[static_cast<std::size_t>(i)];
    }
    const double alpha = rr / pAp;
    double rr_next = 0;
    for (Index i = 0; i < n; ++i) {
      x[i] += alpha * p[static_cast<std::size_t>(i)];
      r[i] += alpha * Ap[static_cast<std::size_t>(i)];
      rr_next += r[i] * r[i];
    }
    for (Index i = 0; i < n; ++i) {
      p[static_cast<std::size_t>(i)] = -r[i] + rr_next / rr * p[static_cast<std::size_t>(i)];
    }
    iterates.push_back(x);
  }
  return iterates;
}

class QuasiNewtonOnAQuadratic : public ::testing::TestWithParam<std::string> {};

// Nocedal & Wright 2006, theorem 6.4. Rounding is amplified from step to step by the condition number at most:
// 20, over six steps of six.
TEST_P(QuasiNewtonOnAQuadratic, MakesTheIteratesOfConjugateGradientsWithExactSearchesFromTheIdentity) {
  const double kappa = 20;
  const auto problem = rotated_quadratic(6, kappa);
  Matrix A(6, 6);
  problem->hessian(problem->start(), A);
  const std::vector<Vector> expected = conjugate_gradient_iterates(*problem, A, 6);

  const auto solver = all_solvers().make(GetParam());
  Oracle f(*problem);
  ASSERT_FALSE(solver->start(f, problem->start()));
  for (std::size_t k = 1; k < expected.size(); ++k) {
    ASSERT_FALSE(solver->step(f).stop);
    EXPECT_LE((solver->current().x - expected[k]).norm(), 1000 * epsilon * kappa * expected[0].norm()) << k;
  }
}

TEST_P(QuasiNewtonOnAQuadratic, EndsAfterNSteps) {
  const auto problem = rotated_quadratic(6, 20);
  const auto solver = all_solvers().make(GetParam());
  const Result result = minimize(*problem, *solver, {.limits = {.gradient_tolerance = 1e-11}});
  EXPECT_EQ(result.stop, StopReason::gradient_tolerance);
  EXPECT_EQ(result.iterations, 6);
}

INSTANTIATE_TEST_SUITE_P(All, QuasiNewtonOnAQuadratic,
                         ::testing::Values("bfgs:line_search=exact,initial_scaling=false",
                                           "lbfgs:line_search=exact,initial_scaling=false,memory=10",
                                           "lbfgs:line_search=exact,initial_scaling=false,memory=6",
                                           "lbfgs:line_search=exact,initial_scaling=false,memory=1"),
                         [](const auto& choice) {
                           const std::string text = choice.param;
                           return text.substr(0, text.find(':')) +
                                  (text.find("memory") == std::string::npos
                                       ? ""
                                       : "_memory_" + text.substr(text.rfind('=') + 1));
                         });

class EverySearchAndScaling
    : public ::testing::TestWithParam<std::tuple<std::pair<std::string, LineSearchKind>, bool>> {
 protected:
  QuasiNewtonOptions options() const { return {std::get<0>(GetParam()).second, std::get<1>(GetParam())}; }
};

// (6.5) and the paragraph after (6.17).
TEST_P(EverySearchAndScaling, LeavesBfgsWithTheSecantEquationAndAPositiveDefiniteMatrix) {
  Rosenbrock problem;
  Bfgs bfgs(options());
  Oracle f(problem);
  ASSERT_FALSE(bfgs.start(f, problem.start()));
  int updates = 0;
  for (int k = 0; k < 20; ++k) {
    const Point before = bfgs.current();
    const Matrix H_before = bfgs.inverse_hessian();
    ASSERT_FALSE(bfgs.step(f).stop);
    const Vector s = bfgs.current().x - before.x;
    const Vector y = bfgs.current().gradient - before.gradient;
    const Matrix H = bfgs.inverse_hessian();
    EXPECT_EQ(H, H.transpose());
    const Vector eigenvalues = Eigen::SelfAdjointEigenSolver<Matrix>(H).eigenvalues();
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

TEST_P(EverySearchAndScaling, SolvesRosenbrockByBoth) {
  const Rosenbrock problem;
  LbfgsOptions limited;
  static_cast<QuasiNewtonOptions&>(limited) = options();
  Bfgs bfgs(options());
  Lbfgs lbfgs(limited);
  for (Solver* solver : {static_cast<Solver*>(&bfgs), static_cast<Solver*>(&lbfgs)}) {
    const Result result =
        minimize(problem, *solver, {.limits = {.max_iterations = 200, .gradient_tolerance = 1e-10}});
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

TEST(QuasiNewton, LeavesTheIterateWhereTheLineSearchFails) {
  const auto fall = testing::on_the_line(
      0, [](double x) { return -x; }, [](double) { return -1.0; });
  Bfgs bfgs;
  Oracle f(fall);
  ASSERT_FALSE(bfgs.start(f, fall.start()));
  EXPECT_EQ(bfgs.step(f).stop, StopReason::line_search_failed);
  EXPECT_EQ(bfgs.current().x[0], 0);
  EXPECT_EQ(bfgs.current().value, 0);
}

}  // namespace
}  // namespace optbed
