#include "solvers/linear_systems/damped_qr.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {

void DampedQr::start(Index residuals, Index parameters) {
  const Index size = std::min(residuals, parameters);
  jacobian_.start(residuals, parameters);
  stacked_qr_.start(size + parameters, parameters);
  stacked_.setZero(size + parameters, parameters);
  right_side_.setZero(size + parameters);
  head_.setZero(size);
  D_.setZero(parameters);
}

void DampedQr::factorise(const Matrix& J, const Vector& D) {
  jacobian_.factorise(J);
  D_ = D;
}

bool DampedQr::damp(double lambda) {
  damped_ = lambda > 0;
  if (!damped_) return jacobian_.has_full_column_rank();
  const Index n = stacked_.cols();
  jacobian_.unpivoted_r(stacked_.topRows(head_.size()));
  stacked_.bottomRows(n).setZero();
  stacked_.bottomRows(n).diagonal() = std::sqrt(lambda) * D_;
  stacked_qr_.factorise(stacked_);
  return stacked_qr_.has_full_column_rank();
}

void DampedQr::solve(const Vector& b, Vector& d) {
  if (!damped_) return jacobian_.solve(b, d);
  jacobian_.multiply_by_q_transposed(b, head_);
  right_side_.head(head_.size()) = head_;
  right_side_.tail(stacked_.cols()).setZero();
  stacked_qr_.solve(right_side_, d);
}

double DampedQr::inverse_form(const Vector& w) {
  return damped_ ? stacked_qr_.inverse_gram_form(w) : jacobian_.inverse_gram_form(w);
}

}  // namespace optbed
