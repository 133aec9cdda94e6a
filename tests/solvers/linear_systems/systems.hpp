// Linear systems and runs on them, as the tests of their solvers need them.
#pragma once

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "problems/quadratic/matrix_quadratic.hpp"
#include "problems/quadratic/squared_residual.hpp"
#include "problems/random.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed::testing {

inline Matrix tridiagonal(Index n, double below, double on, double above) {
  Matrix A = Matrix::Zero(n, n);
  A.diagonal().setConstant(on);
  A.diagonal(-1).setConstant(below);
  A.diagonal(1).setConstant(above);
  return A;
}

// B'B + I with a random B, of which a part of the places off the diagonal is set to zero.
inline Matrix random_positive_definite(Index n, Random& random, double zeros = 0) {
  const Matrix B = random.normal_matrix(n, n);
  Matrix A = B.transpose() * B + Matrix::Identity(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < i; ++j) {
      if (random.uniform() < zeros) A(i, j) = A(j, i) = 0;
    }
    A(i, i) += zeros > 0 ? A.row(i).cwiseAbs().sum() : 0;
  }
  return A;
}

inline SystemMatrix dense(const Matrix& A) { return DenseRows(A); }

inline SystemMatrix sparse(const Matrix& A) { return sparse_copy(DenseRows(A)); }

// (1/2)x'Ax - b'x
inline std::unique_ptr<Problem> quadratic(const SystemMatrix& A, const Vector& b) {
  return MatrixQuadratic::with_right_hand_side(A, b, computed_quadratic_facts(A, b));
}

// (1/2)|Ax - b|^2
inline std::unique_ptr<Problem> least_squares(const SystemMatrix& A, const Vector& b) {
  return std::make_unique<SquaredResidual>(A, b);
}

// A run without a tolerance, with its iterates.
inline Result run(const Problem& problem, const std::string& solver_name, long iterations, Vector x0 = {}) {
  const auto solver = all_solvers().make(solver_name);
  return minimize(problem, *solver,
                  {.limits = {.max_iterations = iterations, .gradient_tolerance = 0},
                   .trace = {.iterates = true},
                   .start = std::move(x0)});
}

// The first iteration k with |r_k| <= tolerance |r_0|, or -1.
inline long iterations_to(const Trace& trace, double tolerance) {
  const std::vector<double>& residual = trace.column("relative_residual");
  for (std::size_t k = 0; k < residual.size(); ++k) {
    if (residual[k] <= tolerance) return static_cast<long>(k);
  }
  return -1;
}

}  // namespace optbed::testing
