// Conjugate gradients, with and without a preconditioner, and MINRES.
#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "solvers/linear_systems/preconditioner.hpp"
#include "tests/allocation_count.hpp"
#include "tests/solvers/linear_systems/systems.hpp"

namespace optbed::krylov_test {
namespace {

using namespace optbed::testing;
constexpr double eps = std::numeric_limits<double>::epsilon();

// An orthonormal basis of span{r_0, A r_0, …, A^(k-1) r_0}.
Matrix krylov_basis(const Matrix& A, const Vector& r0, Index k) {
  Matrix Q(r0.size(), k);
  Vector v = r0;
  for (Index j = 0; j < k; ++j) {
    for (int twice = 0; twice < 2; ++twice) v -= Q.leftCols(j) * (Q.leftCols(j).transpose() * v);
    Q.col(j) = v.normalized();
    v = A * Q.col(j);
  }
  return Q;
}

// The x_k of x_0 + K_k with the least A-norm of the error, by the dense projected system (Saad 2003,
// section 6.4).
TEST(ConjugateGradient, MinimisesTheQuadraticOverTheKrylovSpace) {
  Random random(5);
  const Index n = 12;
  const Matrix A = random_positive_definite(n, random);
  const Vector b = random.normal_matrix(n, 1);
  const Vector x0 = random.normal_matrix(n, 1);
  const Vector solution = A.llt().solve(b);
  for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
    const Result result = run(*quadratic(matrix, b), "cg", n, x0);
    const Vector r0 = b - A * x0;
    for (Index k = 1; k < n; ++k) {
      const Matrix Q = krylov_basis(A, r0, k);
      const Vector expected = x0 + Q * (Q.transpose() * A * Q).llt().solve(Q.transpose() * r0);
      // Lanczos vectors lose their orthogonality with kappa, here below 1e3, as the errors go down.
      EXPECT_LE((result.trace.iterate(static_cast<std::size_t>(k)) - expected).norm(), 1e-8 * solution.norm())
          << "k = " << k;
    }
    EXPECT_LE((result.x - solution).norm(), 1e-8 * solution.norm());
  }
}

TEST(ConjugateGradient, EndsAfterAsManyIterationsAsThereAreDistinctEigenvalues) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1;1;4;4;4;9;9,shift=2");
  const Result result = run(*problem, "cg", 3);
  EXPECT_LE(*result.distance, 100 * eps * 2 * std::sqrt(7));
  EXPECT_GT(run(*problem, "cg", 2).distance, 1e-3);
}

// tridiag(-1, 2, -1) of order 100 (kappa 4134) with b = (1, …, 1): b is symmetric about the middle, so that
// only 50 eigenvectors have a part in it. Gradient descent with 2/(mu + L) takes log(1e10) kappa/2 = 47590
// iterations to 1e-10 of its first error, and one or two more or less where that is not all in the slowest
// modes.
TEST(ConjugateGradient, SolvesPoissonsEquationInHalfOfNIterationsWhereGradientDescentNeedsFiftyThousand) {
  const auto problem = all_problems().make("poisson:n=100");
  EXPECT_NEAR(*problem->facts().condition_number(), 4133.64, 0.01);
  EXPECT_EQ(iterations_to(run(*problem, "cg", 100).trace, 1e-10), 50);
  const auto richardson = all_solvers().make("richardson");
  Minimization descent(*problem, *richardson,
                       {.limits = {.max_iterations = 50000, .gradient_tolerance = 0}, .trace = {}});
  const std::vector<double> distance = descent.run().trace.column("distance");
  const auto reached = std::find_if(distance.begin(), distance.end(),
                                    [&](double error) { return error <= 1e-10 * distance[0]; });
  EXPECT_NEAR(static_cast<double>(reached - distance.begin()), 47590, 2);
}

TEST(ConjugateGradient, StopsWhereTheMatrixIsNotPositiveDefiniteAndKeepsItsIterate) {
  const auto problem = all_problems().make("quadratic:eigenvalues=-1;2,shift=3");
  const Vector x0{{4, 3}};  // r_0 = (1, 0): p'Ap = -1 at once
  const Result result = run(*problem, "cg", 10, x0);
  EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
  EXPECT_EQ(result.iterations, 0);
  EXPECT_EQ(result.x, x0);
}

TEST(ConjugateGradient, StaysWhereTheResidualIsZero) {
  const auto problem = all_problems().make("quadratic:n=5,shift=1");
  for (const std::string solver : {"cg", "pcg", "minres"}) {
    const Result result = run(*problem, solver, 100, Vector::Ones(5));
    EXPECT_EQ(result.stop, StopReason::stalled) << solver;
    EXPECT_EQ(result.x, Vector::Ones(5)) << solver;
  }
}

TEST(ConjugateGradient, RefusesAMatrixThatIsNotSymmetric) {
  const auto problem = least_squares(dense(Matrix{{2, 1}, {0, 2}}), Vector::Ones(2));
  for (const std::string solver : {"cg", "pcg", "minres", "cholesky"}) {
    const Result result = run(*problem, solver, 10);
    EXPECT_EQ(result.stop, StopReason::unsupported);
    EXPECT_NE(result.message.find("symmetric"), std::string::npos) << result.message;
  }
}

// ---- preconditioners ----

// M^-1 e_j through the solver's own component.
Matrix inverse_of(PreconditionerKind kind, double omega, const SystemMatrix& A) {
  const Index n = order(A);
  const auto problem = quadratic(A, Vector::Zero(n));
  Oracle f(*problem);
  const auto M = make_preconditioner(kind, omega);
  EXPECT_TRUE(M->prepare(A));
  Matrix inverse(n, n);
  Vector column(n);
  for (Index j = 0; j < n; ++j) {
    M->apply(f, Vector::Unit(n, j), column);
    inverse.col(j) = column;
  }
  return inverse;
}

TEST(Preconditioner, IncompleteCholeskyOfADensePatternIsCholesky) {
  Random random(8);
  const Matrix A = random_positive_definite(10, random);
  const Matrix inverse = inverse_of(PreconditionerKind::incomplete_cholesky, 1, dense(A));
  EXPECT_LE((inverse * A - Matrix::Identity(10, 10)).norm(), 1e-11);
}

// M = L L' equals A wherever A has a nonzero (Saad 2003, proposition 10.4), and L has A's pattern.
TEST(Preconditioner, IncompleteCholeskyIsExactOnThePatternOfTheMatrix) {
  Random random(9);
  const Matrix A = random_positive_definite(14, random, 0.7);
  const Matrix M = inverse_of(PreconditionerKind::incomplete_cholesky, 1, sparse(A)).inverse();
  double off_pattern = 0;
  for (Index j = 0; j < 14; ++j) {
    for (Index i = 0; i < 14; ++i) {
      if (A(i, j) != 0) {
        EXPECT_NEAR(M(i, j), A(i, j), 1e-11 * A.norm());
      } else {
        off_pattern = std::max(off_pattern, std::abs(M(i, j)));
      }
    }
  }
  EXPECT_GT(off_pattern, 1e-3);  // fill-in was dropped
}

TEST(Preconditioner, SsorIsItsDenseFormula) {
  Random random(10);
  const Matrix A = random_positive_definite(9, random, 0.4);
  for (const double omega : {0.5, 1.0, 1.7}) {
    Matrix lower = A.triangularView<Eigen::Lower>();
    lower.diagonal() /= omega;
    const Matrix M =
        lower * (A.diagonal() / omega).cwiseInverse().asDiagonal() * lower.transpose() / (2 - omega);
    for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
      const Matrix inverse = inverse_of(PreconditionerKind::ssor, omega, matrix);
      EXPECT_LE((inverse * M - Matrix::Identity(9, 9)).norm(), 1e-12) << omega;
    }
  }
}

// Kershaw 1978: positive definite, but without its fill-in the last pivot is negative.
TEST(Preconditioner, IncompleteCholeskyFailsOnKershawsMatrix) {
  const Matrix A{{3, -2, 0, 2}, {-2, 3, -2, 0}, {0, -2, 3, -2}, {2, 0, -2, 3}};
  ASSERT_EQ(A.llt().info(), Eigen::Success);
  const auto problem = quadratic(sparse(A), Vector::Ones(4));
  const Result result = run(*problem, "pcg:preconditioner=incomplete_cholesky", 10);
  EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
  EXPECT_EQ(result.x, Vector::Zero(4));
  EXPECT_LE(run(*problem, "pcg", 10).trace.column("relative_residual").back(), 1e-12);
}

// With M = L L' the iterates are those of conjugate gradients on L^-1 A L^-T y = L^-1 b, x = L^-T y (Saad 2003,
// section 9.2.1).
TEST(PreconditionedConjugateGradient, IsConjugateGradientsOnTheSplitSystem) {
  Random random(11);
  const Index n = 10;
  const Matrix A = random_positive_definite(n, random, 0.5);
  const Vector b = random.normal_matrix(n, 1);
  const std::vector<std::pair<std::string, Matrix>> preconditioners = {
      {"jacobi", inverse_of(PreconditionerKind::jacobi, 1, sparse(A))},
      {"incomplete_cholesky", inverse_of(PreconditionerKind::incomplete_cholesky, 1, sparse(A))},
      {"ssor,omega=1.2", inverse_of(PreconditionerKind::ssor, 1.2, sparse(A))}};
  for (const auto& [name, inverse] : preconditioners) {
    const Matrix L = Matrix(inverse.inverse().llt().matrixL());
    const Matrix half = L.triangularView<Eigen::Lower>().solve(A);
    Matrix split = L.triangularView<Eigen::Lower>().solve(half.transpose());
    split = (0.5 * (split + split.transpose())).eval();
    const Vector split_b = L.triangularView<Eigen::Lower>().solve(b);
    const Result plain = run(*quadratic(dense(split), split_b), "cg", 6);
    const Result preconditioned = run(*quadratic(sparse(A), b), "pcg:preconditioner=" + name, 6);
    for (std::size_t k = 0; k <= 6; ++k) {
      const Vector x = L.transpose().triangularView<Eigen::Upper>().solve(plain.trace.iterate(k));
      EXPECT_LE((preconditioned.trace.iterate(k) - x).norm(), 1e-10 * x.norm() + 1e-14)
          << name << ", k = " << k;
    }
  }
}

// tridiag(-1, 2, -1) of order 8 between diagonal scalings from 1 to 100: the preconditioner undoes the scaling,
// up to that of b, and ends within n iterations; without it rounding takes some more.
TEST(PreconditionedConjugateGradient, UndoesADiagonalScaling) {
  const Index n = 8;
  Vector s(n);
  for (Index i = 0; i < n; ++i) s[i] = std::pow(100, static_cast<double>(i) / static_cast<double>(n - 1));
  const Matrix A = s.asDiagonal() * tridiagonal(n, -1, 2, -1) * s.asDiagonal();
  const auto problem = quadratic(dense(A), Vector::Ones(n));
  EXPECT_EQ(iterations_to(run(*problem, "pcg", 30).trace, 1e-10), 8);
  EXPECT_EQ(iterations_to(run(*problem, "cg", 30).trace, 1e-10), 11);
}

TEST(PreconditionedConjugateGradient, NeedsFewerIterationsThanWithoutOnPoissonsEquation) {
  const auto problem = all_problems().make("poisson:n=30,dimension=2");
  const auto needed = [&](const std::string& solver) {
    return iterations_to(run(*problem, solver, 300).trace, 1e-8);
  };
  const long plain = needed("cg");
  EXPECT_EQ(needed("pcg"), plain);  // a constant diagonal changes nothing
  const long incomplete = needed("pcg:preconditioner=incomplete_cholesky");
  const long ssor = needed("pcg:preconditioner=ssor,omega=1.8");
  EXPECT_GT(incomplete, 0);
  EXPECT_GT(ssor, 0);
  EXPECT_LT(3 * incomplete, 2 * plain);
  EXPECT_LT(3 * ssor, 2 * plain);
}

// ---- MINRES ----

// min |b - A(x_0 + K_k y)| by a dense least-squares solution over the Krylov space.
TEST(Minres, HasTheLeastResidualOverTheKrylovSpace) {
  Random random(12);
  const Index n = 12;
  Matrix A = random.normal_matrix(n, n);
  A = (A + A.transpose()).eval();  // indefinite
  const Vector b = random.normal_matrix(n, 1);
  const Vector x0 = random.normal_matrix(n, 1);
  const Vector r0 = b - A * x0;
  for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
    const Result result = run(*least_squares(matrix, b), "minres", n, x0);
    const std::vector<double>& residual = result.trace.column("residual");
    for (Index k = 1; k <= n; ++k) {
      const Matrix AQ = A * krylov_basis(A, r0, k);
      const double least = (r0 - AQ * AQ.householderQr().solve(r0)).norm();
      EXPECT_NEAR(residual[static_cast<std::size_t>(k)], least, 1e-9 * r0.norm()) << "k = " << k;
      EXPECT_LE(residual[static_cast<std::size_t>(k)], residual[static_cast<std::size_t>(k - 1)]);
    }
  }
}

TEST(Minres, EndsOnASingularSystemWithASolutionAndFailsOnOneWithout) {
  const Matrix A = Vector{{0, 1, -2}}.asDiagonal();
  EXPECT_LE(run(*least_squares(dense(A), Vector{{0, 1, 1}}), "minres", 2).trace.column("residual").back(),
            1e-15);
  const Result without = run(*least_squares(dense(A), Vector{{1, 0, 0}}), "minres", 10);
  EXPECT_EQ(without.stop, StopReason::linear_solve_failed);
  EXPECT_EQ(without.x, Vector::Zero(3));
}

// The recursions drift from b - A x by a few eps |A| max|x_j| an iteration (Greenbaum 1997, section 7.3).
TEST(KrylovMethods, TraceTheResidualOfTheirIterates) {
  const auto problem = all_problems().make("poisson:n=12,dimension=2");
  const auto& system = dynamic_cast<const LinearSystem&>(*problem);
  for (const std::string solver : {"cg", "pcg", "pcg:preconditioner=incomplete_cholesky",
                                   "pcg:preconditioner=ssor", "minres", "chebyshev"}) {
    const Result result = run(*problem, solver, 40);
    const std::vector<double>& residual = result.trace.column("residual");
    double largest = 0;
    for (std::size_t k = 0; k < residual.size(); ++k) {
      const Vector x = result.trace.iterate(k);
      Vector Ax(x.size());
      system.multiply(x, Ax);
      largest = std::max(largest, x.norm());
      EXPECT_NEAR(residual[k], (system.right_hand_side() - Ax).norm(),
                  10 * static_cast<double>(k + 1) * eps * 8 * largest + 100 * eps * residual[0])
          << solver << ", k = " << k;
    }
    EXPECT_NEAR(result.trace.column("relative_residual").back(), residual.back() / residual[0], 1e-15)
        << solver;
  }
}

TEST(KrylovMethods, CostOneProductAnIterationAndSsorTwo) {
  const auto problem = all_problems().make("poisson:n=20");
  const auto counts = [&](const std::string& solver) { return run(*problem, solver, 7).evaluations; };
  EXPECT_EQ(counts("cg"), (EvaluationCounts{.hessian_vector = 8}));
  EXPECT_EQ(counts("minres"), (EvaluationCounts{.hessian_vector = 8}));
  EXPECT_EQ(counts("chebyshev"), (EvaluationCounts{.hessian_vector = 8}));
  EXPECT_EQ(counts("pcg"), (EvaluationCounts{.hessian = 1, .hessian_vector = 8}));
  EXPECT_EQ(counts("pcg:preconditioner=ssor"), (EvaluationCounts{.hessian = 1, .hessian_vector = 16}));
}

// What the allocation test of every solver does not reach: sparse and dense matrices that are not diagonal.
TEST(LinearSolvers, AllocateNothingInAStepWhateverTheMatrix) {
  Random random(13);
  const Matrix A = random_positive_definite(40, random, 0.5);
  const Vector b = random.normal_matrix(40, 1);
  for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
    for (const auto& problem : {quadratic(matrix, b), least_squares(matrix, b)}) {
      for (const std::string name :
           {"lu", "qr", "cholesky", "jacobi", "gauss_seidel", "sor:symmetric=true",
            "richardson:learning_rate=1e-3", "chebyshev:mu=1,lipschitz=100", "cg", "pcg",
            "pcg:preconditioner=incomplete_cholesky", "pcg:preconditioner=ssor", "minres"}) {
        const auto solver = all_solvers().make(name);
        Oracle f(*problem);
        ASSERT_EQ(solver->start(f, problem->start()), std::nullopt) << name;
        const long before = allocation_count();
        Eigen::internal::set_is_malloc_allowed(false);
        for (int k = 0; k < 5; ++k) EXPECT_FALSE(solver->step(f).stop) << name;
        Eigen::internal::set_is_malloc_allowed(true);
        EXPECT_EQ(allocation_count(), before) << name;
      }
    }
  }
}

}  // namespace
}  // namespace optbed::krylov_test
