#include "solvers/least_squares/jacobian.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {

const std::vector<std::pair<std::string, JacobianSource>>& jacobian_choices() {
  static const std::vector<std::pair<std::string, JacobianSource>> choices = {
      {"analytic", JacobianSource::analytic},
      {"forward", JacobianSource::forward},
      {"central", JacobianSource::central}};
  return choices;
}

void JacobianEvaluation::start(const Oracle& f) {
  if (is_exact()) return;
  x_.setZero(f.dimension());
  r_ahead_.setZero(f.residual_count());
  r_behind_.setZero(f.residual_count());
}

bool JacobianEvaluation::evaluate(Oracle& f, ResidualPoint& at) {
  if (is_exact()) {
    f.jacobian(at.point.x, at.J);
  } else {
    difference(f, at);
  }
  return at.take_jacobian();
}

void JacobianEvaluation::difference(Oracle& f, ResidualPoint& at) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const bool central = source_ == JacobianSource::central;
  const double relative_step = central ? std::cbrt(epsilon) : std::sqrt(epsilon);
  const Vector& x = at.point.x;
  x_ = x;
  for (Index j = 0; j < x.size(); ++j) {
    const double h = relative_step * std::max(std::abs(x[j]), 1.0);
    x_[j] = x[j] + h;
    const double ahead = x_[j];
    f.residuals(x_, r_ahead_);
    if (central) {
      x_[j] = x[j] - h;
      f.residuals(x_, r_behind_);
      at.J.col(j) = (r_ahead_ - r_behind_) / (ahead - x_[j]);
    } else {
      at.J.col(j) = (r_ahead_ - at.r) / (ahead - x[j]);
    }
    x_[j] = x[j];
  }
}

}  // namespace optbed
