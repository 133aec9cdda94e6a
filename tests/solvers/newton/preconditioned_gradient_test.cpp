#include "solvers/newton/preconditioned_gradient.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "problems/classic/saddle.hpp"
#include "problems/problem.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::preconditioned_gradient_test {
namespace {

std::unique_ptr<Problem> rotated_quadratic() {
  QuadraticOptions options;
  options.n = 6;
  options.kappa = 100;
  options.rotation = Rotation::random;
  options.shift = {0.5};
  return make_quadratic(options);
}

// f(A^-1/2 w) for a problem f with Hessian A: its gradient is A^-1/2 g.
TEST(PreconditionedGradient, IsGradientDescentInWhitenedCoordinates) {
  const auto problem = rotated_quadratic();
  Matrix A(6, 6);
  problem->hessian(problem->start(), A);
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(A);
  const Matrix root = eigen.operatorSqrt();
  const Matrix inverse_root = eigen.operatorInverseSqrt();
  const testing::FunctionProblem whitened(root * problem->start(), [&](const Vector& w, Vector& g) {
    Vector gradient(6);
    const double value = problem->gradient(inverse_root * w, gradient);
    g = inverse_root * gradient;
    return value;
  });
  for (const double eta : {0.3, 1.0, 1.7}) {
    PreconditionedGradient preconditioned({.learning_rate = eta});
    GradientDescentOptions plain;
    plain.learning_rate = eta;
    GradientDescent descent(plain);
    Oracle f(*problem);
    Oracle h(whitened);
    ASSERT_FALSE(preconditioned.start(f, problem->start()));
    ASSERT_FALSE(descent.start(h, whitened.start()));
    for (int k = 0; k < 20; ++k) {
      ASSERT_FALSE(preconditioned.step(f).stop);
      ASSERT_FALSE(descent.step(h).stop);
      // The condition number of A^1/2 is 10.
      EXPECT_LE((root * preconditioned.current().x - descent.current().x).norm(), 1e-12) << eta << " " << k;
    }
  }
}

TEST(PreconditionedGradient, ContractsTheErrorOfAQuadraticByTheDistanceOfEtaFromOne) {
  const auto problem = rotated_quadratic();
  for (const double eta : {0.2, 0.9, 1.0, 1.5, 1.9, 2.1}) {
    PreconditionedGradient solver({.learning_rate = eta});
    Oracle f(*problem);
    ASSERT_FALSE(solver.start(f, problem->start()));
    double distance = *problem->facts().distance(problem->start());
    for (int k = 0; k < 5; ++k) {
      ASSERT_FALSE(solver.step(f).stop);
      distance *= std::abs(1 - eta);
      EXPECT_NEAR(*problem->facts().distance(solver.current().x), distance, 1e-13) << eta;
    }
  }
}

TEST(PreconditionedGradient, IsStableBelowTwoOnly) {
  const auto problem = rotated_quadratic();
  PreconditionedGradient below({.learning_rate = 1.99});
  EXPECT_EQ(minimize(*problem, below).stop, StopReason::gradient_tolerance);
  PreconditionedGradient above({.learning_rate = 2.01});
  EXPECT_EQ(minimize(*problem, above, {.limits = {.max_iterations = 100000}}).stop, StopReason::diverged);
}

// On a diagonal quadratic every variable has a learning rate of its own: one step.
TEST(PreconditionedGradient, SolvesASeparableQuadraticByItsDiagonalInOneStep) {
  const DiagonalQuadratic problem(Vector{{1, 10, 1000}}, Vector{{1, 2, 3}});
  PreconditionedGradient solver({.preconditioner = ScalingMatrix::diagonal});
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  ASSERT_FALSE(solver.step(f).stop);
  EXPECT_LE((solver.current().x - Vector{{1, 2, 3}}).norm(), 1e-15);
}

// A = [[1, c], [c, 1]] has the diagonal I: along (1, 1) and (1, -1) the error contracts by -c and c.
TEST(PreconditionedGradient, KnowsNothingOffItsDiagonal) {
  const auto problem = testing::quadratic_form(Matrix{{1, 0.6}, {0.6, 1}}, Vector::Zero(2), Vector{{1, 1}});
  PreconditionedGradient solver({.preconditioner = ScalingMatrix::diagonal});
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  ASSERT_FALSE(solver.step(f).stop);
  EXPECT_LE((solver.current().x - Vector{{-0.6, -0.6}}).norm(), 1e-15);
}

TEST(PreconditionedGradient, DoesNotStartWithoutAPositiveDefiniteMatrix) {
  const Saddle saddle;
  for (const ScalingMatrix preconditioner : {ScalingMatrix::hessian, ScalingMatrix::diagonal}) {
    PreconditionedGradient solver({.preconditioner = preconditioner});
    const Result result = minimize(saddle, solver);
    EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
    EXPECT_EQ(result.iterations, 0);
    EXPECT_EQ(result.x, saddle.start());
  }
}

// f = cosh x, whose Hessian falls from cosh 1 at the start to 1 at x* = 0: the error contracts by 1 - 1/cosh 1.
TEST(PreconditionedGradient, ContractsLinearlyWhereTheHessianChanges) {
  const auto problem = testing::on_the_line(
      1, [](double x) { return std::cosh(x); }, [](double x) { return std::sinh(x); },
      [](double x) { return std::cosh(x); });
  PreconditionedGradient solver;
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  double ratio = 0;
  for (int k = 0; k < 15; ++k) {
    const double before = solver.current().x[0];
    ASSERT_FALSE(solver.step(f).stop);
    ratio = solver.current().x[0] / before;
  }
  EXPECT_NEAR(ratio, 1 - 1 / std::cosh(1.0), 1e-6);
  EXPECT_EQ(f.counts().hessian, 1);
}

}  // namespace
}  // namespace optbed::preconditioned_gradient_test
