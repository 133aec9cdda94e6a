#include "analysis/performance_estimation/semidefinite_program.hpp"

#include <gtest/gtest.h>

#include <Eigen/QR>

#include "analysis/performance_estimation/low_rank_solution.hpp"
#include "problems/decompositions.hpp"
#include "problems/random.hpp"

namespace optbed::semidefinite_program_test {
namespace {

// The largest eigenvalue of A as the most that f <= <A, G>, tr G <= 1 allows.
SemidefiniteProgram largest_eigenvalue(const Matrix& A) {
  const Index d = A.rows();
  SemidefiniteProgram program{.C = Matrix::Zero(d, d), .c = Vector::Ones(1), .rows = {}};
  program.rows.push_back({.A = -A, .a = Vector::Ones(1), .b = 0});
  program.rows.push_back({.A = Matrix::Identity(d, d), .a = Vector::Zero(1), .b = 1});
  return program;
}

Matrix symmetric(Index d, std::uint64_t seed) {
  const Matrix A = Random(seed).normal_matrix(d, d);
  return (A + A.transpose()) / 2;
}

TEST(SemidefiniteProgram, FindsTheLargestEigenvalueFromAboveAndBelow) {
  for (const Index d : {1, 2, 5, 9}) {
    const Matrix A = symmetric(d, 1) + 5 * Matrix::Identity(d, d);
    const SemidefiniteProgram program = largest_eigenvalue(A);
    const double expected = symmetric_eigenvalues(A).value().maxCoeff();
    const auto solution = solve(program);
    ASSERT_TRUE(solution);
    EXPECT_NEAR(program.dual_objective(solution->lambda), expected, 1e-7);
    EXPECT_NEAR(program.objective(solution->G, solution->f), expected, 1e-4);
    EXPECT_GE(solution->lambda.minCoeff(), 0);
    EXPECT_LE(program.multiplier_balance(solution->lambda).norm(), 1e-15);
    EXPECT_GE(symmetric_eigenvalues(program.slack_matrix(solution->lambda)).value().minCoeff(), -1e-14);
  }
}

// Any matrix of trace 1 in the eigenspace is a solution, that of the interior has the rank of the space.
TEST(LowRankSolution, HasRankOneInAnEigenspaceOfThree) {
  const Matrix Q = Random(2).normal_matrix(6, 6).householderQr().householderQ();
  const Vector eigenvalues{{4, 4, 4, 3, 2, 1}};
  const SemidefiniteProgram program = largest_eigenvalue(Q * eigenvalues.asDiagonal() * Q.transpose());
  const auto solution = solve(program);
  ASSERT_TRUE(solution);
  const FactoredSolution found = low_rank_solution(program, *solution);
  EXPECT_EQ(found.P.rows(), 1);
  const Matrix G = found.P.transpose() * found.P;
  EXPECT_NEAR(program.objective(G, found.f), 4, 1e-12);
  EXPECT_NEAR(G.trace(), 1, 1e-12);
}

}  // namespace
}  // namespace optbed::semidefinite_program_test
