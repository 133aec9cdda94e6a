#include "solvers/least_squares/dogleg_path.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {

void DoglegPath::start(const LinearisedResiduals& model) {
  radius_ = initial_radius_;
  descent_.setZero(model.D.size());
  leg_.setZero(model.D.size());
  J_d_.setZero(model.at.r.size());
}

std::optional<double> DoglegPath::propose(const LinearisedResiduals& model, Vector& d) {
  if (!model.system.damp(0)) return std::nullopt;
  model.system.solve(model.right_side, d);
  shortened_ = !(model.scaled_length(d) <= radius_);
  if (shortened_) shorten(model, d);
  length_ = model.scaled_length(d);
  J_d_.noalias() = model.at.J * d;
  return -model.at.slope_of_half_square(d) - J_d_.squaredNorm() / 2;
}

// (3.20): d is the Gauss-Newton step, outside of the region.
void DoglegPath::shorten(const LinearisedResiduals& model, Vector& d) {
  const double slope = model.scaled_slope();
  descent_ = model.at.point.gradient.array() / (2 * model.at.scale * model.D.array().square());
  J_d_.noalias() = model.at.J * descent_;
  const double alpha = slope * slope / J_d_.squaredNorm();  // (3.19)
  const double first_leg = alpha * slope;                   // its length
  if (!(first_leg < radius_)) {
    d = -(radius_ / slope) * descent_;
    return;
  }
  // a + beta (b - a) of length radius, with a the end of the first leg and b that of the second.
  leg_ = model.D.cwiseProduct(d + alpha * descent_);
  const double c = -alpha * descent_.cwiseProduct(model.D).dot(leg_);
  const double square = leg_.squaredNorm();
  const double gap = (radius_ - first_leg) * (radius_ + first_leg);
  const double root = std::sqrt(c * c + square * gap);
  const double beta = c <= 0 ? (root - c) / square : gap / (c + root);
  d = -alpha * (1 - beta) * descent_ + beta * d;
}

bool DoglegPath::adapt(const Outcome& outcome) {
  if (outcome.gain() > 0.75) radius_ = std::max(radius_, 3 * length_);
  if (outcome.gain() < 0.25) radius_ /= 2;
  return radius_ > 0;
}

bool DoglegPath::lengthen(const LinearisedResiduals& /*model*/) {
  if (!shortened_) return false;
  radius_ *= 2;
  return true;
}

}  // namespace optbed
