#include "analysis/spectrum/lanczos.hpp"

#include <Spectra/MatOp/SparseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/spectrum/chebyshev_filter.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "problems/random.hpp"
#include "problems/sparse_rows.hpp"
#include "tests/analysis/spectrum/test_matrices.hpp"

namespace optbed::lanczos_test {
namespace {

using testing_matrices::diagonal;
using testing_matrices::laplacian;
using testing_matrices::laplacian_eigenvalue;

// A matrix and how often it has been multiplied with.
class Counted {
 public:
  explicit Counted(Matrix A) : A_(std::move(A)) {}
  SymmetricProduct product() {
    return [this](const Vector& v, Vector& Av) {
      ++products_;
      Av.noalias() = A_ * v;
    };
  }
  long products() const { return products_; }

 private:
  Matrix A_;
  long products_ = 0;
};

// Q diag(values) Q' with a random orthogonal Q.
Matrix with_eigenvalues(const Vector& values, std::uint64_t seed) {
  Random random(seed);
  const Matrix Q = random_orthonormal(values.size(), values.size(), random);
  const Matrix A = Q * values.asDiagonal() * Q.transpose();
  return (A + A.transpose()) / 2;
}

TEST(Lanczos, FindsTheGreatestEigenvaluesOfTheLaplacian) {
  const Index n = 400;
  const EigenpairEstimates found = lanczos_eigenvalues(laplacian(n), n, {.count = 4});
  ASSERT_TRUE(found.all_converged());
  // |theta - lambda| <= |residual| <= 1e-10 |A|.
  for (Index i = 0; i < 4; ++i) EXPECT_NEAR(found.values[i], laplacian_eigenvalue(n, n - 3 + i), 4e-10);
}

TEST(Lanczos, FindsTheLeastEigenvaluesOfTheLaplacian) {
  const Index n = 400;
  const EigenpairEstimates found =
      lanczos_eigenvalues(laplacian(n), n, {.count = 4, .end = SpectrumEnd::least});
  ASSERT_TRUE(found.all_converged());
  for (Index i = 0; i < 4; ++i) EXPECT_NEAR(found.values[i], laplacian_eigenvalue(n, i + 1), 4e-10);
}

TEST(Lanczos, FindsBothEndsAtOnce) {
  const Index n = 300;
  const EigenpairEstimates found = lanczos_eigenvalues(laplacian(n), n, {.count = 2, .end = SpectrumEnd::both});
  ASSERT_EQ(found.values.size(), 4);
  ASSERT_TRUE(found.all_converged());
  for (Index i = 0; i < 2; ++i) {
    EXPECT_NEAR(found.values[i], laplacian_eigenvalue(n, i + 1), 4e-10);
    EXPECT_NEAR(found.values[2 + i], laplacian_eigenvalue(n, n - 1 + i), 4e-10);
  }
}

TEST(Lanczos, ResidualsAndVectorsAreThoseOfTheMatrix) {
  const Vector values = spectrum_of(Spectrum::log, 200, 1e4);
  const Matrix A = with_eigenvalues(values, 7);
  Counted counted(A);
  const EigenpairEstimates found = lanczos_eigenvalues(counted.product(), 200, {.count = 3});
  ASSERT_TRUE(found.all_converged());
  for (Index i = 0; i < 3; ++i) {
    const Vector y = found.vectors.col(i);
    EXPECT_NEAR(y.norm(), 1, 1e-10);
    EXPECT_NEAR((A * y - found.values[i] * y).norm(), found.residuals[i], 1e-10 * 1e4);
    EXPECT_NEAR(found.values[i], values[197 + i], 1e-10 * 1e4);
  }
}

// One starting vector sees one copy of each; the search outside of what it found sees the others.
TEST(Lanczos, FindsEveryCopyOfMultipleEigenvalues) {
  Vector d = Vector::LinSpaced(500, 0, 1);
  d.tail(3).setConstant(2);
  d[496] = 1.5;
  const EigenpairEstimates found = lanczos_eigenvalues(diagonal(d), 500, {.count = 4});
  ASSERT_TRUE(found.all_converged());
  EXPECT_NEAR(found.values[0], 1.5, 1e-9);
  for (Index i = 1; i < 4; ++i) EXPECT_NEAR(found.values[i], 2, 1e-9);
}

TEST(Lanczos, FindsAllOfASpectrumOfTwoPoints) {
  Vector d = Vector::Ones(50);
  d.tail(20).setConstant(10);
  const EigenpairEstimates found = lanczos_eigenvalues(diagonal(d), 50, {.count = 2, .end = SpectrumEnd::both});
  ASSERT_TRUE(found.all_converged());
  EXPECT_NEAR((found.values - Eigen::Vector4d(1, 1, 10, 10)).norm(), 0, 1e-9);
}

TEST(Lanczos, FindsAllEigenvaluesOfASmallMatrix) {
  const Vector values = Eigen::Vector3d(-2, 1, 5);
  Counted counted(with_eigenvalues(values, 3));
  const EigenpairEstimates found = lanczos_eigenvalues(counted.product(), 3, {.count = 7});
  ASSERT_EQ(found.values.size(), 3);
  EXPECT_NEAR((found.values - values).norm(), 0, 1e-13);
}

TEST(Lanczos, FindsTheOneEigenvalueInOneDimension) {
  for (const SpectrumEnd end : {SpectrumEnd::least, SpectrumEnd::greatest, SpectrumEnd::both}) {
    const EigenpairEstimates found = lanczos_eigenvalues(diagonal(Vector::Constant(1, -3)), 1, {.end = end});
    ASSERT_EQ(found.values.size(), 1);
    EXPECT_EQ(found.values[0], -3);
    EXPECT_TRUE(found.all_converged());
  }
}

TEST(Lanczos, DividesAnOddNumberOfEigenvaluesBetweenTheEnds) {
  const EigenpairEstimates found =
      lanczos_eigenvalues(diagonal(Eigen::Vector3d(-2, 1, 5)), 3, {.count = 2, .end = SpectrumEnd::both});
  ASSERT_EQ(found.values.size(), 3);
  EXPECT_NEAR((found.values - Eigen::Vector3d(-2, 1, 5)).norm(), 0, 1e-13);
}

TEST(Lanczos, TheZeroMatrixHasZeroEigenvalues) {
  const EigenpairEstimates found = lanczos_eigenvalues(diagonal(Vector::Zero(60)), 60, {.count = 2});
  ASSERT_TRUE(found.all_converged());
  EXPECT_EQ(found.values, Vector::Zero(2));
}

TEST(Lanczos, WhatHasNotConvergedIsToldWithItsResidual) {
  const Index n = 20000;
  const EigenpairEstimates found = lanczos_eigenvalues(laplacian(n), n, {.count = 3, .max_products = 60});
  EXPECT_FALSE(found.all_converged());
  for (Index i = 0; i < 3; ++i) {
    EXPECT_FALSE(found.converged[static_cast<std::size_t>(i)]);
    EXPECT_GT(found.residuals[i], 1e-10 * 4);
  }
}

TEST(Lanczos, AProductThatIsNotFiniteEndsIt) {
  const SymmetricProduct broken = [](const Vector& v, Vector& Av) {
    Av = v * std::numeric_limits<double>::quiet_NaN();
  };
  const EigenpairEstimates found = lanczos_eigenvalues(broken, 40, {});
  EXPECT_FALSE(found.is_finite);
  EXPECT_FALSE(found.all_converged());
}

TEST(Lanczos, StartsFromTheVectorThatIsGiven) {
  const Index n = 2000;
  const EigenpairEstimates cold = lanczos_eigenvalues(laplacian(n), n, {.looks_for_copies = false});
  long products = 0;
  const SymmetricProduct counted = [&](const Vector& v, Vector& Av) {
    ++products;
    laplacian(n)(v, Av);
  };
  LanczosSettings warm{.looks_for_copies = false};
  warm.start = cold.vectors.col(0);
  const EigenpairEstimates again = lanczos_eigenvalues(counted, n, warm);
  EXPECT_LE(products, 40);
  EXPECT_NEAR(again.values[0], laplacian_eigenvalue(n, n), 4e-10);
}

// tridiag(-1, 2 + i/n, -1), the five greatest eigenvalues to 1e-8, subspace 20, against Spectra's implicitly
// restarted Lanczos with the shifts of ARPACK. The count scatters by a tenth with the start; for n = 1e5 it is
// lower.
TEST(Lanczos, NeedsAboutAsManyProductsAsImplicitRestarts) {
  const Index n = 20000;
  SparseRows A(n, n);
  std::vector<Eigen::Triplet<double>> entries;
  for (Index i = 0; i < n; ++i) {
    entries.emplace_back(i, i, 2 + static_cast<double>(i) / static_cast<double>(n));
    if (i > 0) entries.emplace_back(i, i - 1, -1);
    if (i + 1 < n) entries.emplace_back(i, i + 1, -1);
  }
  A.setFromTriplets(entries.begin(), entries.end());
  long products = 0;
  const SymmetricProduct product = [&](const Vector& v, Vector& Av) {
    ++products;
    Av.noalias() = A * v;
  };
  const EigenpairEstimates found = lanczos_eigenvalues(
      product, n, {.count = 5, .tolerance = 1e-8, .subspace = 20, .looks_for_copies = false});
  Spectra::SparseSymMatProd<double, Eigen::Lower, Eigen::RowMajor> operation(A);
  Spectra::SymEigsSolver<decltype(operation)> reference(operation, 5, 20);
  reference.init();
  reference.compute(Spectra::SortRule::LargestAlge, 10000, 1e-8, Spectra::SortRule::SmallestAlge);
  ASSERT_TRUE(found.all_converged());
  ASSERT_EQ(reference.eigenvalues().size(), 5);
  for (Index i = 0; i < 5; ++i) EXPECT_NEAR(found.values[i], reference.eigenvalues()[i], 1e-7);
  EXPECT_LE(static_cast<double>(products), 1.1 * static_cast<double>(reference.num_operations()));
}

TEST(ChebyshevFilter, IsTheScaledPolynomialOfItsDegree) {
  // T_3(t) = 4 t^3 - 3 t with t = (lambda - 1)/1 on [0, 2], 1 at lambda = 3.
  ChebyshevFilter filter(0, 2, 3, 3.9, 10);  // acosh(2) = 1.317, so degree 3
  ASSERT_EQ(filter.degree(), 3);
  const double scale = 4 * 8 - 3 * 2;
  const Vector lambda = Eigen::Vector4d(0.25, 1, 2.5, 3);
  Vector p(4);
  filter.apply(diagonal(lambda), Vector::Ones(4), p);
  for (Index i = 0; i < 4; ++i) {
    const double t = lambda[i] - 1;
    EXPECT_NEAR(p[i], (4 * t * t * t - 3 * t) / scale, 1e-14);
    EXPECT_NEAR(filter.value(lambda[i]), p[i], 1e-14);
  }
  EXPECT_NEAR(filter.argument(p[2]), 2.5, 1e-14);
  EXPECT_NEAR(filter.slope(p[2]), (12 * 1.5 * 1.5 - 3) / scale, 1e-13);
}

TEST(ChebyshevFilter, LooksTowardsTheLeastEigenvaluesWhereTheFarEndIsTheGreatest) {
  const ChebyshevFilter filter(10, 1, -1, 2, 50);
  EXPECT_NEAR(filter.value(-1), 1, 1e-14);
  for (const double inside : {1.0, 3.0, 7.7, 10.0}) {
    EXPECT_LE(std::abs(filter.value(inside)), filter.value_at_cut() * (1 + 1e-12));
  }
  EXPECT_NEAR(filter.argument(filter.value(-0.5)), -0.5, 1e-12);
}

}  // namespace
}  // namespace optbed::lanczos_test
