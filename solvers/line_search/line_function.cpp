#include "solvers/line_search/line_function.hpp"

#include <cmath>
#include <limits>

#include "solvers/rounding.hpp"

namespace optbed {

bool Sample::is_finite() const { return std::isfinite(value) && std::isfinite(slope); }

LineFunction::LineFunction(Oracle& f, const Point& from, const Vector& d, Point& trial)
    : f_(f),
      from_(from),
      d_(d),
      trial_(trial),
      origin_{0, from.value, from.gradient.dot(d)},
      rounding_(rounding_of_value(from.value, from.x.size())) {}

std::optional<StopReason> LineFunction::failure() const {
  if (!std::isfinite(origin_.slope)) return StopReason::non_finite;
  if (origin_.slope >= 0) return StopReason::not_descent;
  return std::nullopt;
}

Sample LineFunction::operator()(double alpha) {
  ++trials_;
  trial_.x = from_.x + alpha * d_;
  if (f_.evaluate(trial_)) {
    const Sample sample{alpha, trial_.value, trial_.gradient.dot(d_)};
    if (sample.is_finite()) return sample;
  }
  return {alpha, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
}

double LineFunction::value(double alpha) {
  trial_.x = from_.x + alpha * d_;
  return f_.value(trial_.x);
}

bool decreases_sufficiently(const Sample& trial, const Sample& origin, double c1, double rounding) {
  const double change = trial.value - origin.value;
  const double bound = c1 * trial.alpha * origin.slope;
  if (is_within_rounding(change, bound, rounding)) return trial.slope <= (2 * c1 - 1) * origin.slope;
  return change <= bound;
}

bool is_flat(const Sample& trial, const Sample& origin, double c2) {
  return std::abs(trial.slope) <= c2 * std::abs(origin.slope);
}

}  // namespace optbed
