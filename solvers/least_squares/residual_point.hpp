// A point of a least-squares problem and what is known there.
#pragma once

#include <string>

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

  double half_square() const { return r.squaredNorm() / 2; }  // F = |r|^2/2

  // d'J'r for a direction d (n), where the gradient is known.
  double slope_of_half_square(const Vector& d) const { return point.gradient.dot(d) / (2 * scale); }

  // Residuals and value at point.x, as one residual evaluation. True when all of it is finite.
  [[nodiscard]] bool evaluate_residuals(Oracle& f);

  // The gradient from J and r. True when all of it is finite.
  [[nodiscard]] bool take_jacobian();
};

void swap(ResidualPoint& a, ResidualPoint& b) noexcept;

// What the problem lacks for a least-squares method; empty where nothing is missing.
std::string missing_residuals(const Problem& problem);

}  // namespace optbed
