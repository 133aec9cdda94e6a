#include "solvers/line_search/exact.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/quadratic/quadratic.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::exact_test {
namespace {

using testing::FunctionProblem;

struct Fixture {
  explicit Fixture(const Problem& problem) : f(problem) {
    from.resize(problem.dimension());
    trial.resize(problem.dimension());
    from.x = problem.start();
    EXPECT_TRUE(f.evaluate(from));
    search.start(problem.dimension());
  }

  Oracle f;
  Exact search;
  Point from;
  Point trial;
};

// From (kappa, 1) on diag(1, kappa) steepest descent takes alpha = 2/(1 + kappa) (Boyd & Vandenberghe 2004,
// section 9.3.2).
TEST(ExactLineSearch, TakesTheClosedFormOnAQuadraticWithOneHessianVectorProduct) {
  const double kappa = 100;
  const DiagonalQuadratic problem(Vector{{1, kappa}}, Vector::Zero(2));
  Fixture t(problem);
  t.from.x = Vector{{kappa, 1}};
  ASSERT_TRUE(t.f.evaluate(t.from));
  const EvaluationCounts before = t.f.counts();
  const LineSearchResult result = t.search.search(t.f, t.from, -t.from.gradient, 1, t.trial);
  ASSERT_FALSE(result.failure);
  EXPECT_NEAR(result.step, 2 / (1 + kappa), 4 * std::numeric_limits<double>::epsilon());
  EXPECT_EQ(t.f.counts().hessian_vector - before.hessian_vector, 1);
  EXPECT_EQ(t.f.counts().gradient - before.gradient, 1);
  EXPECT_EQ(t.f.counts().total() - before.total(), 2);
}

TEST(ExactLineSearch, LeavesSuccessiveGradientsOrthogonalOnAQuadratic) {
  QuadraticOptions options;
  options.n = 10;
  options.kappa = 100;
  options.rotation = Rotation::random;
  const auto problem = make_quadratic(options);
  Fixture t(*problem);
  for (int k = 0; k < 20; ++k) {
    const Vector d = -t.from.gradient;
    ASSERT_FALSE(t.search.search(t.f, t.from, d, 1, t.trial).failure);
    EXPECT_LE(std::abs(t.trial.gradient.dot(t.from.gradient)),
              1e-12 * t.trial.gradient.norm() * t.from.gradient.norm());
    swap(t.from, t.trial);
  }
}

TEST(ExactLineSearch, FindsTheRootOfTheSlopeWhereTheFunctionIsNoQuadratic) {
  // e^x - 10 x from 0: the minimiser is log 10.
  const FunctionProblem problem = testing::on_the_line(
      0, [](double x) { return std::exp(x) - 10 * x; }, [](double x) { return std::exp(x) - 10; });
  for (const double initial_step : {1e-6, 1.0, 1e6}) {
    Fixture t(problem);
    const LineSearchResult result = t.search.search(t.f, t.from, Vector::Ones(1), initial_step, t.trial);
    ASSERT_FALSE(result.failure);
    EXPECT_NEAR(result.step, std::log(10), 4 * std::numeric_limits<double>::epsilon());
  }
}

TEST(ExactLineSearch, AgreesWithTheClosedFormOnAQuadraticThatIsNotDeclaredOne) {
  const Matrix A{{4, 1}, {1, 3}};
  const FunctionProblem undeclared = testing::quadratic_form(A, Vector{{1, 2}}, Vector{{2, 1}});
  Fixture t(undeclared);
  const Vector d = -t.from.gradient;
  const LineSearchResult result = t.search.search(t.f, t.from, d, 1, t.trial);
  ASSERT_FALSE(result.failure);
  EXPECT_NEAR(result.step, d.squaredNorm() / d.dot(A * d), 1e-14);
}

TEST(ExactLineSearch, AcceptsAKinkWhereTheSlopeJumpsOverZero) {
  const FunctionProblem kink = testing::on_the_line(
      0, [](double x) { return std::abs(x - 0.3); }, [](double x) { return x < 0.3 ? -1.0 : 1.0; });
  Fixture t(kink);
  const LineSearchResult result = t.search.search(t.f, t.from, Vector::Ones(1), 1, t.trial);
  ASSERT_FALSE(result.failure);
  EXPECT_NEAR(result.step, 0.3, 2 * std::numeric_limits<double>::epsilon());
}

TEST(ExactLineSearch, SaysThatAQuadraticFallsForEverAlongNegativeCurvature) {
  const DiagonalQuadratic saddle(Vector{{1, -1}}, Vector::Zero(2));
  Fixture t(saddle);
  const LineSearchResult result = t.search.search(t.f, t.from, Vector{{0, 1}}, 1, t.trial);
  EXPECT_EQ(result.failure, StopReason::diverged);
}

}  // namespace
}  // namespace optbed::exact_test
