#include "solvers/linear_systems/pivoted_qr.hpp"

#include <algorithm>

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

// With A P = Q R: w'(A'A)^-1 w = |R^-T P'w|^2.
double PivotedQr::inverse_gram_form(const Vector& w) {
  const Index n = qr_.cols();
  for (Index j = 0; j < n; ++j) permuted_[j] = w[qr_.colsPermutation().indices()[j]];
  qr_.matrixQR().topLeftCorner(n, n).triangularView<Eigen::Upper>().transpose().solveInPlace(permuted_);
  return permuted_.squaredNorm();
}

}  // namespace optbed
