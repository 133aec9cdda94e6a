// Richardson, Jacobi, Gauss-Seidel, SOR and Chebyshev.
#include <Eigen/LU>
#include <cmath>
#include <functional>
#include <numbers>

#include "tests/solvers/linear_systems/systems.hpp"

namespace optbed::stationary_test {
namespace {

using namespace optbed::testing;
constexpr double eps = std::numeric_limits<double>::epsilon();

// One step by the splitting M x_{k+1} = (M - A) x_k + b, with a dense solve.
Vector splitting_step(const Matrix& M, const Matrix& A, const Vector& b, const Vector& x) {
  return M.fullPivLu().solve((M - A) * x + b);
}

struct Splitting {
  std::string solver;
  std::function<Vector(const Matrix& A, const Vector& b, const Vector& x)> step;
};

Matrix with_scaled_diagonal(const Matrix& triangle, double omega) {
  Matrix M = triangle;
  M.diagonal() /= omega;
  return M;
}

const std::vector<Splitting> splittings = {
    {"jacobi", [](const Matrix& A, const Vector& b,
                  const Vector& x) { return splitting_step(A.diagonal().asDiagonal(), A, b, x); }},
    {"jacobi:omega=0.6",
     [](const Matrix& A, const Vector& b, const Vector& x) {
       return splitting_step(Matrix(A.diagonal().asDiagonal()) / 0.6, A, b, x);
     }},
    {"gauss_seidel", [](const Matrix& A, const Vector& b,
                        const Vector& x) { return splitting_step(A.triangularView<Eigen::Lower>(), A, b, x); }},
    {"gauss_seidel:symmetric=true",
     [](const Matrix& A, const Vector& b, const Vector& x) {
       const Vector half = splitting_step(A.triangularView<Eigen::Lower>(), A, b, x);
       return splitting_step(A.triangularView<Eigen::Upper>(), A, b, half);
     }},
    {"sor:omega=1.3",
     [](const Matrix& A, const Vector& b, const Vector& x) {
       return splitting_step(with_scaled_diagonal(A.triangularView<Eigen::Lower>(), 1.3), A, b, x);
     }},
    {"sor:omega=0.7,symmetric=true",
     [](const Matrix& A, const Vector& b, const Vector& x) {
       const Matrix lower = with_scaled_diagonal(A.triangularView<Eigen::Lower>(), 0.7);
       const Matrix upper = with_scaled_diagonal(A.triangularView<Eigen::Upper>(), 0.7);
       return splitting_step(upper, A, b, splitting_step(lower, A, b, x));
     }},
    {"richardson:learning_rate=0.02",
     [](const Matrix& A, const Vector& b, const Vector& x) { return Vector(x + 0.02 * (b - A * x)); }},
};

// The step is a sum of n terms a row, and condition numbers here are below 100.
TEST(StationaryMethods, MakeTheStepsOfTheirSplittings) {
  Random random(3);
  const Index n = 9;
  Matrix A = random_positive_definite(n, random, 0.6);
  A += Matrix(random.normal_matrix(n, n).triangularView<Eigen::StrictlyUpper>());  // no symmetry is needed
  const Vector b = random.normal_matrix(n, 1);
  for (const Splitting& splitting : splittings) {
    for (const SystemMatrix& matrix : {dense(A), sparse(A)}) {
      const auto problem = least_squares(matrix, b);
      const Result result = run(*problem, splitting.solver, 12, Vector::Ones(n));
      const std::vector<double>& residual = result.trace.column("residual");
      ASSERT_EQ(result.trace.rows(), 13U) << splitting.solver;
      for (std::size_t k = 0; k < 12; ++k) {
        const Vector x = result.trace.iterate(k);
        const Vector expected = splitting.step(A, b, x);
        EXPECT_LE((result.trace.iterate(k + 1) - expected).norm(), 1e-12 * (1 + expected.norm()))
            << splitting.solver << ", k = " << k;
        EXPECT_NEAR(residual[k], (b - A * x).norm(), 1e-12 * A.norm() * (1 + x.norm())) << splitting.solver;
      }
    }
  }
}

// Ones on the diagonal and 0.8 beside it, n = 3: positive definite (eigenvalues 0.2, 0.2, 2.6), Jacobi's
// iteration has the eigenvalue -1.6.
TEST(StationaryMethods, JacobiDivergesWhereGaussSeidelConverges) {
  const Matrix A = 0.2 * Matrix::Identity(3, 3) + Matrix::Constant(3, 3, 0.8);
  const auto problem = quadratic(dense(A), Vector{{1, 2, 3}});
  const Result jacobi = run(*problem, "jacobi", 60);
  const std::vector<double>& residual = jacobi.trace.column("residual");
  EXPECT_NEAR(residual[60] / residual[59], 1.6, 1e-9);
  EXPECT_LE(run(*problem, "gauss_seidel", 200).trace.column("relative_residual").back(), 1e-13);
  EXPECT_EQ(run(*problem, "jacobi", 10000).stop, StopReason::diverged);
}

// A weight below 2/2.6 makes it converge.
TEST(StationaryMethods, WeightedJacobiConvergesOnEveryPositiveDefiniteMatrix) {
  const Matrix A = 0.2 * Matrix::Identity(3, 3) + Matrix::Constant(3, 3, 0.8);
  const auto problem = quadratic(dense(A), Vector{{1, 2, 3}});
  EXPECT_LE(run(*problem, "jacobi:omega=0.7", 400).trace.column("relative_residual").back(), 1e-13);
}

// The factor of a long run, from the residual's fall over its second half.
double measured_factor(const std::string& solver, long n, long iterations) {
  const auto problem = all_problems().make(fmt::format("poisson:n={}", n));
  const std::vector<double> residual = run(*problem, solver, iterations).trace.column("residual");
  const auto last = static_cast<std::size_t>(iterations);
  const auto middle = last / 2;
  return std::pow(residual[last] / residual[middle], 1 / static_cast<double>(last - middle));
}

// Young 1971, for tridiag(-1, 2, -1): cos(pi/(n+1)), its square, and omega* - 1, where the largest eigenvalue
// has a double root whose transient (1 + ck) is still seen: over k = 50 … 100 as less than log(2)/50.
TEST(StationaryMethods, ContractByTheSpectralRadiiOfPoissonsMatrix) {
  const long n = 20;
  const double angle = std::numbers::pi / (n + 1);
  EXPECT_NEAR(measured_factor("jacobi", n, 800), std::cos(angle), 1e-10);
  EXPECT_NEAR(measured_factor("gauss_seidel", n, 600), std::cos(angle) * std::cos(angle), 1e-10);
  const double omega = 2 / (1 + std::sin(angle));
  EXPECT_NEAR(measured_factor(fmt::format("sor:omega={:.17g}", omega), n, 100), omega - 1, 0.02);
}

TEST(Sor, IsGaussSeidelWithOmegaOne) {
  const auto problem = all_problems().make("poisson:n=5,dimension=2");
  for (const std::string symmetric : {"false", "true"}) {
    const Result sor = run(*problem, "sor:omega=1,symmetric=" + symmetric, 10);
    const Result gauss_seidel = run(*problem, "gauss_seidel:symmetric=" + symmetric, 10);
    EXPECT_EQ(sor.x, gauss_seidel.x);
    EXPECT_EQ(sor.evaluations.hessian_vector, 1 + 10 * (symmetric == "true" ? 2 : 1));
    EXPECT_EQ(sor.evaluations.hessian, 1);
  }
}

TEST(Richardson, IsGradientDescent) {
  const auto problem = all_problems().make("poisson:n=12");
  const Result richardson = run(*problem, "richardson", 50);
  const Result descent = run(*problem, "gradient_descent:step=optimal", 50);
  EXPECT_LE((richardson.x - descent.x).norm(), 100 * eps * descent.x.norm());
}

// Along an eigenvector with eigenvalue lambda the error is T_k((theta - lambda)/delta)/T_k(theta/delta), with
// T_k by its own recurrence.
TEST(Chebyshev, ReducesEachModeByItsPolynomial) {
  const double mu = 0.5;
  const double L = 20;
  const Vector lambda{{0.5, 0.9, 3, 11, 20, 24}};  // the last outside of the interval: it grows
  const DenseRows A = Matrix(lambda.asDiagonal());
  const auto problem = quadratic(A, Vector::Zero(6));
  const Result result = run(*problem, fmt::format("chebyshev:mu={},lipschitz={}", mu, L), 15, Vector::Ones(6));
  const auto polynomial = [](double t, int k) {
    double before = 1;
    double now = t;
    if (k == 0) return before;
    for (int j = 1; j < k; ++j) {
      const double next = 2 * t * now - before;
      before = now;
      now = next;
    }
    return now;
  };
  for (int k = 0; k <= 15; ++k) {
    const Vector x = result.trace.iterate(static_cast<std::size_t>(k));
    for (Index i = 0; i < 6; ++i) {
      const double t = ((L + mu) - 2 * lambda[i]) / (L - mu);
      const double expected = polynomial(t, k) / polynomial((L + mu) / (L - mu), k);
      EXPECT_NEAR(x[i], expected, 1e-13 * 50) << "lambda " << lambda[i] << ", k = " << k;
    }
  }
}

TEST(Chebyshev, EndsInOneStepWhereTheIntervalIsAPoint) {
  const auto problem = all_problems().make("quadratic:eigenvalues=3;3");
  EXPECT_LE(run(*problem, "chebyshev", 1).x.norm(), 4 * eps);
}

TEST(StationaryMethods, SayWhatTheSystemLacks) {
  const auto missing = [](const Problem& problem, const std::string& solver) {
    return all_solvers().make(solver)->missing(problem);
  };
  Matrix A = tridiagonal(4, -1, 2, -1);
  A(2, 2) = 0;
  const auto hollow = least_squares(sparse(A), Vector::Ones(4));
  for (const std::string solver : {"jacobi", "gauss_seidel", "sor"}) {
    EXPECT_NE(missing(*hollow, solver).find("row 3"), std::string::npos) << missing(*hollow, solver);
  }
  EXPECT_NE(missing(*hollow, "richardson").find("mu"), std::string::npos);
  EXPECT_NE(missing(*hollow, "chebyshev").find("lipschitz"), std::string::npos);
  EXPECT_EQ(missing(*hollow, "richardson:learning_rate=0.1"), "");
  EXPECT_EQ(missing(*hollow, "chebyshev:mu=1,lipschitz=2"), "");
  const auto rosenbrock = all_problems().make("rosenbrock");
  for (const std::string solver : {"lu", "qr", "cholesky", "jacobi", "gauss_seidel", "sor", "richardson",
                                   "chebyshev", "cg", "pcg", "minres"}) {
    EXPECT_EQ(missing(*rosenbrock, solver), "a linear system A x = b") << solver;
  }
}

TEST(StationaryMethods, NameConflictsOfTheirOptions) {
  EXPECT_THROW(all_solvers().make("richardson:learning_rate=0.1,mu=1"), UsageError);
  EXPECT_THROW(all_solvers().make("sor:omega=2"), UsageError);
  EXPECT_THROW(all_solvers().make("gauss_seidel:omega=1"), UsageError);
  EXPECT_THROW(all_solvers().make("lu:pivoting=full"), UsageError);
}

}  // namespace
}  // namespace optbed::stationary_test
