#include "solvers/quasi_newton/dense_quasi_newton.hpp"

namespace optbed {
namespace {

// y = H x, for the symmetric H whose lower triangle is given: one pass over that triangle.
void multiply([[maybe_unused]] const Matrix& H, [[maybe_unused]] const Vector& x, [[maybe_unused]] Vector& y) {
#ifndef __clang_analyzer__  // it sees a leak in Eigen where a buffer is freed if and only if it was allocated
  y.noalias() = H.selfadjointView<Eigen::Lower>() * x;
#endif
}

}  // namespace

Matrix DenseQuasiNewton::inverse_hessian() const { return H_.selfadjointView<Eigen::Lower>(); }

void DenseQuasiNewton::reset(Index n) {
  H_.setIdentity(n, n);
  Hy_.setZero(n);
  is_identity_ = true;
}

void DenseQuasiNewton::direction(const Vector& g, Vector& d) {
  multiply(H_, g, d);
  d = -d;
}

bool DenseQuasiNewton::update(const Vector& s, const Vector& y) {
  const bool scales = is_identity_ && options().initial_scaling && has_curvature(s, y);
  if (scales) H_.diagonal().setConstant(s.dot(y) / y.squaredNorm());
  multiply(H_, y, Hy_);
  const bool changes = correct(H_, s, y, Hy_) || scales;
  if (changes) is_identity_ = false;
  return changes;
}

}  // namespace optbed
