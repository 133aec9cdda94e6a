#include "solvers/quasi_newton/quasi_newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {

QuasiNewton::QuasiNewton(const QuasiNewtonOptions& options)
    : options_(options), line_search_(make_line_search(options.line_search)) {}

std::optional<StopReason> QuasiNewton::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  d_.setZero(n);
  s_.setZero(n);
  y_.setZero(n);
  line_search_->start(n);
  reset(n);
  updated_ = false;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo QuasiNewton::step(Oracle& f) {
  if (current_.gradient_norm == 0) return moved(0);
  direction(current_.gradient, d_);
  const StepInfo info = line_search_step(f, *line_search_, d_, initial_step(), current_, trial_);
  if (info.stop) return info;

  s_ = current_.x - trial_.x;
  y_ = current_.gradient - trial_.gradient;
  if (update(s_, y_)) updated_ = true;
  return info;
}

bool QuasiNewton::has_curvature(const Vector& s, const Vector& y) {
  const double sy = s.dot(y);
  const bool invertible = std::isfinite(1 / sy);  // not for the products of subnormal numbers
  return invertible && sy > std::numeric_limits<double>::epsilon() * s.norm() * y.norm();
}

// 1, so that good directions are taken whole (Nocedal & Wright 2006, p. 142); but -g has the wrong units, so
// that the first step is not to be longer than 1.
double QuasiNewton::initial_step() const {
  const bool unscaled = options_.initial_scaling && !updated_;
  return unscaled ? std::min(1.0, 1 / current_.gradient.norm()) : 1;
}

}  // namespace optbed
