// The eigendecomposition C = B D^2 B' of a symmetric positive definite matrix, without allocation.
//
// One-sided Jacobi on the Cholesky factor (Veselić & Hari 1989; Demmel & Veselić 1992, algorithm 4.1):
// rotations from the right make the columns of L orthogonal; then they are B D. Every eigenvalue comes out to
// high relative accuracy where C is a well-conditioned matrix but for a scaling of its rows and columns, and
// all work is on columns: about 3 n^3 flops a sweep, in some six sweeps.
#pragma once

#include <Eigen/Cholesky>

#include "problems/facts.hpp"

namespace optbed {

class PrincipalAxes {
 public:
  // The axes of I (n x n).
  void start(Index n);

  // Of C (n x n), of which the lower triangle is read. False where it is not positive definite; the axes are
  // undefined then.
  [[nodiscard]] bool compute(const Matrix& C);

  const Matrix& directions() const { return B_; }  // orthonormal columns
  const Vector& lengths() const { return D_; }     // > 0, not sorted

 private:
  bool rotate(Index p, Index q);

  Eigen::LLT<Matrix> cholesky_;
  Matrix B_;
  Vector D_;
};

}  // namespace optbed
