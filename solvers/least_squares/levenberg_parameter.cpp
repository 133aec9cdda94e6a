#include "solvers/least_squares/levenberg_parameter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr double tolerance = 0.1;  // sigma: of the length, relative to the radius
constexpr int max_iterations = 10;
constexpr double tiny = std::numeric_limits<double>::min();

}  // namespace

std::optional<LevenbergStep> LevenbergParameter::solve(const LinearisedResiduals& model, double radius,
                                                       double guess, Vector& d) {
  DampedLeastSquares& system = model.system;
  std::optional<LevenbergStep> step;
  double lower = 0;
  double phi = std::numeric_limits<double>::infinity();
  const bool regular = system.damp(0);
  if (regular) {
    system.solve(model.right_side, d);
    step = {0, model.scaled_length(d)};
    phi = step->length - radius;
    if (phi <= tolerance * radius) return step;
    lower = newton_correction(model, d, radius);  // below the solution, as phi is convex
  }
  const double slope = model.scaled_slope();
  double upper = slope / radius;  // above it: |D d| <= slope/lambda
  if (upper == 0) upper = tiny / std::min(radius, tolerance);
  double lambda = std::min(std::max(guess, lower), upper);
  if (lambda == 0 && regular) lambda = slope / step->length;

  for (int i = 1; i <= max_iterations; ++i) {
    if (lambda == 0) lambda = std::max(tiny, 1e-3 * upper);
    if (!system.damp(lambda)) {
      lower = std::max(lower, lambda);
      lambda = std::max(10 * lambda, std::sqrt(lower * upper));
      continue;
    }
    system.solve(model.right_side, d);
    step = {lambda, model.scaled_length(d)};
    const double before = phi;
    phi = step->length - radius;
    if (std::abs(phi) <= tolerance * radius) break;
    // As long as d gets, or as this J allows to tell.
    if (lower == 0 && phi < 0 && (!regular || (phi <= before && before < 0))) break;
    (phi > 0 ? lower : upper) = lambda;
    lambda = std::max(lower, lambda + newton_correction(model, d, radius));
  }
  return step;
}

// Newton's method on 1/radius - 1/|D d|: (phi/radius) |D d|/(-phi'), where -phi' = |D d| w'(J'J + lambda
// D^2)^-1 w with w = D^2 d/|D d| (Moré 1978, (5.4)), at the lambda that the system is damped with and its d.
double LevenbergParameter::newton_correction(const LinearisedResiduals& model, const Vector& d, double radius) {
  const double length = model.scaled_length(d);
  w_ = model.D.cwiseAbs2().cwiseProduct(d) / length;
  return (length - radius) / radius / model.system.inverse_form(w_);
}

}  // namespace optbed
