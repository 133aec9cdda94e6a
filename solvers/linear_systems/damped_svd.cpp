#include "solvers/linear_systems/damped_svd.hpp"

#include <algorithm>
#include <limits>

namespace optbed {

void DampedSvd::start(Index residuals, Index parameters) {
  qr_.start(residuals, parameters);
  svd_ = Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner>(parameters, parameters,
                                                             Eigen::ComputeFullU | Eigen::ComputeFullV);
  scaled_.setZero(residuals, parameters);
  R_.setZero(parameters, parameters);
  head_.setZero(std::min(residuals, parameters));
  y_.setZero(parameters);
  D_.setZero(parameters);
}

void DampedSvd::factorise(const Matrix& J, const Vector& D) {
  D_ = D;
  for (Index j = 0; j < J.cols(); ++j) scaled_.col(j) = J.col(j) / D[j];
  qr_.factorise(scaled_);
  qr_.unpivoted_r(R_.topRows(head_.size()));
  svd_.compute(R_);
}

bool DampedSvd::damp(double lambda) {
  lambda_ = lambda;
  return svd_.info() == Eigen::Success;
}

bool DampedSvd::counts(Index i) const {
  const auto& s = svd_.singularValues();  // descending
  return s[i] > static_cast<double>(s.size()) * std::numeric_limits<double>::epsilon() * s[0];
}

void DampedSvd::solve(const Vector& b, Vector& d) {
  const auto& s = svd_.singularValues();
  qr_.multiply_by_q_transposed(b, head_);
  y_.noalias() = svd_.matrixU().topRows(head_.size()).transpose() * head_;
  for (Index i = 0; i < y_.size(); ++i) {
    y_[i] = lambda_ > 0 || counts(i) ? y_[i] * s[i] / (s[i] * s[i] + lambda_) : 0;
  }
  d.noalias() = svd_.matrixV() * y_;
  d.array() /= D_.array();
}

double DampedSvd::inverse_form(const Vector& w) {
  const auto& s = svd_.singularValues();
  double sum = 0;
  for (Index i = 0; i < y_.size(); ++i) {
    const double z = (svd_.matrixV().col(i).array() * w.array() / D_.array()).sum();
    if (lambda_ > 0 || counts(i)) sum += z * z / (s[i] * s[i] + lambda_);
  }
  return sum;
}

}  // namespace optbed
