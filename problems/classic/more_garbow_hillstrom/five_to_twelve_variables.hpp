// Residuals of the test problems of Moré, Garbow & Hillstrom (1981) in five to twelve variables, by their
// numbers there. f = sum of r_i^2, without a half. As to constants and data see two_to_four_variables.hpp.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "problems/differentiation/elementary.hpp"
#include "problems/facts.hpp"

namespace optbed::more_garbow_hillstrom {

// No. 17 (Osborne 1972).
struct Osborne1 {
  static constexpr std::array<double, 33> y = {0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818,
                                               0.784, 0.751, 0.718, 0.685, 0.658, 0.628, 0.603, 0.580, 0.558,
                                               0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438,
                                               0.431, 0.424, 0.420, 0.414, 0.411, 0.406};

  Index residual_count(Index /*n*/) const { return 33; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const auto t = 10 * static_cast<double>(k);
      r[k] = y[k] - (x[0] + x[1] * exp(-t * x[3]) + x[2] * exp(-t * x[4]));
    }
  }
};

// No. 18 (Biggs 1971), m >= 6.
struct BiggsExp6 {
  Index m = 13;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const T t = T(k + 1) / 10;
      const T y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t);
      r[k] = x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y;
    }
  }
};

// No. 19 (Osborne 1972).
struct Osborne2 {
  static constexpr std::array<double, 65> y = {
      1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608,
      0.655, 0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661,
      0.612, 0.558, 0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428,
      0.429, 0.523, 0.562, 0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559,
      0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054};

  Index residual_count(Index /*n*/) const { return 65; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const T t = T(k) / 10;
      X model = x[0] * exp(-t * x[4]);
      for (std::size_t peak = 1; peak < 4; ++peak) {
        const X away = t - x[7 + peak];
        model += x[peak] * exp(-away * away * x[4 + peak]);
      }
      r[k] = y[k] - model;
    }
  }
};

// No. 20 (Kowalik & Osborne 1968), 2 <= n <= 31.
struct Watson {
  Index residual_count(Index /*n*/) const { return 31; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < 29; ++k) {
      const T t = T(k + 1) / 29;
      X polynomial = x[0];
      X derivative(0.0);
      T power(1);
      for (std::size_t j = 1; j < x.size(); ++j) {
        derivative += T(j) * power * x[j];
        power *= t;
        polynomial += power * x[j];
      }
      r[k] = derivative - polynomial * polynomial - 1.0;
    }
    r[29] = x[0];
    r[30] = x[1] - x[0] * x[0] - 1.0;
  }
};

}  // namespace optbed::more_garbow_hillstrom
