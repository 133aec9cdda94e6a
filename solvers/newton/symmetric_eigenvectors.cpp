#include "solvers/newton/symmetric_eigenvectors.hpp"

#include <Eigen/Jacobi>
#include <cmath>
#include <limits>

namespace optbed {

void SymmetricEigenvectors::start(Index n) {
  rotated_.setZero(n, n);
  Q_.setIdentity(n, n);
  lambda_.setZero(n);
}

bool SymmetricEigenvectors::compute(const Matrix& A) {
  constexpr int max_sweeps = 40;  // ten are enough in practice (Golub & Van Loan 2013, section 8.5.4)
  const Index n = A.rows();
  // What is left moves an eigenvalue by no more than eps |A| altogether.
  const double negligible = std::numeric_limits<double>::epsilon() * A.norm() / static_cast<double>(n);
  if (!std::isfinite(negligible)) return false;
  rotated_ = A;
  Q_.setIdentity();
  for (int sweep = 0; sweep < max_sweeps; ++sweep) {
    bool diagonal = true;
    for (Index p = 0; p < n - 1; ++p) {
      for (Index q = p + 1; q < n; ++q) {
        if (std::abs(rotated_(p, q)) <= negligible) continue;
        diagonal = false;
        Eigen::JacobiRotation<double> rotation;
        rotation.makeJacobi(rotated_, p, q);
        rotated_.applyOnTheLeft(p, q, rotation.adjoint());
        rotated_.applyOnTheRight(p, q, rotation);
        rotated_(p, q) = rotated_(q, p) = 0;  // exactly, and not the rounding of elements on the diagonal
        Q_.applyOnTheRight(p, q, rotation);
      }
    }
    if (diagonal) {
      lambda_ = rotated_.diagonal();
      return true;
    }
  }
  return false;
}

}  // namespace optbed
