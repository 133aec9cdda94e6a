#include "analysis/spectrum/spectral_density.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/random.hpp"
#include "tests/analysis/spectrum/test_matrices.hpp"

namespace optbed::spectral_density_test {
namespace {

using testing_matrices::diagonal;

// With n steps the quadrature is exact: weights are the squares of z's components, all alike for random signs.
TEST(SpectralDensity, IsExactForAMatrixWithFewDistinctEigenvalues) {
  Vector d = Vector::Ones(40);
  d.tail(10).setConstant(3);
  const SpectralDensity density(diagonal(d), 40, 4, 2, 1);
  EXPECT_NEAR(density.share(0, 2).value, 0.75, 1e-12);
  EXPECT_NEAR(density.cumulative(3.5).value, 1, 1e-12);
  EXPECT_NEAR(density.cumulative(0.5).value, 0, 1e-12);
  EXPECT_NEAR(density.share(2, 4).standard_error, 0, 1e-12);
}

// m steps integrate polynomials up to the degree 2 m - 1 exactly for each z (Golub & Meurant 2010,
// theorem 6.2); for random signs and a diagonal matrix z'p(A)z/n is the mean of p without any scatter.
TEST(SpectralDensity, IntegratesPolynomialsExactly) {
  const Vector d = Vector::LinSpaced(200, -1, 2);
  const SpectralDensity density(diagonal(d), 200, 3, 4, 5);
  const auto seventh = [](double t) { return std::pow(t, 7) - 3 * t * t + 1; };
  EXPECT_NEAR(density.mean(seventh).value, d.unaryExpr(seventh).mean(), 1e-11);
}

// n = 300 with a random orthogonal reflection, so that probes scatter: within four standard errors and the
// resolution of 30 nodes.
TEST(SpectralDensity, TheErrorBarsHoldTheTrueShare) {
  const Index n = 300;
  const Vector d = Vector::LinSpaced(n, 0, 1);
  Random random(3);
  const Vector u = random.normal_matrix(n, 1).col(0).normalized();
  const auto reflect = [&](const Vector& v) -> Vector { return v - 2 * u.dot(v) * u; };
  const SymmetricProduct product = [&](const Vector& v, Vector& Av) {
    Av = reflect(d.cwiseProduct(reflect(v)));
  };
  const SpectralDensity density(product, n, 20, 60, 9);
  for (const double t : {0.25, 0.5, 0.75}) {
    const Estimate below = density.cumulative(t);
    EXPECT_NEAR(below.value, t, 4 * below.standard_error + 1.0 / 60);
    EXPECT_NEAR(density.density(t, 0.05).value, 1, 0.15);
  }
  EXPECT_GE(density.least_node(), -1e-12);
  EXPECT_LE(density.greatest_node(), 1 + 1e-12);
}

TEST(Hutchinson, IsExactForADiagonalMatrix) {
  const Vector d = Vector::LinSpaced(50, -3, 9);
  const TraceEstimates estimates = hutchinson(diagonal(d), 50, 2, 4);
  EXPECT_NEAR(estimates.trace.value, d.sum(), 1e-11);
  EXPECT_NEAR(estimates.trace.standard_error, 0, 1e-11);
  EXPECT_NEAR(estimates.frobenius_norm.value, d.norm(), 1e-11);
}

// A = ones(n, n): trace n, |A|_F = n, and z'Az = (sum z)^2 has variance 2 n (n - 1) for random signs.
TEST(Hutchinson, ScattersAsItsStandardErrorSays) {
  const Index n = 30;
  const SymmetricProduct ones = [](const Vector& v, Vector& Av) { Av.setConstant(v.sum()); };
  const int probes = 4000;
  const TraceEstimates estimates = hutchinson(ones, n, probes, 11);
  const double deviation = std::sqrt(2.0 * n * (n - 1) / probes);
  EXPECT_NEAR(estimates.trace.standard_error, deviation, 0.15 * deviation);
  EXPECT_NEAR(estimates.trace.value, n, 4 * deviation);
  EXPECT_NEAR(estimates.frobenius_norm.value, n, 4 * estimates.frobenius_norm.standard_error);
}

TEST(MeanOf, OneSampleHasNoError) {
  EXPECT_TRUE(std::isinf(mean_of({3}).standard_error));
  EXPECT_DOUBLE_EQ(mean_of({1, 3}).value, 2);
  EXPECT_DOUBLE_EQ(mean_of({1, 3}).standard_error, 1);
}

}  // namespace
}  // namespace optbed::spectral_density_test
