#include "solvers/least_squares/more_trust_region.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

constexpr double acceptable = 1e-4;
constexpr double poor = 0.25;
constexpr double good = 0.75;

}  // namespace

void MoreTrustRegion::start(const LinearisedResiduals& model) {
  parameter_.start(model.D.size());
  const double size = model.scaled_length(model.at.point.x);
  radius_ = size > 0 ? factor_ * size : factor_;
  lambda_ = 0;
  trial_lambda_ = 0;
  first_ = true;
}

std::optional<double> MoreTrustRegion::propose(const LinearisedResiduals& model, Vector& d) {
  const auto step = parameter_.solve(model, radius_, lambda_, d);
  if (!step) return std::nullopt;
  proposed_ = {step->lambda, step->length, model.at.slope_of_half_square(d)};
  // m(0) - m(d) = |J d|^2/2 + lambda |D d|^2, where |J d|^2 + lambda |D d|^2 = -d'J'r (Moré 1978, (4.4)).
  return (step->lambda * step->length * step->length - proposed_.slope) / 2;
}

bool MoreTrustRegion::accepts(const Outcome& outcome) const { return outcome.gain() >= acceptable; }

bool MoreTrustRegion::adapt(const Outcome& outcome) {
  const auto [lambda, length, slope] = proposed_;
  if (first_) radius_ = std::min(radius_, length);
  trial_lambda_ = lambda;
  lambda_ = lambda;
  if (outcome.gain() <= poor) {
    // Towards the minimum of the parabola through F(x), its slope and F(x + d) (Moré 1978, section 4).
    const double parabola = outcome.fall >= 0 ? 0.5 : 0.5 * slope / (slope + outcome.fall);
    const double shrinkage = std::max(parabola, 0.1);
    radius_ = shrinkage * std::min(radius_, 10 * length);
    lambda_ /= shrinkage;
  } else if (lambda == 0 || outcome.gain() >= good) {
    radius_ = 2 * length;
    lambda_ /= 2;
  }
  if (accepts(outcome)) first_ = false;
  return radius_ > 0 && std::isfinite(lambda_);
}

bool MoreTrustRegion::lengthen(const LinearisedResiduals& /*model*/) {
  if (proposed_.lambda == 0) return false;
  radius_ *= 2;
  return true;
}

}  // namespace optbed
