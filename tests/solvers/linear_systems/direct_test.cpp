// LU, QR and Cholesky.
#include <Eigen/LU>
#include <cmath>

#include "problems/quadratic/hilbert.hpp"
#include "tests/solvers/linear_systems/systems.hpp"

namespace optbed::direct_test {
namespace {

using namespace optbed::testing;

const std::vector<std::string> general = {"lu", "qr"};
const std::vector<std::string> all = {"lu", "qr", "cholesky"};

double flops(const Problem& problem, const std::string& solver) {
  return run(problem, solver, 1).trace.column("flops").back();
}

// A second method: full pivoting. Condition numbers are below 1e4.
TEST(DirectSolvers, SolveInOneIteration) {
  Random random(21);
  for (const Index n : {1, 2, 17, 40}) {
    const Matrix definite = random_positive_definite(n, random, 0.6);
    Matrix any = random.normal_matrix(n, n);
    any.diagonal().array() += 5;
    const Vector b = random.normal_matrix(n, 1);
    for (const auto& [A, solvers] : {std::pair(definite, all), std::pair(any, general)}) {
      const Vector expected = A.fullPivLu().solve(b);
      for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
        const auto problem = least_squares(matrix, b);
        for (const std::string& solver : solvers) {
          const Result result = run(*problem, solver, 20, Vector::Ones(n));
          EXPECT_LE((result.trace.iterate(1) - expected).norm(), 1e-11 * expected.norm()) << solver << " " << n;
          EXPECT_EQ(result.x, result.trace.iterate(1));
          EXPECT_EQ(result.stop, StopReason::stalled);  // later iterations change nothing
          EXPECT_EQ(result.evaluations, (EvaluationCounts{.hessian = 1, .hessian_vector = 2}));
        }
      }
    }
  }
}

TEST(DirectSolvers, AreStoppedByAGradientToleranceAfterOneIteration) {
  const auto problem = all_problems().make("poisson:n=12,dimension=2");
  for (const std::string& name : all) {
    const auto solver = all_solvers().make(name);
    const Result result = minimize(*problem, *solver, {.limits = {.gradient_tolerance = 1e-9}});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << name;
    EXPECT_TRUE(result.solved) << name;
    EXPECT_EQ(result.iterations, 1) << name;
  }
}

TEST(DirectSolvers, TellTheFlopsOfTheirTextbooks) {
  Random random(22);
  const auto problem = quadratic(dense(random_positive_definite(30, random)), Vector::Ones(30));
  EXPECT_DOUBLE_EQ(flops(*problem, "lu"), 2 * 27000 / 3.0 + 2 * 900);
  EXPECT_DOUBLE_EQ(flops(*problem, "qr"), 4 * 27000 / 3.0 + 3 * 900);
  EXPECT_DOUBLE_EQ(flops(*problem, "cholesky"), 27000 / 3.0 + 2 * 900);
}

// A tridiagonal matrix has no fill-in in its natural order, nor in a good one: Cholesky's factor has 2n - 1
// entries, so about 4n + 8n flops; and a diagonal matrix none at all but its own.
TEST(DirectSolvers, CountTheFlopsOfSparseFactorsByTheirEntries) {
  const double n = 400;
  const auto tridiagonal = all_problems().make("poisson:n=400");
  EXPECT_LE(flops(*tridiagonal, "cholesky"), 14 * n);
  EXPECT_GE(flops(*tridiagonal, "cholesky"), 10 * n);
  EXPECT_LE(flops(*tridiagonal, "lu"), 20 * n);
  EXPECT_GE(flops(*tridiagonal, "lu"), 5 * n);
  EXPECT_LE(flops(*tridiagonal, "qr"), 80 * n);
  EXPECT_GE(flops(*tridiagonal, "qr"), 20 * n);
  const auto diagonal = all_problems().make("quadratic:n=400");
  EXPECT_EQ(flops(*diagonal, "lu"), n);
  EXPECT_EQ(flops(*diagonal, "cholesky"), 5 * n);
  // The same matrix as a dense one: fill-in costs what it is.
  const auto square = all_problems().make("poisson:n=20,dimension=2");
  EXPECT_LT(flops(*square, "cholesky"), n * n * n / 3 / 10);
  EXPECT_LT(flops(*square, "cholesky"), flops(*square, "lu"));
}

TEST(DirectSolvers, CholeskyOfAnIndefiniteMatrixFailsAndLeavesTheStart) {
  const Matrix A{{1, 2}, {2, 1}};  // eigenvalues -1 and 3
  for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
    for (const auto& problem : {quadratic(matrix, Vector::Ones(2)), least_squares(matrix, Vector::Ones(2))}) {
      const Result result = run(*problem, "cholesky", 10, Vector{{5, 7}});
      EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
      EXPECT_EQ(result.x, (Vector{{5, 7}}));
      EXPECT_EQ(result.iterations, 0);
      for (const std::string& solver : general) {
        EXPECT_LE(run(*problem, solver, 1).trace.column("residual").back(), 1e-15) << solver;
      }
    }
  }
}

// Singular, and singular only up to the rounding of its entries: 0.1 + 0.2 is not 0.3.
TEST(DirectSolvers, FailOnASingularMatrix) {
  const Matrix exact{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
  const Matrix rounded{{0.1, 0.2, 0.3}, {0.7, 0.1, 0.8}, {0.3, 0.3, 0.6}};
  const Matrix zero = Matrix::Zero(3, 3);
  for (const Matrix& A : {exact, rounded, zero}) {
    for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
      const auto problem = least_squares(matrix, Vector{{1, 0, 0}});
      for (const std::string& solver : general) {
        EXPECT_EQ(run(*problem, solver, 10).stop, StopReason::linear_solve_failed) << solver << "\n" << A;
      }
    }
  }
}

// Backward stable: |b - A x| <= c n eps |A| |x| whatever the condition (Higham 2002, chapters 9, 10 and 19),
// while the error may be kappa times that: H^-1 b exactly by the inverse of whole numbers.
TEST(DirectSolvers, SolveHilbertsSystemBackwardStably) {
  for (const Index n : {4, 8, 10}) {
    const auto problem = quadratic(dense(hilbert_matrix(n)), Vector::Ones(n));
    const Vector solution = inverse_hilbert_matrix(n).rowwise().sum();
    const double kappa = hilbert_matrix(n).norm() * inverse_hilbert_matrix(n).norm();
    for (const std::string& solver : all) {
      const Result result = run(*problem, solver, 1);
      EXPECT_LE(result.trace.column("residual").back(),
                10 * static_cast<double>(n) * 2.3e-16 * 2 * result.x.norm());
      EXPECT_LE((result.x - solution).norm(), 10 * 2.3e-16 * kappa * solution.norm())
          << solver << ", n = " << n;
    }
  }
}

}  // namespace
}  // namespace optbed::direct_test
