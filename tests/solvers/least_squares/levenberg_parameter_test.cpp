// The Levenberg parameter of a trust region beside bisection of the secular equation in long double.
#include "solvers/least_squares/levenberg_parameter.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "tests/solvers/reference/dense.hpp"

namespace optbed::levenberg_parameter_test {
namespace {

using Precise = reference::Vec<long double>;

// J with a condition number of about 1e3, D of mixed units.
const Matrix J{{3, 1, 0.5}, {-1, 2, 4}, {0.002, 0.001, 1}, {2, 2, 4.5}};
const Vector r{{1, -2, 0.5, 3}};
const Vector D{{3, 0.5, 2}};

// D d(lambda) from the normal equations.
Precise scaled_step(long double lambda) {
  reference::Mat<long double> A(3, Precise(3, 0));
  Precise right(3, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto a = static_cast<Index>(i);
    for (Index k = 0; k < 4; ++k) {
      for (std::size_t j = 0; j < 3; ++j)
        A[i][j] += static_cast<long double>(J(k, a)) * J(k, static_cast<Index>(j));
      right[i] -= static_cast<long double>(J(k, a)) * r[k];
    }
    A[i][i] += lambda * D[a] * D[a];
  }
  Precise d = reference::eliminate(A, right);
  for (std::size_t i = 0; i < 3; ++i) d[i] *= D[static_cast<Index>(i)];
  return d;
}

// The lambda where |D d| = length, by bisection: |D d| falls with lambda.
double secular_root(long double length) {
  long double low = 0;
  long double high = 1e20L;
  for (int i = 0; i < 300; ++i) {
    const long double middle = (low + high) / 2;
    (reference::norm(scaled_step(middle)) > length ? low : high) = middle;
  }
  return static_cast<double>(low);
}

struct Fixture {
  ResidualPoint at;
  std::unique_ptr<DampedLeastSquares> system;
  LevenbergParameter parameter;
  Vector right_side = -r;
  Vector d = Vector::Zero(3);

  explicit Fixture(DampedSolver kind) : system(make_damped_least_squares(kind)) {
    at.point.resize(3);
    at.r = r;
    at.J = J;
    EXPECT_TRUE(at.take_jacobian());
    system->start(4, 3);
    system->factorise(J, D);
    parameter.start(3);
  }
  std::optional<LevenbergStep> solve(double radius, double guess) {
    return parameter.solve({at, D, right_side, *system}, radius, guess, d);
  }
};

TEST(LevenbergParameter, MeetsTheRadiusToATenthWhereverItStarts) {
  const auto gauss_newton = static_cast<double>(reference::norm(scaled_step(0)));
  for (const auto& choice : damped_solver_choices()) {
    Fixture fixture(choice.second);
    for (const double part : {0.9, 0.5, 0.1, 1e-2, 1e-5}) {
      const double radius = part * gauss_newton;
      for (const double guess : {0.0, 1e-8, 1.0, 1e8}) {
        const auto step = fixture.solve(radius, guess);
        ASSERT_TRUE(step);
        // 1.1 radius is reached at a lambda no greater, 0.9 radius at one no less.
        const double least = 1.1 * part < 1 ? secular_root(1.1L * radius) : 0;
        EXPECT_GE(step->lambda, (1 - 1e-8) * least) << choice.first << " " << part << " " << guess;
        EXPECT_LE(step->lambda, (1 + 1e-8) * secular_root(0.9L * radius)) << choice.first << " " << part;
        const Precise expected = scaled_step(step->lambda);
        for (Index j = 0; j < 3; ++j) {
          // The condition number squared is below 1e7.
          EXPECT_NEAR(D[j] * fixture.d[j], static_cast<double>(expected[static_cast<std::size_t>(j)]),
                      1e-8 * radius);
        }
      }
    }
  }
}

TEST(LevenbergParameter, IsZeroWhereTheGaussNewtonStepIsInside) {
  const auto gauss_newton = static_cast<double>(reference::norm(scaled_step(0)));
  Fixture fixture(DampedSolver::qr);
  for (const double part : {0.92, 1.0, 50.0}) {  // a tenth too long is inside as well
    const auto step = fixture.solve(part * gauss_newton, 3);
    ASSERT_TRUE(step);
    EXPECT_EQ(step->lambda, 0);
    EXPECT_NEAR(step->length, gauss_newton, 1e-8 * gauss_newton);
  }
}

TEST(LevenbergParameter, StaysInsideWhereTheJacobianIsRankDeficient) {
  for (const auto& choice : damped_solver_choices()) {
    const auto system = make_damped_least_squares(choice.second);
    ResidualPoint at;
    at.point.resize(2);
    at.r = Vector::Constant(3, -2);
    at.J = Matrix::Ones(3, 2);
    ASSERT_TRUE(at.take_jacobian());
    const Vector scale = Vector::Ones(2);
    system->start(3, 2);
    system->factorise(at.J, scale);
    LevenbergParameter parameter;
    parameter.start(2);
    const Vector right_side = -at.r;
    Vector d(2);
    for (const double radius : {0.3, 10.0}) {  // the shortest step is (1, 1)
      const auto step = parameter.solve({at, scale, right_side, *system}, radius, 0, d);
      ASSERT_TRUE(step) << choice.first;
      EXPECT_LE(d.norm(), 1.1 * radius) << choice.first;
      EXPECT_NEAR(d[0], d[1], 1e-6) << choice.first;
      EXPECT_GE(d.norm(), 0.9 * std::min(radius, std::sqrt(2.0))) << choice.first;
    }
  }
}

}  // namespace
}  // namespace optbed::levenberg_parameter_test
