#include "solvers/least_squares/residual_point.hpp"

#include <cmath>
#include <utility>

namespace optbed {

void ResidualPoint::allocate_for(const Oracle& f) {
  point.resize(f.dimension());
  r.setZero(f.residual_count());
  J.setZero(f.residual_count(), f.dimension());
  scale = f.least_squares_scale();
}

bool ResidualPoint::evaluate_residuals(Oracle& f) {
  f.residuals(point.x, r);
  point.value = scale * r.squaredNorm();
  return std::isfinite(point.value);
}

bool ResidualPoint::take_jacobian() {
  point.gradient.noalias() = J.transpose() * r;
  point.gradient *= 2 * scale;
  point.gradient_norm = infinity_norm(point.gradient);
  // The gradient may be finite where an infinite derivative meets a zero residual, so J itself is looked at.
  return std::isfinite(point.gradient_norm) && J.allFinite();
}

void swap(ResidualPoint& a, ResidualPoint& b) noexcept {
  swap(a.point, b.point);
  a.r.swap(b.r);
  a.J.swap(b.J);
  std::swap(a.scale, b.scale);
}

std::string missing_residuals(const Problem& problem) {
  return dynamic_cast<const LeastSquaresProblem*>(&problem) ? "" : "residuals";
}

}  // namespace optbed
