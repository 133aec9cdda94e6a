#include "solvers/newton/symmetric_eigenvectors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "problems/decompositions.hpp"
#include "problems/random.hpp"

namespace optbed::symmetric_eigenvectors_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

void expect_decomposed(const Matrix& A) {
  const Index n = A.rows();
  SymmetricEigenvectors eigen;
  eigen.start(n);
  ASSERT_TRUE(eigen.compute(A));
  const Matrix& Q = eigen.vectors();
  // Some ten rotations an element, each with a rounding of its own.
  const double tolerance = 100 * static_cast<double>(n) * epsilon;
  EXPECT_LE((Q.transpose() * Q - Matrix::Identity(n, n)).norm(), tolerance);
  EXPECT_LE((A * Q - Q * eigen.values().asDiagonal()).norm(), tolerance * A.norm());
  Vector ascending = eigen.values();
  std::sort(ascending.begin(), ascending.end());
  EXPECT_LE((ascending - *symmetric_eigenvalues(A)).norm(), tolerance * A.norm());
}

TEST(SymmetricEigenvectors, DecomposeRandomMatrices) {
  Random random(3);
  for (const Index n : {1, 2, 3, 10, 60}) {
    const Matrix G = random.normal_matrix(n, n);
    expect_decomposed(G + G.transpose());
    expect_decomposed(G * Vector::LinSpaced(n, -1, 1).asDiagonal() * G.transpose());
  }
}

TEST(SymmetricEigenvectors, DecomposeMatricesWithEqualAndWithZeroEigenvalues) {
  expect_decomposed(Matrix::Zero(4, 4));
  expect_decomposed(Matrix::Identity(4, 4));
  expect_decomposed(Matrix::Ones(5, 5));
  expect_decomposed(Matrix{{0, 1}, {1, 0}});
  expect_decomposed(Matrix{{1e-200, 1e-201}, {1e-201, -1e-200}});
}

// tridiag(-1, 2, -1) has the eigenvalues 2 - 2 cos(k pi/(n+1)).
TEST(SymmetricEigenvectors, MeetTheClosedFormOfTheSecondDifference) {
  const Index n = 20;
  Matrix A = Matrix::Zero(n, n);
  A.diagonal().setConstant(2);
  A.diagonal(1).setConstant(-1);
  A.diagonal(-1).setConstant(-1);
  SymmetricEigenvectors eigen;
  eigen.start(n);
  ASSERT_TRUE(eigen.compute(A));
  Vector ascending = eigen.values();
  std::sort(ascending.begin(), ascending.end());
  for (Index k = 0; k < n; ++k) {
    EXPECT_NEAR(ascending[k], 2 - 2 * std::cos(static_cast<double>(k + 1) * std::numbers::pi / 21), 1e-13);
  }
}

TEST(SymmetricEigenvectors, RefuseNumbersThatAreNotFinite) {
  SymmetricEigenvectors eigen;
  eigen.start(2);
  EXPECT_FALSE(eigen.compute(Matrix{{1, std::nan("")}, {std::nan(""), 1}}));
}

}  // namespace
}  // namespace optbed::symmetric_eigenvectors_test
