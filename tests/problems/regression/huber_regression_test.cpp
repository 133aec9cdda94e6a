#include "problems/regression/huber_regression.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"
#include "problems/regression/linear_regression.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::huber_regression_test {
namespace {

using testing::epsilon;

// The location of 1, 2 and 6: for a small delta the median, where the slopes 1/2, 0 and -1/2 cancel;
// f = (0.5 (1 - 0.25) + 0 + 0.5 (4 - 0.25))/3.
TEST(HuberRegression, IsTheMedianWhereTheLossIsNearlyTheAbsoluteError) {
  const HuberRegression problem(Matrix::Ones(3, 1), Vector{{1, 2, 6}}, 0.5, 0);
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], 2, 10 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, 0.75, 10 * epsilon);
}

// Where every residual is below delta, f is (1/(2m)) times the sum of squares.
TEST(HuberRegression, IsLeastSquaresForALargeDelta) {
  Random random(5);
  const Matrix X = random.normal_matrix(30, 4);
  const Vector y = random.normal_matrix(30, 1);
  const HuberRegression robust(X, y, 1e3, 0);
  const LinearRegression squares(X, y);
  EXPECT_LE((robust.facts().minimisers.at(0).value - squares.facts().minimisers.at(0).value).norm(), 1e-13);
  EXPECT_NEAR(robust.facts().minimum->value, squares.facts().minimum->value / 60, 100 * epsilon);
  EXPECT_NEAR(robust.facts().lipschitz->value, squares.facts().lipschitz->value / 60, 100 * epsilon * 10);
}

// The influence of an outlier is bounded: from some distance on it moves the minimiser no further.
TEST(HuberRegression, DoesNotFollowAnOutlier) {
  Random random(5);
  const Matrix X = random.normal_matrix(30, 4);
  Vector y = random.normal_matrix(30, 1);
  y[3] = 1e3;
  const HuberRegression near(X, y, 1, 0);
  y[3] = 1e6;
  const HuberRegression far(X, y, 1, 0);
  EXPECT_LE((near.facts().minimisers.at(0).value - far.facts().minimisers.at(0).value).norm(), 1e-13);
}

TEST(HuberRegression, IsStronglyConvexOnlyByItsRegularisation) {
  EXPECT_FALSE(HuberRegression().facts().strong_convexity);
  const HuberRegression problem({.kappa = 20});
  EXPECT_NEAR(*problem.facts().condition_number(), 20, 1000 * epsilon);
  const Vector far = Vector::Constant(10, 1e6);
  EXPECT_NEAR(testing::eigenvalues_at(problem, far).minCoeff(), problem.facts().strong_convexity->value,
              100 * epsilon);
}

TEST(HuberRegression, RefusesDataThatDoNotFit) {
  const Matrix X = Matrix::Ones(3, 2);
  EXPECT_NO_THROW(HuberRegression(X, Vector::Ones(3), 1, 0));
  EXPECT_THROW(HuberRegression(X, Vector::Ones(2), 1, 0), UsageError);
  EXPECT_THROW(HuberRegression(X, Vector::Ones(3), 0, 0), UsageError);
  EXPECT_THROW(HuberRegression(X, Vector::Ones(3), 1, -1), UsageError);
  EXPECT_THROW(HuberRegression(Matrix(0, 2), Vector(0), 1, 0), UsageError);
}

}  // namespace
}  // namespace optbed::huber_regression_test
