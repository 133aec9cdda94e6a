#include "problems/decompositions.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace optbed::decompositions_test {
namespace {

// diag(3, 4) between rotations by the angles of (3, 4, 5), and a row of zeros below.
TEST(SingularValueDecomposition, FindsTheFactorsOfAProduct) {
  const Matrix Q{{0.6, -0.8}, {0.8, 0.6}};
  Matrix A = Matrix::Zero(3, 2);
  A.topRows(2) = Q * Vector{{3, 4}}.asDiagonal() * Q;
  for (const Matrix& B : {A, Matrix(A.transpose())}) {
    const auto [U, s, V] = singular_value_decomposition(B);
    EXPECT_LE((s - Vector{{4, 3}}).norm(), 1e-14);
    EXPECT_LE((U * s.asDiagonal() * V.transpose() - B).norm(), 1e-14);
  }
  EXPECT_LE((singular_values(A.topRows(2)) - Vector{{4, 3}}).norm(), 1e-14);
}

TEST(SingularValueDecomposition, IsNoNumberOfAMatrixThatIsNotFinite) {
  for (const double wrong :
       {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const Matrix A{{1, 2}, {3, wrong}};
    EXPECT_TRUE(singular_values(A).array().isNaN().all());
    EXPECT_TRUE(singular_value_decomposition(A).s.array().isNaN().all());
    EXPECT_TRUE(least_squares_solution(A, Vector::Ones(2)).array().isNaN().all());
  }
}

TEST(NumericalRank, CountsWhatIsMoreThanRounding) {
  EXPECT_EQ(numerical_rank(Vector{{1, 1e-15, 1e-16}}, 3), 2);
  EXPECT_EQ(numerical_rank(Vector{{1, 1e-15, 1e-16}}, 100), 1);
  EXPECT_EQ(numerical_rank(Vector::Zero(2), 2), 0);
}

}  // namespace
}  // namespace optbed::decompositions_test
