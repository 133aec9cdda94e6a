#include "solvers/global/principal_axes.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "problems/random.hpp"

namespace optbed::principal_axes_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

Vector squared_and_sorted(Vector lengths) {
  std::sort(lengths.begin(), lengths.end());
  return lengths.array().square();
}

Matrix random_covariance(Index n, std::uint64_t seed) {
  Random random(seed);
  const Matrix A = random.normal_matrix(n, 2 * n);
  return A * A.transpose();
}

// Both are backward stable: a few n eps |C|.
TEST(PrincipalAxes, AreTheEigenvectorsAndTheRootsOfTheEigenvalues) {
  for (const Index n : {1, 2, 3, 10, 40}) {
    const Matrix C = random_covariance(n, 3);
    PrincipalAxes axes;
    axes.start(n);
    ASSERT_TRUE(axes.compute(C));
    const Matrix& B = axes.directions();
    const Vector& D = axes.lengths();
    const double rounding = 20 * static_cast<double>(n + 10) * epsilon;
    EXPECT_LE((B.transpose() * B - Matrix::Identity(n, n)).norm(), rounding);
    EXPECT_LE((B * D.array().square().matrix().asDiagonal() * B.transpose() - C).norm(), rounding * C.norm());
    const Vector expected = Eigen::SelfAdjointEigenSolver<Matrix>(C).eigenvalues();
    EXPECT_LE((squared_and_sorted(D) - expected).norm(), rounding * C.norm());
  }
}

// C = S K S with K well conditioned and S = diag(1, …, 1e-12): the eigenvalues are known from those of C's
// scaled version in long double, and a method that is only backward stable has lost the small ones (Demmel &
// Veselić 1992).
TEST(PrincipalAxes, KeepSmallEigenvaluesOfAGradedMatrixToHighRelativeAccuracy) {
  const Index n = 5;
  Matrix C = random_covariance(n, 8);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) C(i, j) *= std::pow(10, -3.0 * static_cast<double>(i + j));
  }
  PrincipalAxes axes;
  axes.start(n);
  ASSERT_TRUE(axes.compute(C));
  using LongMatrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  // The smallest eigenvalue is the inverse of the largest of C^-1, which is well determined.
  const LongMatrix inverse = C.cast<long double>().inverse();
  const Eigen::SelfAdjointEigenSolver<LongMatrix> reference(inverse);
  const auto expected = static_cast<double>(1 / reference.eigenvalues().maxCoeff());
  EXPECT_NEAR(squared_and_sorted(axes.lengths())[0] / expected, 1, 1e-12);
}

TEST(PrincipalAxes, OfTheIdentityAreThoseOfTheStart) {
  PrincipalAxes axes;
  axes.start(4);
  EXPECT_EQ(axes.directions(), Matrix::Identity(4, 4));
  EXPECT_EQ(axes.lengths(), Vector::Ones(4));
  ASSERT_TRUE(axes.compute(Matrix::Identity(4, 4)));
  EXPECT_EQ(axes.directions(), Matrix::Identity(4, 4));
  EXPECT_EQ(axes.lengths(), Vector::Ones(4));
}

TEST(PrincipalAxes, AreRefusedToAMatrixThatIsNotPositiveDefinite) {
  PrincipalAxes axes;
  axes.start(2);
  EXPECT_FALSE(axes.compute(Matrix{{1, 2}, {2, 1}}));
  EXPECT_FALSE(axes.compute(Matrix{{1, 0}, {0, 0}}));
  EXPECT_FALSE(axes.compute(Matrix{{std::nan(""), 0}, {0, 1}}));
  EXPECT_TRUE(axes.compute(Matrix{{2, 1}, {1, 2}}));
}

}  // namespace
}  // namespace optbed::principal_axes_test
