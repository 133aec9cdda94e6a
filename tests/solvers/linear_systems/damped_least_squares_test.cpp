// The three ways to solve a damped least-squares system, beside elimination in long double.
#include "solvers/linear_systems/damped_least_squares.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "problems/quadratic/spectrum.hpp"
#include "problems/random.hpp"
#include "tests/solvers/reference/dense.hpp"

namespace optbed::damped_least_squares_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

struct System {
  Matrix J;
  Vector b;
  Vector D;
  double lambda;
  double condition;  // of [J; sqrt(lambda) D]
};

// Singular values of J from 1 down to 1/kappa; D alternates between 1 and 2.
System make_system(Index m, Index n, double kappa, double lambda) {
  Random random(7);
  const Matrix U = random_orthonormal(m, n, random);
  const Matrix V = random_orthonormal(n, n, random);
  Vector s(n);
  for (Index i = 0; i < n; ++i) s[i] = std::pow(kappa, -static_cast<double>(i) / static_cast<double>(n - 1));
  System system{U * s.asDiagonal() * V.transpose(), random.normal_matrix(m, 1), Vector::Ones(n), lambda, 0};
  for (Index i = 1; i < n; i += 2) system.D[i] = 2;
  // sigma_min^2 >= kappa^-2 + lambda and sigma_max^2 <= 1 + 4 lambda
  system.condition = std::sqrt((1 + 4 * lambda) / (1 / (kappa * kappa) + lambda));
  return system;
}

using Precise = reference::Vec<long double>;

reference::Mat<long double> normal_matrix(const System& system) {
  const auto n = static_cast<std::size_t>(system.J.cols());
  reference::Mat<long double> A(n, Precise(n, 0));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      for (Index k = 0; k < system.J.rows(); ++k) {
        A[i][j] +=
            static_cast<long double>(system.J(k, static_cast<Index>(i))) * system.J(k, static_cast<Index>(j));
      }
    }
    const long double D = system.D[static_cast<Index>(i)];
    A[i][i] += system.lambda * D * D;
  }
  return A;
}

Vector rounded(const Precise& x) {
  Vector y(static_cast<Index>(x.size()));
  for (Index i = 0; i < y.size(); ++i) y[i] = static_cast<double>(x[static_cast<std::size_t>(i)]);
  return y;
}

Vector precise_solution(const System& system) {
  Precise right;
  for (Index j = 0; j < system.J.cols(); ++j) {
    long double sum = 0;
    for (Index k = 0; k < system.J.rows(); ++k) sum += static_cast<long double>(system.J(k, j)) * system.b[k];
    right.push_back(sum);
  }
  return rounded(reference::eliminate(normal_matrix(system), right));
}

class DampedSystems : public ::testing::TestWithParam<System> {};

void PrintTo(const System& system, std::ostream* out) {
  *out << system.J.rows() << " x " << system.J.cols() << ", lambda " << system.lambda << ", condition "
       << system.condition;
}

// First-order error of a least-squares solution (Björck 1996, section 1.4.3), with |J| = 1: eps kappa (|d| +
// kappa |residual|) for orthogonal methods, eps kappa^2 |d| more for the normal equations; 10 n for the
// constants.
TEST_P(DampedSystems, HaveOneSolutionInThreeWays) {
  const System& system = GetParam();
  const Vector expected = precise_solution(system);
  const double residual = std::hypot((system.J * expected - system.b).norm(),
                                     std::sqrt(system.lambda) * system.D.cwiseProduct(expected).norm());
  const double constant = 10 * static_cast<double>(system.J.cols()) * epsilon;
  const double kappa = system.condition;
  for (const auto& [name, kind] : damped_solver_choices()) {
    const auto solver = make_damped_least_squares(kind);
    solver->start(system.J.rows(), system.J.cols());
    solver->factorise(system.J, system.D);
    ASSERT_TRUE(solver->damp(system.lambda)) << name;
    Vector d(system.J.cols());
    solver->solve(system.b, d);
    double allowed = constant * kappa * (expected.norm() + kappa * residual);
    if (kind == DampedSolver::cholesky) allowed += constant * kappa * kappa * expected.norm();
    EXPECT_LE((d - expected).norm(), allowed) << name;

    // w'A^-1 w is as well conditioned as A.
    const Vector w = Vector::LinSpaced(system.J.cols(), 1, 2);
    const Precise right(w.begin(), w.end());
    const double form = w.dot(rounded(reference::eliminate(normal_matrix(system), right)));
    EXPECT_NEAR(solver->inverse_form(w), form, constant * kappa * kappa * form) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DampedSystems,
                         ::testing::Values(make_system(12, 5, 1e3, 0), make_system(12, 5, 1e3, 1e-4),
                                           make_system(12, 5, 1e3, 10), make_system(40, 33, 1e2, 0),
                                           make_system(40, 33, 1e2, 1e-3), make_system(6, 6, 10, 0)));

TEST(DampedSystems, WithFewerResidualsThanParametersAreRegularOnlyWithDamping) {
  Random random(3);
  System system{random.normal_matrix(3, 5), random.normal_matrix(3, 1), Vector::Ones(5), 0.5, 0};
  const Vector expected = precise_solution(system);
  for (const auto& [name, kind] : damped_solver_choices()) {
    const auto solver = make_damped_least_squares(kind);
    solver->start(3, 5);
    solver->factorise(system.J, system.D);
    EXPECT_EQ(solver->damp(0), kind == DampedSolver::svd) << name;
    ASSERT_TRUE(solver->damp(system.lambda)) << name;
    Vector d(5);
    solver->solve(system.b, d);
    EXPECT_NEAR((d - expected).norm(), 0, 1e-13) << name;  // condition below 100
  }
}

// J = (1 1; 1 1; 1 1) reaches b = (2, 2, 2) with every d_1 + d_2 = 2; least |D d| for D = (1, 3) has d = (1.8,
// 0.2).
TEST(DampedSystems, GiveTheShortestStepOfARankDeficientJacobianBySvdOnly) {
  const Matrix J = Matrix::Ones(3, 2);
  const Vector b = Vector::Constant(3, 2);
  const Vector D{{1, 3}};
  for (const auto& [name, kind] : damped_solver_choices()) {
    const auto solver = make_damped_least_squares(kind);
    solver->start(3, 2);
    solver->factorise(J, D);
    ASSERT_EQ(solver->damp(0), kind == DampedSolver::svd) << name;
    if (kind != DampedSolver::svd) continue;
    Vector d(2);
    solver->solve(b, d);
    EXPECT_NEAR(d[0], 1.8, 1e-14);
    EXPECT_NEAR(d[1], 0.2, 1e-14);
  }
}

// Columns of the sizes 1 and 1e-9, orthogonal: the system is well conditioned but for its units.
TEST(DampedSystems, AreNoMoreSingularForCholeskyInOtherUnits) {
  const Matrix J{{1, 1e-9}, {1, -1e-9}};
  const auto solver = make_damped_least_squares(DampedSolver::cholesky);
  solver->start(2, 2);
  solver->factorise(J, Vector::Ones(2));
  ASSERT_TRUE(solver->damp(0));
  Vector d(2);
  solver->solve(Vector{{2, 0}}, d);
  EXPECT_NEAR(d[0], 1, 1e-15);
  EXPECT_NEAR(d[1], 1e9, 1e-6);
}

}  // namespace
}  // namespace optbed::damped_least_squares_test
