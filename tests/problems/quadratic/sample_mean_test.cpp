#include "problems/quadratic/sample_mean.hpp"

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::sample_mean_test {
namespace {

using testing::epsilon;

// The points 1, 2, 6 with lambda = 2: f(0) = (1 + 4 + 36)/3, f'(0) = -2 * 3, f* = f(3) = (4 + 1 + 9)/3, and the
// variance of 2 (x - a_i) is 4 * 14/3.
TEST(SampleMean, HasTheValuesOfThreePointsOnTheLine) {
  const SampleMean problem(Matrix{{1, 2, 6}}, Vector{{2}});
  Vector g(1);
  EXPECT_NEAR(problem.gradient(Vector::Zero(1), g), 41.0 / 3, 100 * epsilon);
  EXPECT_NEAR(g[0], -6, 100 * epsilon);
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], 3, 10 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, 14.0 / 3, 10 * epsilon);
  EXPECT_NEAR(problem.facts().sample_variance->value, 56.0 / 3, 100 * epsilon);
}

// deviation^2 in each of the coordinates, whatever their curvature; the mean is at 0 up to N roundings.
TEST(SampleMean, HasTheVarianceThatIsAskedFor) {
  const SampleMean problem({.samples = 50, .eigenvalues = {1, 10, 100}, .deviation = 0.3});
  EXPECT_NEAR(problem.facts().sample_variance->value, 3 * 0.09, 50 * epsilon);
  EXPECT_LE(problem.facts().minimisers.at(0).value.norm(), 50 * epsilon);
  for (Index j = 0; j < 3; ++j) {
    const Vector lambda = Vector{{1, 10, 100}};
    const double second_moment = problem.points().row(j).squaredNorm() / 50;
    EXPECT_NEAR(lambda[j] * lambda[j] * second_moment, 0.09, 50 * epsilon);
  }
}

TEST(SampleMean, RefusesWhatMakesNoSum) {
  EXPECT_THROW(SampleMean(Matrix(1, 0), Vector::Ones(1)), UsageError);
  EXPECT_THROW(SampleMean(Matrix::Ones(2, 3), Vector::Ones(3)), UsageError);
  EXPECT_THROW(SampleMean(Matrix::Ones(1, 3), Vector::Zero(1)), UsageError);
  EXPECT_THROW(all_problems().make("sample_mean:samples=1"), UsageError);
  EXPECT_THROW(all_problems().make("sample_mean:eigenvalues=1;-1"), UsageError);
}

}  // namespace
}  // namespace optbed::sample_mean_test
