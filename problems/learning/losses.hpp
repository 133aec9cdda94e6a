// Losses of one prediction, with their first two derivatives: of the margin z = y a'x of a labelled point, or
// of the residual r = a'x - y of an observation.
#pragma once

#include <algorithm>
#include <cmath>

#include "problems/scalar_term.hpp"

namespace optbed {

using Loss = ScalarTerm;

// log(1 + exp(-z)), by exp(-|z|) <= 1, which cannot overflow. With s(z) = 1/(1 + exp(-z)) the slope is -s(-z)
// and the curvature s(z) s(-z) <= 1/4.
inline Loss logistic_loss(double z) {
  const double e = std::exp(-std::abs(z));
  return {std::max(-z, 0.0) + std::log1p(e), -(z >= 0 ? e : 1) / (1 + e), e / ((1 + e) * (1 + e))};
}

// (s(z) - target)^2: the squared error of a sigmoid unit whose targets are `target` for the label 1 and 1 -
// target for -1. Not convex: it is flat far on the wrong side.
inline Loss squared_sigmoid_loss(double z, double target) {
  const double e = std::exp(-std::abs(z));
  const double s = (z >= 0 ? 1 : e) / (1 + e);
  const double slope_of_s = e / ((1 + e) * (1 + e));
  const double error = s - target;
  return {error * error, 2 * error * slope_of_s, 2 * slope_of_s * (slope_of_s + error * (1 - 2 * s))};
}

// max(0, 1 - z) with its kink rounded over [1 - gamma, 1] (Rennie & Srebro 2005; Shalev-Shwartz & Zhang 2013,
// section 2): the curvature is 1/gamma there, and 0 elsewhere.
inline Loss smoothed_hinge_loss(double z, double gamma) {
  const double violation = 1 - z;
  if (violation <= 0) return {0, 0, 0};
  if (violation >= gamma) return {violation - gamma / 2, -1, 0};
  return {violation * violation / (2 * gamma), -violation / gamma, 1 / gamma};
}

// r^2/2 for |r| <= delta and delta (|r| - delta/2) beyond (Huber 1964): the curvature is 1 inside, 0 outside.
inline Loss huber_loss(double r, double delta) {
  if (std::abs(r) <= delta) return {r * r / 2, r, 1};
  return {delta * (std::abs(r) - delta / 2), std::copysign(delta, r), 0};
}

}  // namespace optbed
