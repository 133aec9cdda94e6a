#include "solvers/linear_systems/damped_cholesky.hpp"

#include <limits>

namespace optbed {

void DampedCholesky::start(Index residuals, Index parameters) {
  J_.setZero(residuals, parameters);
  gram_.setZero(parameters, parameters);
  shifted_.setZero(parameters, parameters);
  D_squared_.setZero(parameters);
  transformed_.setZero(parameters);
  cholesky_.compute(Matrix::Identity(parameters, parameters));  // allocates, and leaves nothing uninitialised
}

void DampedCholesky::factorise(const Matrix& J, const Vector& D) {
  J_ = J;
  D_squared_ = D.cwiseAbs2();
  // A column at a time: the library's product of two matrices allocates blocks of its own.
  const Index n = J.cols();
  for (Index j = 0; j < n; ++j) gram_.col(j).tail(n - j).noalias() = J.rightCols(n - j).transpose() * J.col(j);
}

bool DampedCholesky::damp(double lambda) {
  shifted_ = gram_;
  shifted_.diagonal() += lambda * D_squared_;
  cholesky_.compute(shifted_);
  return cholesky_.info() == Eigen::Success && !is_singular();
}

// A pivot that is not larger than the rounding of the diagonal which it is left over from may be zero. That
// diagonal is the sum of squares of its row of L, so that no scaling of the parameters changes the answer.
bool DampedCholesky::is_singular() const {
  const Matrix& L = cholesky_.matrixLLT();
  const double rounding = static_cast<double>(L.rows()) * std::numeric_limits<double>::epsilon();
  for (Index k = 0; k < L.rows(); ++k) {
    if (!(L(k, k) * L(k, k) > rounding * L.row(k).head(k + 1).squaredNorm())) return true;
  }
  return false;
}

void DampedCholesky::solve(const Vector& b, Vector& d) {
  d.noalias() = J_.transpose() * b;
  cholesky_.solveInPlace(d);
}

double DampedCholesky::inverse_form(const Vector& w) {
  transformed_ = w;
  cholesky_.matrixL().solveInPlace(transformed_);
  return transformed_.squaredNorm();
}

}  // namespace optbed
