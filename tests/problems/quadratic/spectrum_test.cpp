#include "problems/quadratic/spectrum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/problems/verified.hpp"

namespace optbed::spectrum_test {
namespace {

using testing::epsilon;

TEST(Spectrum, IsEvenInTheLogarithm) {
  const Vector lambda = spectrum_of(Spectrum::log, 5, 1e4);
  const Vector expected{{1, 10, 100, 1000, 1e4}};
  for (Index i = 0; i < 5; ++i) EXPECT_NEAR(lambda[i], expected[i], 10 * epsilon * expected[i]);
}

TEST(Spectrum, IsEven) { EXPECT_EQ(spectrum_of(Spectrum::linear, 5, 9), (Vector{{1, 3, 5, 7, 9}})); }

TEST(Spectrum, HasTwoPoints) {
  EXPECT_EQ(spectrum_of(Spectrum::two_point, 4, 9), (Vector{{1, 1, 9, 9}}));
  EXPECT_EQ(spectrum_of(Spectrum::two_point, 5, 9), (Vector{{1, 1, 9, 9, 9}}));
}

TEST(Spectrum, HasThreeClustersOfAThousandth) {
  const Vector lambda = spectrum_of(Spectrum::clustered, 12, 100);
  const double centres[] = {1, 10, 100};
  for (Index i = 0; i < 12; ++i) {
    const double centre = centres[i / 4];
    EXPECT_LE(std::abs(lambda[i] / centre - 1), 1e-3) << i;
    if (i > 0) {
      EXPECT_GT(lambda[i], lambda[i - 1]) << i;
    }
  }
}

TEST(Spectrum, AscendsFromOneToKappa) {
  for (const Spectrum spectrum : {Spectrum::log, Spectrum::linear, Spectrum::clustered, Spectrum::two_point}) {
    EXPECT_EQ(spectrum_of(spectrum, 1, 7), Vector::Ones(1));
    for (const double kappa : {1.0, 1.0005, 2.0, 1e12}) {
      for (const Index n : {2, 3, 4, 17}) {
        const Vector lambda = spectrum_of(spectrum, n, kappa);
        EXPECT_EQ(lambda[0], 1);
        EXPECT_EQ(lambda[n - 1], kappa);
        for (Index i = 1; i < n; ++i) EXPECT_GE(lambda[i], lambda[i - 1]);
      }
    }
  }
}

TEST(RandomOrthonormal, HasOrthonormalColumns) {
  Random random(5);
  const Matrix Q = random_orthonormal(9, 4, random);
  ASSERT_EQ(Q.rows(), 9);
  EXPECT_LE((Q.transpose() * Q - Matrix::Identity(4, 4)).norm(), 100 * epsilon);
}

// The entries of a uniformly random orthogonal n x n matrix have mean 0 and variance 1/n: a thousand means of
// them lie within 4.5 sqrt(1/(1000 n)). A QR factorisation without its signs made positive has a mean far from
// 0 in the first column.
TEST(RandomOrthonormal, HasEntriesOfMeanZeroAndVarianceOneOverN) {
  constexpr int draws = 1000;
  Matrix mean = Matrix::Zero(3, 3);
  Matrix square = Matrix::Zero(3, 3);
  Random random(1);
  for (int k = 0; k < draws; ++k) {
    const Matrix Q = random_orthonormal(3, 3, random);
    mean += Q / draws;
    square += Q.cwiseAbs2() / draws;
  }
  EXPECT_LE(mean.cwiseAbs().maxCoeff(), 4.5 * std::sqrt(1.0 / (3 * draws)));
  // An entry's square has the variance 3/(n(n+2)) - 1/n^2 = 4/45.
  EXPECT_LE((square.array() - 1.0 / 3).abs().maxCoeff(), 4.5 * std::sqrt(4.0 / 45 / draws));
}

}  // namespace
}  // namespace optbed::spectrum_test
