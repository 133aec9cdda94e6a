#include "problems/regression/linear_regression.hpp"

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::linear_regression_test {
namespace {

using testing::epsilon;

// The normal equations (4 10; 10 30) theta = (28, 77) by hand: theta* = (3.5, 1.4), residuals -1.1, 1.3, 0.7,
// -0.9.
TEST(LinearRegression, FitsTheFourTextbookPoints) {
  const LinearRegression problem;
  const Vector& theta = problem.facts().minimisers.at(0).value;
  EXPECT_LE((theta - Vector{{3.5, 1.4}}).norm(), 100 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, 4.2, 100 * epsilon);
  Vector r(4);
  problem.residuals(Vector{{3.5, 1.4}}, r);
  EXPECT_LE((r - Vector{{-1.1, 1.3, 0.7, -0.9}}).norm(), 100 * epsilon);
}

// 2 X'X = (8 20; 20 60) has the eigenvalues 34 +- sqrt(26^2 + 20^2).
TEST(LinearRegression, KnowsTheEigenvaluesOfTheFourTextbookPoints) {
  const LinearRegression problem;
  const double root = std::sqrt(26.0 * 26 + 20 * 20);
  EXPECT_NEAR(problem.facts().lipschitz->value, 34 + root, 100 * epsilon * 67);
  EXPECT_NEAR(problem.facts().strong_convexity->value, 34 - root, 100 * epsilon * 67);
}

TEST(LinearRegression, HasTheConditionNumberThatIsAskedFor) {
  for (const double kappa : {1.0, 10.0, 1e6}) {
    const LinearRegression problem({.samples = 30, .features = 6, .kappa = kappa});
    EXPECT_NEAR(*problem.facts().condition_number(), kappa, 1000 * epsilon * kappa * std::sqrt(kappa));
  }
}

TEST(LinearRegression, FitsExactlyWithoutNoise) {
  const LinearRegression problem({.samples = 30, .features = 6, .noise = 0});
  EXPECT_LE(problem.facts().minimum->value, 30 * 1e-28);
}

// Of m samples with noise of variance s^2 and p fitted parameters, m - p degrees of freedom are left: the
// expected minimum is s^2 (m - p), with the standard deviation s^2 sqrt(2 (m - p)).
TEST(LinearRegression, LeavesTheNoise) {
  const LinearRegression problem({.samples = 1000, .features = 5, .noise = 2});
  EXPECT_NEAR(problem.facts().minimum->value, 4 * 995, 4 * 4 * std::sqrt(2 * 995.0));
}

TEST(LinearRegression, RefusesOptionsThatDoNotFit) {
  const ProblemRegistry registry = all_problems();
  EXPECT_THROW(registry.make("linear_regression:features=3"), UsageError);
  EXPECT_THROW(registry.make("linear_regression:kappa=3"), UsageError);
  EXPECT_THROW(registry.make("linear_regression:samples=3,features=4"), UsageError);
}

TEST(LinearRegression, RefusesDependentColumns) {
  EXPECT_THROW(LinearRegression(Matrix{{1, 2}, {2, 4}, {3, 6}}, Vector::Ones(3)), UsageError);
  EXPECT_THROW(LinearRegression(Matrix{{1, 2}}, Vector::Ones(1)), UsageError);
}

}  // namespace
}  // namespace optbed::linear_regression_test
