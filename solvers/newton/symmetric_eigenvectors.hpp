// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic method (1846; Golub & Van Loan 2013,
// section 8.5.4), without an allocation after `start`: each rotation zeroes one element off the diagonal, and
// their sum of squares falls to rounding, quadratically at the end.
// Cost: some 6 n^3 flops for a sweep over all pairs, of which there are three to ten.
#pragma once

#include "problems/facts.hpp"

namespace optbed {

class SymmetricEigenvectors {
 public:
  void start(Index n);

  // A (n x n, both triangles) = Q diag(lambda) Q'. False where it does not converge, as with numbers that are
  // not finite.
  [[nodiscard]] bool compute(const Matrix& A);

  const Vector& values() const { return lambda_; }  // lambda (n), in no order
  const Matrix& vectors() const { return Q_; }      // Q (n x n), orthogonal

 private:
  Matrix rotated_;  // Q'A Q
  Matrix Q_;
  Vector lambda_;
};

}  // namespace optbed
