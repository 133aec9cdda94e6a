#include "problems/quadratic/poisson.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "problems/all_problems.hpp"
#include "problems/linear_system.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::poisson_test {
namespace {

using testing::epsilon;

std::unique_ptr<Problem> poisson(const std::string& options) {
  return all_problems().make("poisson:" + options);
}

Matrix matrix_of(const Problem& problem) {
  return dense_copy(dynamic_cast<const LinearSystem&>(problem).matrix());
}

TEST(Poisson, IsTheSecondDifferenceOnALine) {
  const Matrix expected{{2, -1, 0}, {-1, 2, -1}, {0, -1, 2}};
  EXPECT_EQ(matrix_of(*poisson("n=3")), expected);
  EXPECT_EQ(dynamic_cast<const LinearSystem&>(*poisson("n=3")).right_hand_side(), Vector::Ones(3));
}

// T (x) I + I (x) T, written out for the four points of a 2 x 2 grid.
TEST(Poisson, IsTheFivePointStarOnASquare) {
  const Matrix expected{{4, -1, -1, 0}, {-1, 4, 0, -1}, {-1, 0, 4, -1}, {0, -1, -1, 4}};
  EXPECT_EQ(matrix_of(*poisson("n=2,dimension=2")), expected);
}

// Golub & Van Loan 2013, section 4.8: 4 sin^2(j pi/(2(n+1))), and the sums of two of those.
TEST(Poisson, HasTheEigenvaluesOfTheClosedForm) {
  const Index n = 7;
  Vector line(n);
  for (Index j = 0; j < n; ++j) {
    line[j] = 2 - 2 * std::cos(static_cast<double>(j + 1) * std::numbers::pi / static_cast<double>(n + 1));
  }
  const auto on_line = poisson("n=7");
  EXPECT_LE((testing::eigenvalues_at(*on_line, on_line->start()) - line).norm(), 100 * epsilon);
  Vector square(n * n);
  for (Index j = 0; j < n; ++j) square.segment(j * n, n) = line.array() + line[j];
  std::sort(square.begin(), square.end());
  const auto on_square = poisson("n=7,dimension=2");
  EXPECT_LE((testing::eigenvalues_at(*on_square, on_square->start()) - square).norm(), 1000 * epsilon);
}

// One point: 6 x = 1. Two a side, by symmetry: (6 - 3) x = 1 at all eight.
TEST(Poisson, IsTheSevenPointStarInACube) {
  EXPECT_EQ(matrix_of(*poisson("n=1,dimension=3")), Matrix::Constant(1, 1, 6));
  const auto f = poisson("n=2,dimension=3");
  const Matrix A = matrix_of(*f);
  const Vector row{{6, -1, -1, 0, -1, 0, 0, 0}};
  EXPECT_EQ(A.row(0).transpose(), row);
  EXPECT_EQ(A, A.transpose());
  EXPECT_EQ(A.rowwise().sum(), Vector::Constant(8, 3));
  EXPECT_LE((f->facts().minimisers.at(0).value - Vector::Constant(8, 1.0 / 3)).norm(), 10 * epsilon);
}

TEST(Poisson, KnowsItsSolution) {
  const auto f = poisson("n=1000");
  const Vector& x = f->facts().minimisers.at(0).value;
  EXPECT_EQ(x[0], 500);
  EXPECT_EQ(x[499], 0.5 * 500 * 501);
  EXPECT_EQ(f->facts().minimum->value, -1000.0 * 1001 * 1002 / 24);
  const auto square = poisson("n=40,dimension=2");
  // |x - x*| <= |A^-1| |A x - b|, |A^-1| = 85.
  EXPECT_LE(testing::gradient_at(*square, square->facts().minimisers.at(0).value).norm(), 1e-10);
  const auto cube = poisson("n=15,dimension=3");
  EXPECT_LE(testing::gradient_at(*cube, cube->facts().minimisers.at(0).value).norm(), 1e-11);
}

TEST(Poisson, BoundsItsSize) {
  EXPECT_FALSE(poisson("n=301,dimension=2")->facts().minimum);
  EXPECT_THROW(poisson("n=10000001"), UsageError);
  EXPECT_THROW(poisson("n=3163,dimension=2"), UsageError);
  EXPECT_THROW(poisson("n=216,dimension=3"), UsageError);
  EXPECT_THROW(poisson("dimension=4"), UsageError);
}

}  // namespace
}  // namespace optbed::poisson_test
