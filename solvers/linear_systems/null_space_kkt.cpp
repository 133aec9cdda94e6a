#include "solvers/linear_systems/null_space_kkt.hpp"

#include <algorithm>

namespace optbed {

void NullSpaceKkt::start(Index n, Index p) {
  p_ = p;
  qr_ = Eigen::ColPivHouseholderQR<Matrix>(n, p);
  workspace_.setZero(n);
  shift_ = 0;
  if (p > n) return;  // no factorisation will succeed
  Q_.setZero(n, n);
  HZ_.setZero(n, n - p);
  reduced_.setZero(n - p, n - p);
  shifted_.setZero(n - p, n - p);
  cholesky_.compute(Matrix::Identity(n - p, n - p));  // allocates, and leaves nothing uninitialised
  Hd_.setZero(n);
  p_y_.setZero(p);
  p_z_.setZero(n - p);
}

bool NullSpaceKkt::factorise_constraints(const Matrix& A) {
  const Index n = A.cols();
  if (p_ > n) return false;
  qr_.compute(A.transpose());
  if (qr_.rank() < p_) return false;
  // Reflection by reflection, from the last: the library's own product with Q allocates its workspace.
  Q_.setIdentity();
  const Matrix& reflectors = qr_.matrixQR();
  for (Index k = p_ - 1; k >= 0; --k) {
    Q_.bottomRightCorner(n - k, n - k)
        .applyHouseholderOnTheLeft(reflectors.col(k).tail(n - k - 1), qr_.hCoeffs()[k], workspace_.data());
  }
  return true;
}

void NullSpaceKkt::least_squares_multipliers(const Vector& g, Vector& lambda) {
  p_y_.noalias() = Q_.leftCols(p_).transpose() * g;
  qr_.matrixQR().topLeftCorner(p_, p_).triangularView<Eigen::Upper>().solveInPlace(p_y_);
  for (Index j = 0; j < p_; ++j) lambda[qr_.colsPermutation().indices()[j]] = p_y_[j];
}

void NullSpaceKkt::least_norm_correction(const Vector& c, Vector& d) {
  for (Index j = 0; j < p_; ++j) p_y_[j] = -c[qr_.colsPermutation().indices()[j]];
  qr_.matrixQR().topLeftCorner(p_, p_).triangularView<Eigen::Upper>().transpose().solveInPlace(p_y_);
  d.noalias() = Q_.leftCols(p_) * p_y_;
}

bool NullSpaceKkt::solve(const Matrix& H, const Vector& g, const Vector& c, Vector& step, Vector& lambda) {
  const Index n = H.rows();
  // Column by column: the library's product of two matrices allocates.
  for (Index j = 0; j < n - p_; ++j) {
    HZ_.col(j).noalias() = H * Q_.col(p_ + j);
    reduced_.col(j).noalias() = Q_.rightCols(n - p_).transpose() * HZ_.col(j);
  }
  if (!factorise_reduced_hessian()) return false;

  least_norm_correction(c, step);  // Y p_Y
  Hd_.noalias() = H * step;
  Hd_ += g;
  p_z_.noalias() = Q_.rightCols(n - p_).transpose() * Hd_;
  p_z_ = -p_z_;
  cholesky_.solveInPlace(p_z_);
  step.noalias() += Q_.rightCols(n - p_) * p_z_;
  Hd_.noalias() = H * step;
  Hd_ += g + shift_ * step;
  least_squares_multipliers(Hd_, lambda);
  return step.allFinite() && lambda.allFinite();
}

// Z'(H + delta I)Z = Z'H Z + delta I, as the columns of Z are orthonormal; Y'delta Z = 0. beta is relative to
// the matrix, so that scaling f changes nothing.
bool NullSpaceKkt::factorise_reduced_hessian() {
  constexpr double relative_beta = 1e-3;
  constexpr int max_factorisations = 60;
  shift_ = 0;
  if (reduced_.rows() == 0) return true;
  const double scale = reduced_.cwiseAbs().maxCoeff();
  const double beta = scale > 0 ? relative_beta * scale : 1;
  const double least = reduced_.diagonal().minCoeff();
  shift_ = least > 0 ? 0 : beta - least;
  for (int i = 0; i < max_factorisations; ++i, shift_ = std::max(2 * shift_, beta)) {
    shifted_ = reduced_;
    shifted_.diagonal().array() += shift_;
    cholesky_.compute(shifted_);
    if (cholesky_.info() == Eigen::Success) return true;
  }
  return false;
}

}  // namespace optbed
