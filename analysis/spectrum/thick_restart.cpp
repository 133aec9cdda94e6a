#include "analysis/spectrum/thick_restart.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {

ThickRestartLanczos::ThickRestartLanczos(const SymmetricProduct& product, const Matrix& locked,
                                         const Vector& start, Index subspace, Random& random)
    : product_(product),
      locked_(locked.cols()),
      m_(subspace),
      random_(random),
      V_(locked.rows(), locked.cols() + subspace + 1),
      T_(Matrix::Zero(subspace, subspace)),
      v_(locked.rows()),
      w_(locked.rows()) {
  for (Index i = 0; i < locked_; ++i) V_.append(locked.col(i), 1);
  if (start.size() > 0) {
    w_ = start;
    const double norm = V_.orthogonalise(w_, h_);
    if (norm > 0 && std::isfinite(norm)) V_.append(w_, norm);
  }
  if (V_.size() == locked_) V_.append_random(random_);
}

// One more column after v_j. False where A v_j is not finite.
bool ThickRestartLanczos::expand(Index j) {
  v_ = V_.vectors().col(locked_ + j);
  product_(v_, w_);
  const double size = w_.norm();
  if (!std::isfinite(size)) return false;
  beta_ = V_.orthogonalise(w_, h_);
  T_(j, j) = h_[locked_ + j];
  largest_ = std::max(largest_, std::abs(T_(j, j)));
  // Where only rounding is left the columns span an invariant subspace, and the search goes on outside of it.
  constexpr double unit = std::numeric_limits<double>::epsilon();
  if (beta_ > 10 * unit * std::max(size, largest_)) {
    V_.append(w_, beta_);
  } else {
    beta_ = 0;
    V_.append_random(random_);
  }
  if (j + 1 < m_) T_(j + 1, j) = T_(j, j + 1) = beta_;
  return true;
}

bool ThickRestartLanczos::cycle() {
  for (Index j = V_.size() - locked_ - 1; j < m_; ++j) {
    if (!expand(j)) return false;
  }
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(T_);
  theta_ = eigen.eigenvalues();
  S_ = eigen.eigenvectors();
  residuals_ = beta_ * S_.row(m_ - 1).transpose().cwiseAbs();
  return true;
}

Matrix ThickRestartLanczos::vectors(const std::vector<Index>& indices) const {
  Matrix S(m_, static_cast<Index>(indices.size()));
  for (std::size_t i = 0; i < indices.size(); ++i) S.col(static_cast<Index>(i)) = S_.col(indices[i]);
  return V_.vectors().middleCols(locked_, m_) * S;
}

// T becomes diagonal but for the row and the column of v (Wu & Simon 2000, section 3.1).
void ThickRestartLanczos::restart(const std::vector<Index>& kept) {
  const auto count = static_cast<Index>(kept.size());
  const Index columns = V_.size() - locked_;  // m, and v unless the basis spans the space
  Matrix S = Matrix::Zero(columns, count + columns - m_);
  T_.setZero();
  for (Index i = 0; i < count; ++i) {
    const Index from = kept[static_cast<std::size_t>(i)];
    S.col(i).head(m_) = S_.col(from);
    T_(i, i) = theta_[from];
    T_(i, count) = T_(count, i) = beta_ * S_(m_ - 1, from);
  }
  if (columns > m_) S(m_, count) = 1;
  V_.combine(locked_, S);
}

}  // namespace optbed
