#include "analysis/spectrum/hessian_spectrum.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/spectrum/critical_point.hpp"
#include "analysis/spectrum/sparse_factors.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "problems/random.hpp"
#include "tests/analysis/spectrum/test_matrices.hpp"
#include "tests/analysis/test_problems.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::hessian_spectrum_test {
namespace {

using ::testing::HasSubstr;
using testing_matrices::laplacian_eigenvalue;
using testing_problems::DiagonalForm;
using testing_problems::SparseDiagonal;
constexpr double pi = std::numbers::pi;

HessianSpectrum spectrum_at_start(const std::string& name, const SpectrumSettings& settings = {}) {
  const auto problem = all_problems().make(name);
  return hessian_spectrum(*problem, problem->start(), settings);
}

std::string error_of(const Problem& problem, const Vector& x, const SpectrumSettings& settings = {}) {
  try {
    hessian_spectrum(problem, x, settings);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

testing::FunctionProblem form(const Matrix& A) {
  const Index n = A.rows();
  return testing::quadratic_form(A, Vector::Zero(n), Vector::Zero(n));
}

// Reference matrices with known spectra, each to 1e-10 relative to the largest eigenvalue.
struct ReferenceMatrix {
  std::string name;
  Matrix A;
  Vector eigenvalues;  // ascending
};

ReferenceMatrix second_difference() {
  const Index n = 100;
  Matrix A = Matrix::Zero(n, n);
  A.diagonal().setConstant(2);
  A.diagonal(1).setConstant(-1);
  A.diagonal(-1).setConstant(-1);
  Vector values(n);
  for (Index j = 0; j < n; ++j) values[j] = laplacian_eigenvalue(n, j + 1);
  return {"second_difference", A, values};
}

// Symmetrised Clement (Kac) matrix: a_{i,i+1} = sqrt((i+1)(n-1-i)), eigenvalues -(n-1), -(n-3), …, n-1 (Clement
// 1959).
ReferenceMatrix clement() {
  const Index n = 51;
  Matrix A = Matrix::Zero(n, n);
  for (Index i = 0; i + 1 < n; ++i) {
    A(i, i + 1) = A(i + 1, i) = std::sqrt(static_cast<double>((i + 1) * (n - 1 - i)));
  }
  return {"clement", A, Vector::LinSpaced(n, -50, 50)};
}

// A random conjugation of a spectrum over six decades.
ReferenceMatrix rotated() {
  const Vector values = spectrum_of(Spectrum::log, 150, 1e6);
  Random random(12);
  const Matrix Q = random_orthonormal(150, 150, random);
  const Matrix A = Q * values.asDiagonal() * Q.transpose();
  return {"rotated", (A + A.transpose()) / 2, values};
}

// min(i, j): eigenvalues 1/(4 sin^2((2j - 1) pi/(4n + 2))), as its inverse is a second difference with one
// Neumann end (Gregory & Karney 1969).
ReferenceMatrix minimum_matrix() {
  const Index n = 80;
  Matrix A(n, n);
  Vector values(n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) A(i, j) = static_cast<double>(std::min(i, j) + 1);
    const double s = std::sin(static_cast<double>(2 * (n - i) - 1) * pi / static_cast<double>(4 * n + 2));
    values[i] = 1 / (4 * s * s);
  }
  return {"minimum", A, values};
}

class ReferenceSpectra : public ::testing::TestWithParam<ReferenceMatrix> {};

TEST_P(ReferenceSpectra, AreFoundToTenDigits) {
  const ReferenceMatrix& reference = GetParam();
  const auto problem = form(reference.A);
  const HessianSpectrum found = hessian_spectrum(problem, problem.start());
  const double largest = reference.eigenvalues.cwiseAbs().maxCoeff();
  ASSERT_TRUE(found.is_complete);
  EXPECT_LE((found.eigenvalues - reference.eigenvalues).cwiseAbs().maxCoeff(), 1e-10 * largest);
  EXPECT_NEAR(found.trace.value, reference.eigenvalues.sum(), 1e-10 * largest);
  EXPECT_NEAR(found.frobenius_norm.value, reference.eigenvalues.norm(), 1e-10 * largest);
  EXPECT_EQ(found.method, "full decomposition");
}

INSTANTIATE_TEST_SUITE_P(All, ReferenceSpectra,
                         ::testing::Values(second_difference(), clement(), rotated(), minimum_matrix()),
                         [](const auto& reference) { return reference.param.name; });

TEST(HessianSpectrum, OfALargeSparseProblemUsesShiftInvertAtTheLeastEnd) {
  const HessianSpectrum found = spectrum_at_start("poisson:n=3000", {.count = 2, .tolerance = 1e-8});
  ASSERT_TRUE(found.all_converged());
  ASSERT_EQ(found.eigenvalues.size(), 4);
  // The solves of the inverse know the least ones to about kappa roundings of themselves: 4e6 * 1e-16.
  EXPECT_NEAR(found.eigenvalues[0] / laplacian_eigenvalue(3000, 1), 1, 1e-8);
  EXPECT_NEAR(found.eigenvalues[1] / laplacian_eigenvalue(3000, 2), 1, 1e-8);
  EXPECT_NEAR(found.eigenvalues[3], laplacian_eigenvalue(3000, 3000), 4e-8);
  EXPECT_NEAR(*found.condition, laplacian_eigenvalue(3000, 3000) / laplacian_eigenvalue(3000, 1), 0.1);
  EXPECT_EQ(found.inertia.positive, 3000);
  EXPECT_EQ(found.trace.value, 6000);
  EXPECT_THAT(found.method, HasSubstr("shift-invert at 0, sparse LDL'"));
  EXPECT_GT(found.solves, 0);
}

// Copies: 4 sin^2 sums of a square grid, of which (1, 2) and (2, 1) are the same.
TEST(HessianSpectrum, FindsTheDoubleEigenvaluesOfASquareGrid) {
  const auto square = [](Index i, Index j) {
    return laplacian_eigenvalue(34, i) + laplacian_eigenvalue(34, j);
  };
  const HessianSpectrum found = spectrum_at_start("poisson:n=34,dimension=2", {.count = 3});
  ASSERT_EQ(found.eigenvalues.size(), 6);
  const double scale = found.eigenvalues[0] / square(1, 1);  // the grid's h
  for (Index i = 1; i < 3; ++i) EXPECT_NEAR(found.eigenvalues[i], scale * square(1, 2), 1e-9 * scale);
  EXPECT_NEAR(found.eigenvalues[5], scale * square(34, 34), 1e-9 * scale);
  for (Index i = 3; i < 5; ++i) EXPECT_NEAR(found.eigenvalues[i], scale * square(33, 34), 1e-8 * scale);
}

TEST(HessianSpectrum, FindsWhatIsNearestToZero) {
  const HessianSpectrum found =
      spectrum_at_start("poisson:n=2000", {.count = 2, .which = WhichEigenvalues::nearest_zero});
  ASSERT_EQ(found.eigenvalues.size(), 2);
  EXPECT_NEAR(found.eigenvalues[0] / laplacian_eigenvalue(2000, 1), 1, 1e-8);
}

TEST(HessianSpectrum, FromProductsAloneTellsBothEndsAndWhatTheyDecide) {
  Vector d = Vector::LinSpaced(1500, 1, 2);
  d[700] = 5;
  const DiagonalForm convex(d);
  const HessianSpectrum minimum = hessian_spectrum(convex, convex.start(), {.count = 1});
  EXPECT_NEAR(*minimum.least, 1, 1e-9);
  EXPECT_NEAR(*minimum.greatest, 5, 1e-9);
  EXPECT_NEAR(*minimum.condition, 5, 1e-8);
  EXPECT_EQ(minimum.nature, "minimum");
  EXPECT_NEAR(minimum.trace.value, d.sum(), 1e-9);  // exact for a diagonal matrix and random signs
  d[3] = -1;
  const DiagonalForm saddle(d);
  const HessianSpectrum found = hessian_spectrum(saddle, saddle.start(), {.count = 1});
  EXPECT_EQ(found.nature, "saddle (index at least 1)");
  EXPECT_FALSE(found.inertia.negative.has_value());
  EXPECT_FALSE(found.condition.has_value());
}

TEST(HessianSpectrum, FoldsTheSpectrumToFindWhatIsNearestToZeroFromProductsAlone) {
  Vector d = Vector::LinSpaced(1200, 1, 3);
  d.head(600) *= -1;
  d[10] = -0.25;
  d[900] = 0.5;
  const DiagonalForm problem(d);
  const HessianSpectrum found =
      hessian_spectrum(problem, problem.start(), {.count = 2, .which = WhichEigenvalues::nearest_zero});
  ASSERT_EQ(found.eigenvalues.size(), 2);
  EXPECT_NEAR(found.eigenvalues[0], -0.25, 1e-8);
  EXPECT_NEAR(found.eigenvalues[1], 0.5, 1e-8);
}

// Of H^2 every eigenvalue is double, and neither vector of its plane is one of H but for the right turn.
TEST(HessianSpectrum, TellsAnEigenvalueFromItsNegativeNearestToZero) {
  Vector d(1200);
  for (Index i = 0; i < 600; ++i) {
    d[i] = 1 + 0.005 * static_cast<double>(i);
    d[600 + i] = -d[i];
  }
  const DiagonalForm problem(d);
  const auto nearest = [&](Index count) {
    return hessian_spectrum(problem, problem.start(),
                            {.count = count, .which = WhichEigenvalues::nearest_zero});
  };
  const HessianSpectrum four = nearest(4);
  ASSERT_TRUE(four.all_converged());
  ASSERT_EQ(four.eigenvalues.size(), 4);
  EXPECT_LE((four.eigenvalues - Eigen::Vector4d(-1.005, -1, 1, 1.005)).cwiseAbs().maxCoeff(), 1e-8);
  // An odd number takes one of the next two.
  const HessianSpectrum three = nearest(3);
  ASSERT_TRUE(three.all_converged());
  ASSERT_EQ(three.eigenvalues.size(), 3);
  EXPECT_NEAR(three.eigenvalues.cwiseAbs().maxCoeff(), 1.005, 1e-8);
  EXPECT_NEAR((three.eigenvalues.array() - 1).abs().minCoeff(), 0, 1e-8);
  EXPECT_NEAR((three.eigenvalues.array() + 1).abs().minCoeff(), 0, 1e-8);
}

// Two ends of 501 among 1001 eigenvalues overlap.
TEST(HessianSpectrum, TellsNoEigenvalueTwiceWhereTheEndsOverlap) {
  const Index n = 1001;
  const HessianSpectrum found = spectrum_at_start("poisson:n=1001", {.count = 501, .tolerance = 1e-8});
  ASSERT_TRUE(found.all_converged());
  ASSERT_EQ(found.eigenvalues.size(), n);
  EXPECT_TRUE(found.is_complete);
  for (Index j = 0; j < n; ++j) ASSERT_NEAR(found.eigenvalues[j], laplacian_eigenvalue(n, j + 1), 4e-8) << j;
}

// 1/1e-309 is beyond the largest number: no solve is finite.
TEST(HessianSpectrum, TellsHowManyAreMissingWhereTheSolvesAreNotFinite) {
  const SparseDiagonal problem(Vector::Constant(1200, 1e-309));
  const HessianSpectrum found =
      hessian_spectrum(problem, problem.start(), {.count = 3, .which = WhichEigenvalues::smallest});
  EXPECT_FALSE(found.all_converged());
  EXPECT_EQ(found.eigenvalues.size() + static_cast<Index>(found.residuals_not_converged.size()), 3);
  EXPECT_FALSE(found.least.has_value());
}

TEST(HessianSpectrum, WhatHasNotConvergedIsNoNumber) {
  const DiagonalForm problem(Vector::LinSpaced(5000, 0, 1));
  const HessianSpectrum found = hessian_spectrum(
      problem, problem.start(), {.count = 2, .which = WhichEigenvalues::largest, .max_products = 30});
  EXPECT_FALSE(found.all_converged());
  EXPECT_EQ(found.eigenvalues.size() + static_cast<Index>(found.residuals_not_converged.size()), 2);
  EXPECT_FALSE(found.greatest.has_value());
  for (const double residual : found.residuals_not_converged) EXPECT_GT(residual, 1e-10);
}

TEST(HessianSpectrum, NamesTheKindOfACriticalPoint) {
  const auto nature = [](const Matrix& A) {
    const auto problem = form(A);
    return hessian_spectrum(problem, problem.start()).nature;
  };
  EXPECT_EQ(nature(Eigen::Vector2d(1, 2).asDiagonal()), "minimum");
  EXPECT_EQ(nature(Eigen::Vector2d(-1, -2).asDiagonal()), "maximum");
  EXPECT_EQ(nature(Eigen::Vector3d(-1, -2, 3).asDiagonal()), "saddle (index 2)");
  EXPECT_EQ(nature(Eigen::Vector3d(-1, 0, 3).asDiagonal()), "saddle (index 1, 1 eigenvalues zero)");
  EXPECT_THAT(nature(Eigen::Vector2d(0, 2).asDiagonal()), HasSubstr("degenerate (1 of 2"));
  EXPECT_THAT(nature(Matrix::Zero(2, 2)), HasSubstr("the Hessian is zero"));
  const auto well = testing::double_well(0.3);
  EXPECT_THAT(hessian_spectrum(well, well.start()).nature, HasSubstr("not stationary (|g| = 0.273)"));
}

// Biggs EXP6 has a saddle that its authors printed as the minimum (Moré, Garbow & Hillstrom 1981, problem 18).
TEST(HessianSpectrum, ShowsThatThePublishedMinimumOfBiggsIsASaddle) {
  const auto biggs = all_problems().make("biggs_exp6");
  const auto& saddles = biggs->facts().saddles;
  ASSERT_FALSE(saddles.empty());
  const HessianSpectrum found = hessian_spectrum(*biggs, saddles.front().value.x);
  EXPECT_THAT(found.nature, HasSubstr("saddle (index 1"));
  EXPECT_NEAR(*found.least, -9.803e-3, 5e-6);
}

TEST(HessianSpectrum, ASingularHessianHasNoConditionNumber) {
  const auto problem = form(Eigen::Vector2d(0, 2).asDiagonal());
  const HessianSpectrum found = hessian_spectrum(problem, problem.start());
  EXPECT_FALSE(found.condition.has_value());
  EXPECT_GT(*found.condition_at_least, 1e14);
}

// f = r_1^2 + r_2^2 with H = 4 (1 - c) and 2 J'J = 4 at 0 (Dennis & Schnabel 1996, example 10.2.4).
TEST(HessianSpectrum, MeasuresTheDistanceToTheGaussNewtonPart) {
  const testing_problems::CurvedResiduals problem(-0.5);
  const HessianSpectrum found = hessian_spectrum(problem, Vector::Zero(1));
  ASSERT_TRUE(found.gauss_newton.has_value());
  EXPECT_NEAR(found.gauss_newton->frobenius, 2.0 / 6, 1e-14);
  EXPECT_NEAR(found.gauss_newton->spectral, 2.0 / 6, 1e-14);
}

TEST(HessianSpectrum, ComesFromDifferencesOfGradientsWhereThatIsAskedFor) {
  const auto rosenbrock = all_problems().make("rosenbrock");
  const HessianSpectrum exact = hessian_spectrum(*rosenbrock, rosenbrock->start());
  SpectrumSettings settings;
  settings.source = HessianSource::gradient_differences;
  const HessianSpectrum found = hessian_spectrum(*rosenbrock, rosenbrock->start(), settings);
  // eps^(2/3) of |H|, times the third derivatives.
  EXPECT_LE((found.eigenvalues - exact.eigenvalues).norm(), 1e-7 * *exact.greatest);
  EXPECT_THAT(found.method, HasSubstr("central differences of gradients, step"));
  EXPECT_EQ(found.evaluations.hessian, 0);
  EXPECT_EQ(found.evaluations.gradient, 2 * found.evaluations.hessian_vector + 1);
}

TEST(HessianSpectrum, SaysWhyThereIsNone) {
  const testing_problems::Huber huber(1, 3);
  EXPECT_THAT(error_of(huber, huber.start()), HasSubstr("no second derivatives"));
  const auto kinks = all_problems().make("l1_norm");
  EXPECT_THAT(error_of(*kinks, kinks->start()), HasSubstr("kinks"));
}

TEST(HessianSpectrum, RefusesAPointWhereTheHessianIsNotFinite) {
  const auto rosenbrock = all_problems().make("rosenbrock");
  EXPECT_THAT(error_of(*rosenbrock, Vector::Constant(2, 1e300)), HasSubstr("not finite"));
  const auto large = all_problems().make("rosenbrock:n=2000");
  EXPECT_THAT(error_of(*large, Vector::Constant(2000, 1e300)), HasSubstr("not finite"));
}

TEST(SparseFactors, CountsTheEigenvaluesBelowAShift) {
  const auto problem = all_problems().make("poisson:n=500");
  SparseRows H = problem->sparse_hessian_pattern();
  problem->sparse_hessian(problem->start(), H);
  SparseFactors factors(H);
  for (const Index j : {1, 7, 251, 499}) {
    const double between = (laplacian_eigenvalue(500, j) + laplacian_eigenvalue(500, j + 1)) / 2;
    ASSERT_TRUE(factors.factorise(between));
    EXPECT_EQ(factors.count_below(), j);
  }
}

TEST(Inertia, FromTheEndsAloneIsKnownWhereTheyHaveOneSign) {
  EXPECT_EQ(inertia_from_ends(1, 2, 9, 0.1).positive, 9);
  EXPECT_EQ(inertia_from_ends(-2, -1, 9, 0.1).negative, 9);
  EXPECT_FALSE(inertia_from_ends(-2, 1, 9, 0.1).negative.has_value());
  EXPECT_EQ(inertia_from_ends(0.05, 1, 9, 0.1).negative, 0);
  EXPECT_FALSE(inertia_from_ends(0.05, 1, 9, 0.1).zero.has_value());
  EXPECT_EQ(inertia_from_ends(-0.05, 0.05, 9, 0.1).zero, 9);
}

}  // namespace
}  // namespace optbed::hessian_spectrum_test
