#include "solvers/linear_systems/damped_least_squares.hpp"

#include <Eigen/Dense>
#include <cmath>

namespace optbed {

void PivotedQr::start(Index rows, Index columns) {
  qr_ = Eigen::ColPivHouseholderQR<Matrix>(rows, columns);
  rotated_.setZero(rows);
  permuted_.setZero(columns);
}

void PivotedQr::factorise(const Matrix& A) { qr_.compute(A); }

bool PivotedQr::has_full_column_rank() const { return qr_.rank() == qr_.cols(); }

// Reflection by reflection: the library's own product with Q allocates its workspace.
void PivotedQr::apply_q_transposed(const Vector& b) {
  rotated_ = b;
  const Matrix& reflectors = qr_.matrixQR();
  const Index rows = qr_.rows();
  for (Index k = 0; k < std::min(rows, qr_.cols()); ++k) {
    rotated_.tail(rows - k).applyHouseholderOnTheLeft(reflectors.col(k).tail(rows - k - 1), qr_.hCoeffs()[k],
                                                      &workspace_);
  }
}

void PivotedQr::solve(const Vector& b, Vector& x) {
  apply_q_transposed(b);
  const Index n = qr_.cols();
  permuted_ = rotated_.head(n);
  qr_.matrixQR().topLeftCorner(n, n).triangularView<Eigen::Upper>().solveInPlace(permuted_);
  for (Index j = 0; j < n; ++j) x[qr_.colsPermutation().indices()[j]] = permuted_[j];
}

void PivotedQr::multiply_by_q_transposed(const Vector& b, Vector& head) {
  apply_q_transposed(b);
  head = rotated_.head(std::min(qr_.rows(), qr_.cols()));
}

void PivotedQr::unpivoted_r(Eigen::Ref<Matrix> R) const {
  const Index size = std::min(qr_.rows(), qr_.cols());
  R.setZero();
  for (Index j = 0; j < qr_.cols(); ++j) {
    const Index length = std::min(j + 1, size);
    R.col(qr_.colsPermutation().indices()[j]).head(length) = qr_.matrixQR().col(j).head(length);
  }
}

void DampedLeastSquares::start(Index residuals, Index parameters) {
  const Index size = std::min(residuals, parameters);
  jacobian_.start(residuals, parameters);
  stacked_qr_.start(size + parameters, parameters);
  stacked_.setZero(size + parameters, parameters);
  right_side_.setZero(size + parameters);
  minus_r_.setZero(residuals);
  head_.setZero(size);
}

void DampedLeastSquares::factorise(const Matrix& J, const Vector& r) {
  jacobian_.factorise(J);
  minus_r_ = -r;
  jacobian_.multiply_by_q_transposed(minus_r_, head_);
}

bool DampedLeastSquares::solve(double lambda, const Vector& D, Vector& d) {
  const Index size = head_.size();
  const Index n = stacked_.cols();
  jacobian_.unpivoted_r(stacked_.topRows(size));
  stacked_.bottomRows(n).setZero();
  stacked_.bottomRows(n).diagonal() = std::sqrt(lambda) * D;
  right_side_.head(size) = head_;
  right_side_.tail(n).setZero();
  stacked_qr_.factorise(stacked_);
  if (!stacked_qr_.has_full_column_rank()) return false;
  stacked_qr_.solve(right_side_, d);
  return true;
}

bool DampedLeastSquares::solve_undamped(const Vector& r, Vector& d) {
  if (!jacobian_.has_full_column_rank()) return false;
  minus_r_ = -r;
  jacobian_.solve(minus_r_, d);
  return true;
}

}  // namespace optbed
