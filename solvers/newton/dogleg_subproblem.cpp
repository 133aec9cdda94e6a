#include "solvers/newton/dogleg_subproblem.hpp"

#include <cmath>

namespace optbed {

void DoglegSubproblem::start(Index n) {
  cholesky_.start(n);
  steepest_.setZero(n);
  newton_.setZero(n);
  Bp_.setZero(n);
}

bool DoglegSubproblem::set_model(const Matrix& H, const Vector& g) {
  if (!cholesky_.factorise(H, g.norm())) return false;
  g_ = &g;
  newton_ = -g;
  cholesky_.solve_in_place(newton_);
  newton_length_ = newton_.norm();
  Bp_.noalias() = cholesky_.shifted_matrix() * g;
  steepest_ = -(g.squaredNorm() / g.dot(Bp_)) * g;  // (4.15)
  steepest_length_ = steepest_.norm();
  return std::isfinite(newton_length_) && std::isfinite(steepest_length_);
}

TrustRegionStep DoglegSubproblem::solve(double radius, Vector& p) {  // (4.16)
  const bool inside = newton_length_ <= radius;
  if (inside) {
    p = newton_;
  } else if (steepest_length_ >= radius) {
    p = (radius / steepest_length_) * steepest_;
  } else {
    p = newton_ - steepest_;
    const double pp = p.squaredNorm();
    const double up = steepest_.dot(p);  // >= 0 (lemma 4.2)
    const double gap = (radius - steepest_length_) * (radius + steepest_length_);
    p = steepest_ + gap / (up + std::sqrt(up * up + pp * gap)) * p;
  }
  Bp_.noalias() = cholesky_.shifted_matrix() * p;
  return {.length = p.norm(), .on_boundary = !inside, .predicted_fall = -(g_->dot(p) + p.dot(Bp_) / 2)};
}

}  // namespace optbed
