// Landscapes in two variables, each as a function of any number type. Every stationary point of those that have
// finitely many is known; entries are in two_variables.cpp.
#pragma once

#include <span>

#include "problems/facts.hpp"

namespace optbed::landscapes {

// x^3 - 3 x y^2, a saddle for a rider with a tail: three ways down from 0, three up, and no curvature there
// (Hilbert & Cohn-Vossen 1932, section 29).
struct MonkeySaddle {
  template <class X>
  X operator()(std::span<const X> x) const {
    return x[0] * (x[0] * x[0] - 3.0 * x[1] * x[1]);
  }
};

// (x^2 + y - 11)^2 + (x + y^2 - 7)^2 (Himmelblau 1972; Jamil & Yang 2013, no. 65).
struct Himmelblau {
  Index residual_count(Index /*n*/) const { return 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = x[0] * x[0] + x[1] - 11.0;
    r[1] = x[0] + x[1] * x[1] - 7.0;
  }
};

// (x + 2 y - 7)^2 + (2 x + y - 5)^2 (Jamil & Yang 2013, no. 17).
struct Booth {
  Index residual_count(Index /*n*/) const { return 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = x[0] + 2.0 * x[1] - 7.0;
    r[1] = 2.0 * x[0] + x[1] - 5.0;
  }
};

// Goldstein & Price 1971, "On descent from local minima"; Dixon & Szegő 1978.
struct GoldsteinPrice {
  template <class X>
  X operator()(std::span<const X> p) const {
    const X& x = p[0];
    const X& y = p[1];
    const X sum = x + y + 1.0;
    const X slant = 2.0 * x - 3.0 * y;
    const X first = 19.0 - 14.0 * x + 3.0 * x * x - 14.0 * y + 6.0 * x * y + 3.0 * y * y;
    const X second = 18.0 - 32.0 * x + 12.0 * x * x + 48.0 * y - 36.0 * x * y + 27.0 * y * y;
    return (1.0 + sum * sum * first) * (30.0 + slant * slant * second);
  }
};

// (4 - 2.1 x^2 + x^4/3) x^2 + x y + (4 y^2 - 4) y^2 (Branin 1972; Dixon & Szegő 1978; Jamil & Yang 2013, no.
// 30).
struct SixHumpCamel {
  template <class X>
  X operator()(std::span<const X> p) const {
    const X xx = p[0] * p[0];
    const X yy = p[1] * p[1];
    return (4.0 - 2.1 * xx + xx * xx / 3.0) * xx + p[0] * p[1] + (4.0 * yy - 4.0) * yy;
  }
};

}  // namespace optbed::landscapes
