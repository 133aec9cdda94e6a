#include "solvers/newton/shifted_cholesky.hpp"

#include <algorithm>

namespace optbed {

void ShiftedCholesky::start(Index n) {
  shifted_.setZero(n, n);
  cholesky_.compute(Matrix::Identity(n, n));  // allocates, and leaves nothing uninitialised
  shift_ = 0;
}

bool ShiftedCholesky::factorise(const Matrix& H, double scale_of_zero) {
  constexpr double relative_beta = 1e-3;  // to H, so that scaling f changes nothing
  constexpr int max_factorisations = 60;
  const double scale = H.cwiseAbs().maxCoeff();
  const double beta = scale > 0 ? relative_beta * scale : scale_of_zero;
  const double least = H.diagonal().minCoeff();
  double tau = least > 0 ? 0 : beta - least;
  for (int i = 0; i < max_factorisations; ++i, tau = std::max(2 * tau, beta)) {
    shifted_ = H;
    shifted_.diagonal().array() += tau;
    cholesky_.compute(shifted_);
    if (cholesky_.info() != Eigen::Success) continue;
    shift_ = tau;
    return true;
  }
  return false;
}

}  // namespace optbed
