#include "problems/convex/smooth/boyd_9_21.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/errors.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::boyd_9_21_test {
namespace {

// -log(1 - x) - log(2 + x) + x on (-2, 1), of which the derivative 1/(1-x) - 1/(2+x) + 1 vanishes where
// x^2 - x - 3 = 0: x = (1 - sqrt(13))/2.
TEST(Boyd921, FindsAnAnalyticCentreThatIsKnown) {
  const Boyd921 problem(Matrix{{1, -1}}, Vector{{1, 2}}, Vector::Ones(1));
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], (1 - std::sqrt(13)) / 2, 1e-15);
  EXPECT_NEAR(problem.value(Vector{{0.5}}), -std::log(0.5) - std::log(2.5) + 0.5, 1e-15);
}

TEST(Boyd921, IsInfiniteOutsideOfThePolyhedron) {
  const Boyd921 problem(Matrix{{1, -1}}, Vector{{1, 2}}, Vector::Ones(1));
  Vector g(1);
  for (const double x : {1.0, 1.5, -2.0, -3.0}) {
    EXPECT_EQ(problem.value(Vector::Constant(1, x)), std::numeric_limits<double>::infinity());
    EXPECT_EQ(problem.gradient(Vector::Constant(1, x), g), std::numeric_limits<double>::infinity());
  }
}

TEST(Boyd921, KnowsItsMinimiserInTheSizeOfTheBook) {
  const Boyd921 problem;
  ASSERT_EQ(problem.dimension(), 100);
  const Vector& x = problem.facts().minimisers.at(0).value;
  EXPECT_LE(testing::gradient_at(problem, x).norm(),
            1e-14 * testing::hessian_at(problem, x).norm() * (1 + x.norm()));
}

// f(T x), T = diag(gamma^(i/n)).
TEST(Boyd921, ChangesItsCoordinatesByGamma) {
  const Boyd921 original({.n = 4, .m = 20});
  const Boyd921 scaled({.n = 4, .m = 20, .gamma = 16});
  const Vector T{{1, 2, 4, 8}};
  const Vector x{{0.01, -0.02, 0.005, 0.001}};
  EXPECT_NEAR(scaled.value(x), original.value(T.cwiseProduct(x)), 1e-13);
  EXPECT_EQ(scaled.facts().minimum->value, original.facts().minimum->value);
  EXPECT_LE(
      (T.cwiseProduct(scaled.facts().minimisers.at(0).value) - original.facts().minimisers.at(0).value).norm(),
      1e-15);
}

// One inequality in two dimensions: f falls for ever along its border.
TEST(Boyd921, PromisesNoMinimumWhereThereIsNone) {
  const Boyd921 problem(Matrix{{1}, {0}}, Vector{{1}}, Vector{{1, 1}});
  EXPECT_FALSE(problem.facts().minimum);
  EXPECT_FALSE(problem.facts().bounded_below);
}

TEST(Boyd921, RefusesDataThatDoNotFit) {
  const Matrix A{{1, -1}};
  EXPECT_THROW(Boyd921(A, Vector::Ones(3), Vector::Ones(1)), UsageError);
  EXPECT_THROW(Boyd921(A, Vector::Ones(2), Vector::Ones(2)), UsageError);
  EXPECT_THROW(Boyd921(A, Vector{{1, 0}}, Vector::Ones(1)), UsageError);
  EXPECT_THROW(Boyd921(Matrix(1, 0), Vector(0), Vector::Ones(1)), UsageError);
}

}  // namespace
}  // namespace optbed::boyd_9_21_test
