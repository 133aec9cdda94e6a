#include "problems/verification/taylor.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace optbed::verification {

TaylorSlope taylor_slope(const std::function<Vector(const Vector&)>& F, const Vector& x, const Vector& d,
                         const Vector& slope, double terms) {
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

}  // namespace optbed::verification
