// Losses of the margin z = y (w'a + b) of a labelled point, with their first two derivatives in z.
#pragma once

#include <algorithm>
#include <cmath>

namespace optbed {

struct MarginLoss {
  double loss;
  double slope;
  double curvature;
};

// log(1 + exp(-z)), by exp(-|z|) <= 1, which cannot overflow. With s(z) = 1/(1 + exp(-z)) the slope is -s(-z)
// and the curvature s(z) s(-z).
inline MarginLoss logistic_loss(double z) {
  const double e = std::exp(-std::abs(z));
  return {std::max(-z, 0.0) + std::log1p(e), -(z >= 0 ? e : 1) / (1 + e), e / ((1 + e) * (1 + e))};
}

// (s(z) - target)^2: the squared error of a sigmoid unit whose targets are `target` for the label 1 and 1 -
// target for -1. Not convex: it is flat far on the wrong side.
inline MarginLoss squared_sigmoid_loss(double z, double target) {
  const double e = std::exp(-std::abs(z));
  const double s = (z >= 0 ? 1 : e) / (1 + e);
  const double slope_of_s = e / ((1 + e) * (1 + e));
  const double error = s - target;
  return {error * error, 2 * error * slope_of_s, 2 * slope_of_s * (slope_of_s + error * (1 - 2 * s))};
}

}  // namespace optbed
