// Taylor tests: the error of a first-order expansion falls like h^2 where the derivative is right, and only
// like h where it is wrong.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "problems/facts.hpp"

namespace optbed::testing {

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
inline TaylorSlope taylor_slope(const std::function<Vector(const Vector&)>& F, const Vector& x, const Vector& d,
                                const Vector& slope, double terms = 0) {
  // An error of fewer units in the last place of what is subtracted says more of rounding than of F; a thousand
  // leave the power right to a few per cent where F is computed to ten units.
  constexpr double rounding = 1e3 * std::numeric_limits<double>::epsilon();
  constexpr std::size_t halvings = 4;
  constexpr double kink = 64;  // halving h divides the error of a wrong slope by 2, that of a right one by 4

  const Vector F_x = F(x);
  std::vector<double> errors;
  for (double h = 1; h >= std::ldexp(1.0, -24); h /= 2) {
    const Vector F_h = F(x + h * d);
    if (!F_h.allFinite()) continue;
    const double error = (F_h - F_x - h * slope).stableNorm();
    if (!std::isfinite(error)) return {};
    if (error <= rounding * std::max({F_h.norm(), F_x.norm(), h * slope.norm(), terms})) {
      if (errors.empty() || kink * error < errors.back()) return {.exact = true};
      break;
    }
    errors.push_back(error);
  }
  if (errors.size() < 2) return {};
  std::vector<double> powers;
  for (std::size_t i = errors.size() - 1; i > 0 && powers.size() < halvings; --i) {
    powers.push_back(std::log2(errors[i - 1] / errors[i]));
  }
  std::ranges::sort(powers);
  const std::size_t count = powers.size();
  return {.power = (powers[(count - 1) / 2] + powers[count / 2]) / 2};
}

inline Vector scalar(double value) { return Vector::Constant(1, value); }

}  // namespace optbed::testing
