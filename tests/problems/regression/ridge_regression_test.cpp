#include "problems/regression/ridge_regression.hpp"

#include <gtest/gtest.h>

#include "problems/decompositions.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::ridge_regression_test {
namespace {

using testing::epsilon;

// f = ((w-1)^2 + (w-3)^2)/4 + w^2/2, f' = 2 w - 2.
TEST(RidgeRegression, FitsTwoPointsByHand) {
  const RidgeRegression problem(Matrix::Ones(2, 1), Vector{{1, 3}}, 1);
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], 1, 10 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, 1.5, 10 * epsilon);
  EXPECT_NEAR(problem.facts().strong_convexity->value, 2, 10 * epsilon);
}

// (X'X/m + lambda I) w = X'y/m by LU factorisation, with more samples than features and with fewer.
TEST(RidgeRegression, SolvesTheNormalEquations) {
  Random random(3);
  for (const Index m : {20, 3}) {
    const Matrix X = random.normal_matrix(m, 6);
    const Vector y = random.normal_matrix(m, 1);
    const RidgeRegression problem(X, y, 0.3);
    const auto samples = static_cast<double>(m);
    const Matrix H = X.transpose() * X / samples + 0.3 * Matrix::Identity(6, 6);
    EXPECT_LE((problem.facts().minimisers.at(0).value - solve(H, X.transpose() * y / samples)).norm(), 1e-13);
    const Vector lambda = testing::eigenvalues_at(problem, problem.start());
    EXPECT_NEAR(problem.facts().strong_convexity->value, lambda.minCoeff(), 100 * epsilon);
    EXPECT_NEAR(problem.facts().lipschitz->value, lambda.maxCoeff(), 1000 * epsilon);
  }
}

TEST(RidgeRegression, HasTheSpectrumThatIsAskedForWhateverLambda) {
  for (const double lambda : {1e-6, 0.5, 1.0}) {
    const RidgeRegression problem({.features = 3, .lambda = lambda, .kappa = 1e4});
    EXPECT_NEAR(problem.facts().strong_convexity->value, 1, 1000 * epsilon * 1e2);
    EXPECT_NEAR(problem.facts().lipschitz->value, 1e4, 1000 * epsilon * 1e4);
    EXPECT_LE((testing::eigenvalues_at(problem, problem.start()) - Vector{{1, 100, 1e4}}).norm(), 1e-9);
  }
}

TEST(RidgeRegression, RefusesOptionsThatDoNotFit) {
  const auto table = RidgeRegression::option_table();
  EXPECT_THROW(table.parse("ridge_regression", {{"samples", "3"}, {"features", "4"}}), UsageError);
  EXPECT_THROW(table.parse("ridge_regression", {{"lambda", "2"}}), UsageError);
}

}  // namespace
}  // namespace optbed::ridge_regression_test
