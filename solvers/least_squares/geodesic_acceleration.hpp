// Geodesic acceleration (Transtrum & Sethna 2012; Transtrum, Machta & Sethna 2011, section VIII): with v the
// damped step and r_vv the second derivative of the residuals along it, the step is v + a/2 with (J'J + lambda
// D^2) a = -J'r_vv, which follows a curved valley to second order. A trial whose |D a|/|D v| is over `limit` is
// refused: the expansion is of no use there. Cost: 1 residual evaluation, for r_vv by a finite difference,
//   r_vv = (2/h)((r(x + h v) - r(x))/h - J v), h = 1/10, exact where r is quadratic.
#pragma once

#include "solvers/least_squares/trial_rule.hpp"

namespace optbed {

class GeodesicAcceleration {
 public:
  explicit GeodesicAcceleration(double limit) : limit_(limit) {}

  void start(Index residuals, Index parameters);

  // Adds a/2 to the step d, whose lambda the model's system is damped with. False, with d as it was, where the
  // trial is refused.
  [[nodiscard]] bool bend(Oracle& f, const LinearisedResiduals& model, Vector& d);

 private:
  double limit_;
  Vector ahead_;  // x + h v
  Vector minus_r_vv_;
  Vector a_;
};

}  // namespace optbed
