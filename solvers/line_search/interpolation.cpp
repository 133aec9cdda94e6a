#include "solvers/line_search/interpolation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

double cubic_minimiser(const Sample& a, const Sample& b) {
  const double length = b.alpha - a.alpha;
  const double d1 = a.slope + b.slope - 3 * (b.value - a.value) / length;
  const double scale = std::max({std::abs(d1), std::abs(a.slope), std::abs(b.slope)});
  // Divided by the scale, so that no square overflows.
  const double square = (d1 / scale) * (d1 / scale) - (a.slope / scale) * (b.slope / scale);
  if (!(square > 0)) return none;
  const double d2 = std::copysign(scale * std::sqrt(square), length);
  return a.alpha + length * (d1 + d2 - a.slope) / (b.slope - a.slope + 2 * d2);
}

double quadratic_minimiser(const Sample& a, const Sample& b) {
  const double length = b.alpha - a.alpha;
  const double minimiser = a.alpha - length * a.slope / (2 * ((b.value - a.value) / length - a.slope));
  return b.is_finite() ? minimiser : none;
}

double secant_minimiser(const Sample& a, const Sample& b) {
  return a.alpha - a.slope * ((b.alpha - a.alpha) / (b.slope - a.slope));
}

}  // namespace optbed
