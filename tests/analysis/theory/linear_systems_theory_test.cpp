// The solvers of linear systems: factors against closed forms, bounds against runs.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/theory/iteration_matrix.hpp"
#include "analysis/theory/krylov.hpp"
#include "analysis/verdict.hpp"
#include "problems/decompositions.hpp"
#include "tests/solvers/linear_systems/systems.hpp"

namespace optbed::linear_systems_theory_test {
namespace {

using namespace optbed::testing;

std::vector<Statement> theory(const Problem& problem, const std::string& solver) {
  return applicable_theory(*all_solvers().make(solver), {problem, problem.start()});
}

double factor(const std::string& problem, const std::string& solver) {
  for (const Statement& s : theory(*all_problems().make(problem), solver)) {
    if (s.factor) return *s.factor;
  }
  ADD_FAILURE() << "no factor of " << solver << " on " << problem;
  return -1;
}

// 2 q^k and 1/T_k((kappa+1)/(kappa-1)), from an independent computation, to ten digits.
TEST(Minimax, HasTheValuesOfTheTable) {
  struct Row {
    double kappa;
    long k;
    double bound;
    double exact;
  };
  for (const Row& row :
       {Row{2, 5, 0.0002973535599, 0.0002973535534}, Row{2, 20, 9.772430313e-16, 9.772430313e-16},
        Row{10, 5, 0.0756714511, 0.07556327908}, Row{10, 100, 7.228885175e-29, 7.228885175e-29},
        Row{100, 5, 0.7332956641, 0.6463997383}, Row{100, 20, 0.03614319004, 0.03613139016},
        Row{1e4, 5, 1.809668803, 0.9950204184}, Row{1e4, 100, 0.2706525213, 0.2657851456}}) {
    EXPECT_NEAR(2 * std::pow(minimax_factor(row.kappa), row.k) / row.bound, 1, 6e-10);
    EXPECT_NEAR(minimax(row.kappa, row.k) / row.exact, 1, 6e-10);
  }
  EXPECT_EQ(minimax(1, 0), 1);
  EXPECT_EQ(minimax(1, 1), 0);
}

// Young 1971, for tridiag(-1, 2, -1) of order n.
TEST(LinearSystemsTheory, RadiiOnPoissonsMatrixAreTheClosedForms) {
  for (const long n : {2, 9, 100}) {
    const std::string problem = fmt::format("poisson:n={}", n);
    const double angle = std::numbers::pi / static_cast<double>(n + 1);
    const double mu = std::cos(angle);
    const double best = 2 / (1 + std::sin(angle));
    EXPECT_NEAR(factor(problem, "jacobi"), mu, 1e-13) << n;
    EXPECT_NEAR(factor(problem, "gauss_seidel"), mu * mu, 1e-12) << n;
    // A defective eigenvalue moves by the root of what mu is rounded by.
    EXPECT_NEAR(factor(problem, fmt::format("sor:omega={:.17g}", best)), best - 1, 1e-6) << n;
    EXPECT_NEAR(factor(problem, "sor:omega=1.99"), 0.99, 1e-14) << n;
  }
  // On the square the same, with the same mu.
  const double mu = std::cos(std::numbers::pi / 7);
  EXPECT_NEAR(factor("poisson:n=6,dimension=2", "jacobi"), mu, 1e-13);
  EXPECT_NEAR(factor("poisson:n=6,dimension=2", "gauss_seidel"), mu * mu, 1e-13);
}

TEST(LinearSystemsTheory, PromisesAnEndWhereTheIterationMatrixIsNilpotent) {
  const SquaredResidual diagonal(dense(Matrix(Vector{{1, 3, 7}}.asDiagonal())), Vector::Ones(3));
  for (const char* solver : {"jacobi", "gauss_seidel", "sor:omega=1"}) {
    const auto statements = theory(diagonal, solver);
    ASSERT_EQ(statements.size(), 1U) << solver;
    EXPECT_FALSE(statements[0].factor) << solver;
    EXPECT_LE(statements[0].terminates_within.value(), 3) << solver;
    EXPECT_EQ(statements[0].scope, Scope::instance) << solver;  // of other matrices it is not true
    EXPECT_EQ(compare_with_theory(run(diagonal, solver, 5).trace, statements).verdict, Verdict::agrees)
        << solver;
  }
}

// A = I up to signs: kappa = 1, where Chebyshev's polynomials bound nothing but the end.
TEST(LinearSystemsTheory, MinresHasNoFactorOfZero) {
  const SquaredResidual reflection(dense(Matrix{{1, 0}, {0, -1}}), Vector{{2, 3}});
  const auto statements = theory(reflection, "minres");
  ASSERT_EQ(statements.size(), 1U);
  EXPECT_EQ(statements[0].terminates_within, 2);
  EXPECT_FALSE(statements[0].factor);
}

// Young's formula against the eigenvalues of the sweep itself, away from its defective omega.
TEST(LinearSystemsTheory, YoungsFormulaIsTheRadiusOfTheSweep) {
  Random random(31);
  const Index n = 9;
  Matrix A = Matrix::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    A(i, i) = 3 + random.uniform();
    if (i > 0) A(i, i - 1) = A(i - 1, i) = random.normal() / 2;
  }
  const SquaredResidual system(sparse(A), Vector::Ones(n));
  for (const double omega : {0.5, 1.0, 1.4, 1.9}) {
    Matrix M = A.triangularView<Eigen::Lower>();
    M.diagonal() /= omega;
    const Matrix G = Matrix::Identity(n, n) - Matrix(M.triangularView<Eigen::Lower>().solve(A));
    const double expected = std::abs(dominant_eigenvalue(G).value());
    EXPECT_NEAR(sor_radius(system, omega, false)->value, expected, 1e-10) << omega;
  }
}

TEST(LinearSystemsTheory, KnowsConsistentlyOrderedMatrices) {
  EXPECT_TRUE(is_consistently_ordered(sparse(tridiagonal(6, -1, 2, -1))));
  const auto square = all_problems().make("poisson:n=5,dimension=2");
  EXPECT_TRUE(is_consistently_ordered(dynamic_cast<const LinearSystem&>(*square).matrix()));
  EXPECT_FALSE(is_consistently_ordered(dense(Matrix::Ones(3, 3))));
  // A ring of four in its cyclic order has property A, but not this order (Young 1971, section 5.3).
  EXPECT_FALSE(is_consistently_ordered(dense(Matrix{{4, 1, 0, 1}, {1, 4, 1, 0}, {0, 1, 4, 1}, {1, 0, 1, 4}})));
  EXPECT_TRUE(is_consistently_ordered(dense(Matrix{{4, 1, 1, 0}, {1, 4, 0, 1}, {1, 0, 4, 1}, {0, 1, 1, 4}})));
}

TEST(LinearSystemsTheory, PredictsWhatStationaryMethodsDo) {
  for (const auto& [problem, solver, iterations] :
       {std::tuple("poisson:n=12", "richardson", 1500L), std::tuple("poisson:n=12", "jacobi", 1500L),
        std::tuple("poisson:n=12", "gauss_seidel", 500L),
        std::tuple("poisson:n=4,dimension=2", "sor:omega=1.1", 120L),
        std::tuple("poisson:n=5,dimension=2", "gauss_seidel:symmetric=true", 200L),
        std::tuple("quadratic:n=8,kappa=20,rotation=random", "jacobi:omega=0.3", 800L),
        std::tuple("quadratic:n=8,kappa=20,rotation=random", "gauss_seidel", 400L),
        std::tuple("quadratic:n=8,kappa=20,rotation=random,shift=1", "lu", 3L)}) {
    const auto f = all_problems().make(problem);
    const Vector x0 = Vector::LinSpaced(f->dimension(), 2, 5);
    const auto statements = applicable_theory(*all_solvers().make(solver), {*f, x0});
    const Comparison comparison = compare_with_theory(run(*f, solver, iterations, x0).trace, statements);
    EXPECT_EQ(comparison.verdict, Verdict::agrees)
        << solver << " on " << problem << ": " << summary(comparison);
  }
}

TEST(LinearSystemsTheory, JacobiGrowsByItsRadius) {
  const Matrix A = 0.2 * Matrix::Identity(3, 3) + Matrix::Constant(3, 3, 0.8);
  EXPECT_NEAR(jacobi_radius(SquaredResidual(dense(A), Vector::Ones(3)), 1)->value, 1.6, 1e-14);
  EXPECT_LT(sor_radius(SquaredResidual(dense(A), Vector::Ones(3)), 1, false)->value, 1);
}

// 1e-9: of the powers that a bound is made of; 1e-13: round-off beside the start.
void expect_within_bounds(const Problem& problem, const std::string& solver, long iterations) {
  const Result result = run(problem, solver, iterations);
  int bounds = 0;
  for (const Statement& s : theory(problem, solver)) {
    if (!s.bound) continue;
    ++bounds;
    const std::vector<double>& errors = result.trace.column(to_string(s.quantity));
    for (std::size_t k = 0; k < errors.size(); ++k) {
      ASSERT_LE(errors[k], s.bound(static_cast<long>(k)) * (1 + 1e-9) + 1e-13 * std::max(1.0, errors[0]))
          << solver << ", " << s.text << ", k = " << k;
    }
  }
  EXPECT_GT(bounds, 0) << solver;
}

TEST(LinearSystemsTheory, NoRunLeavesItsBounds) {
  Random random(32);
  for (int seed = 1; seed <= 8; ++seed) {
    const double kappa = std::pow(10, 3 * random.uniform());
    const auto f = all_problems().make(
        fmt::format("quadratic:n={},kappa={},rotation=random,seed={},shift=2", 3 + seed, kappa, seed));
    for (const std::string solver :
         {"cg", "pcg", "pcg:preconditioner=ssor,omega=1.3", "chebyshev", "richardson"}) {
      expect_within_bounds(*f, solver, 60);
    }
    const auto system =
        all_problems().make(fmt::format("linear_system:n=9,kappa={},seed={},symmetric=true", kappa, seed));
    expect_within_bounds(*system, "minres", 9);
    // Only the ends of the spectrum are used beyond n = 500.
    if (seed == 1)
      expect_within_bounds(*all_problems().make("quadratic:n=501,kappa=80,shift=1"), "chebyshev", 60);
  }
  expect_within_bounds(*all_problems().make("poisson:n=8,dimension=2"),
                       "pcg:preconditioner=incomplete_cholesky", 30);
}

// The mode of lambda = mu attains Chebyshev's bound at every k.
TEST(LinearSystemsTheory, ChebyshevAttainsItsBoundAtTheEndsOfTheInterval) {
  const auto f = all_problems().make("quadratic:eigenvalues=1;7;30,shift=0");
  const Vector x0 = Vector::Unit(3, 0);
  const auto statements = applicable_theory(*all_solvers().make("chebyshev"), {*f, x0});
  const std::vector<double> distance = run(*f, "chebyshev", 25, x0).trace.column("distance");
  for (std::size_t k = 0; k < distance.size(); ++k) {
    EXPECT_NEAR(distance[k] / minimax(30, static_cast<long>(k)), 1, 1e-10);
    EXPECT_NEAR(distance[k] / statements.at(0).bound(static_cast<long>(k)), 1, 1e-10);
  }
}

TEST(LinearSystemsTheory, SaysNothingWhereItsConditionsFail) {
  EXPECT_TRUE(theory(*all_problems().make("quadratic:eigenvalues=-1;2"), "cg").empty());
  EXPECT_TRUE(theory(*all_problems().make("linear_system"), "cg").empty());
  EXPECT_TRUE(theory(*all_problems().make("poisson:n=200000"), "sor").empty());
  EXPECT_TRUE(theory(*all_problems().make("linear_system"), "richardson:learning_rate=0.1").empty());
}

}  // namespace
}  // namespace optbed::linear_systems_theory_test
