// A point of a least-squares problem and what is known there.
#pragma once

#include "problems/oracle.hpp"

namespace optbed {

// f = scale |r|^2 with gradient 2 scale J'r. A trial is written to one of these and swapped in only when all of
// it is finite.
struct ResidualPoint {
  Point point;  // x (n), value, gradient (n), gradient norm
  Vector r;     // residuals (m)
  Matrix J;     // Jacobian (m x n)
  double scale = 1;

  void allocate_for(const Oracle& f);

  // d'J'r for a direction d (n), after evaluate_jacobian.
  double slope_of_half_square(const Vector& d) const { return point.gradient.dot(d) / (2 * scale); }

  // Residuals and value at point.x, as one residual evaluation. True when all of it is finite.
  [[nodiscard]] bool evaluate_residuals(Oracle& f);

  // Jacobian and gradient at point.x, as one Jacobian evaluation; after evaluate_residuals. True when all of it
  // is finite.
  [[nodiscard]] bool evaluate_jacobian(Oracle& f);
};

void swap(ResidualPoint& a, ResidualPoint& b) noexcept;

}  // namespace optbed
