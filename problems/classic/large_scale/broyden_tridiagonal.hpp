// Broyden's tridiagonal function (Broyden 1965; Moré, Garbow & Hillstrom 1981, no. 30) as a sum of elements:
// the squares of r = (3 - 2 b) b - a - 2 c + 1 with (a, b, c) = (x_{i-1}, x_i, x_{i+1}) and x_0 = x_{n+1} = 0.
#pragma once

#include "problems/classic/large_scale/element_sum.hpp"

namespace optbed {

struct BroydenTridiagonalElement {
  static constexpr int width = 3, stride = 1, padding = 1;

  template <class X>
  static X gradient(X /*k*/, const std::array<X, 3>& x, std::array<X, 3>& g) {
    const auto [a, b, c] = x;
    const X twice = 2.0 * b;
    const X r = (3.0 - twice) * b - a - 2.0 * c + 1.0;
    const X pull = r + r;
    g[0] = -pull;
    g[1] = pull * (3.0 - 2.0 * twice);
    g[2] = -2.0 * pull;
    return r * r;
  }

  template <class X>
  static void hessian(X /*k*/, const std::array<X, 3>& x, Triangle<X, 3>& H) {
    const auto [a, b, c] = x;
    const X none = 0.0 * a;
    const X r = (3.0 - 2.0 * b) * b - a - 2.0 * c + 1.0;
    const X slope = 3.0 - 4.0 * b;
    H = {none + 2.0, -2.0 * slope, 2.0 * slope * slope - 8.0 * r, none + 4.0, -4.0 * slope, none + 8.0};
  }
};

}  // namespace optbed
