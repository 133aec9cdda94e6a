// Taylor tests: the error of a first-order expansion falls like h^2 where the derivative is right, and only
// like h where it is wrong.
#pragma once

#include <functional>

#include "problems/facts.hpp"

namespace optbed::verification {

struct TaylorSlope {
  // The power of h with which the error falls, the median over the four smallest h whose error is not yet
  // rounding.
  double power = 0;
  // The function equals its expansion within rounding, as a linear one does: at every h, or, past a kink, from
  // one on.
  bool exact = false;

  // 1 would be a wrong derivative, 2 is a right one, and 3 where the curvature along d vanishes. Where it
  // nearly does, terms of order 2 and 3 cancel for a while, which moves the power by some tenths.
  bool is_second_order() const { return exact || power > 1.5; }
};

// Compares F(x + h d) with F(x) + h slope for h = 1, 1/2, …, 2^-24, without those that leave F's domain or the
// range of double. F maps R^n to R^m; slope (m) is the claimed derivative F'(x) d. `terms` is the size of what
// F sums where that is larger than F: what its rounding errors come from.
TaylorSlope taylor_slope(const std::function<Vector(const Vector&)>& F, const Vector& x, const Vector& d,
                         const Vector& slope, double terms = 0);

inline Vector scalar(double value) { return Vector::Constant(1, value); }

}  // namespace optbed::verification
