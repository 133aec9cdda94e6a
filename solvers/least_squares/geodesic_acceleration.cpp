#include "solvers/least_squares/geodesic_acceleration.hpp"

namespace optbed {

void GeodesicAcceleration::start(Index residuals, Index parameters) {
  ahead_.setZero(parameters);
  minus_r_vv_.setZero(residuals);
  a_.setZero(parameters);
}

bool GeodesicAcceleration::bend(Oracle& f, const LinearisedResiduals& model, Vector& d) {
  constexpr double h = 0.1;
  ahead_ = model.at.point.x + h * d;
  f.residuals(ahead_, minus_r_vv_);
  if (!minus_r_vv_.allFinite()) return false;
  minus_r_vv_ = (minus_r_vv_ - model.at.r) / h;
  minus_r_vv_.noalias() -= model.at.J * d;
  minus_r_vv_ *= -2 / h;
  model.system.solve(minus_r_vv_, a_);
  if (!(model.scaled_length(a_) <= limit_ * model.scaled_length(d))) return false;
  d += a_ / 2;
  return true;
}

}  // namespace optbed
