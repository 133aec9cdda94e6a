// Residuals of the test problems of Moré, Garbow & Hillstrom (1981) in two to four variables, by their numbers
// there; no. 1 and no. 5 are in problems/classic/rosenbrock.hpp and beale.hpp. f = sum of r_i^2, without a
// half. Constants are computed in the number type X without its derivatives, so that the residuals may be had
// in more digits than those of double; data are the doubles nearest to the printed decimals.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

#include "problems/differentiation/elementary.hpp"
#include "problems/facts.hpp"

namespace optbed::more_garbow_hillstrom {

// No. 2 (Freudenstein & Roth 1963).
struct FreudensteinRoth {
  Index residual_count(Index /*n*/) const { return 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = -13.0 + x[0] + ((5.0 - x[1]) * x[1] - 2.0) * x[1];
    r[1] = -29.0 + x[0] + ((x[1] + 1.0) * x[1] - 14.0) * x[1];
  }
};

// No. 3 (Powell 1970).
struct PowellBadlyScaled {
  Index residual_count(Index /*n*/) const { return 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    r[0] = 1e4 * x[0] * x[1] - 1.0;
    r[1] = exp(-x[0]) + exp(-x[1]) - 1.0001;
  }
};

// No. 4.
struct BrownBadlyScaled {
  Index residual_count(Index /*n*/) const { return 3; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = x[0] - 1e6;
    r[1] = x[1] - 2e-6;
    r[2] = x[0] * x[1] - 2.0;
  }
};

// No. 6 (Jennrich & Sampson 1968), m >= 2.
struct JennrichSampson {
  Index m = 10;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const auto i = static_cast<double>(k + 1);
      r[k] = 2.0 + 2.0 * i - (exp(i * x[0]) + exp(i * x[1]));
    }
  }
};

// No. 7 (Fletcher & Powell 1963). theta = atan(x_2/x_1)/2pi, and a half more where x_1 < 0: that jumps where
// x_1 = 0, and not, as atan2 does, where x_2 = 0 > x_1, which is where the start lies. Where x_1 = 0 it is the
// limit from the right.
struct HelicalValley {
  Index residual_count(Index /*n*/) const { return 3; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::acos;
    using std::atan2;
    using std::sqrt;
    using T = PlainNumber<X>;
    const T turn = 2.0 * acos(T(-1.0));
    const X theta = x[0] < 0.0 ? X(0.5 + atan2(-x[1], -x[0]) / turn) : X(atan2(x[1], x[0]) / turn);
    r[0] = 10.0 * (x[2] - 10.0 * theta);
    r[1] = 10.0 * (sqrt(x[0] * x[0] + x[1] * x[1]) - 1.0);
    r[2] = x[2];
  }
};

// No. 8 (Bard 1970).
struct Bard {
  static constexpr std::array<double, 15> y = {0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39,
                                               0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39};

  Index residual_count(Index /*n*/) const { return 15; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    for (std::size_t k = 0; k < r.size(); ++k) {
      const auto u = static_cast<double>(k + 1);
      const double v = 16 - u;
      const double w = u < v ? u : v;
      r[k] = y[k] - (x[0] + u / (v * x[1] + w * x[2]));
    }
  }
};

// No. 9.
struct Gaussian {
  static constexpr std::array<double, 15> y = {0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989,
                                               0.3521, 0.2420, 0.1295, 0.0540, 0.0175, 0.0044, 0.0009};

  Index residual_count(Index /*n*/) const { return 15; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const X away = (8.0 - static_cast<double>(k + 1)) / 2.0 - x[2];
      r[k] = x[0] * exp(-0.5 * x[1] * away * away) - y[k];
    }
  }
};

// No. 10 (Meyer 1970).
struct Meyer {
  static constexpr std::array<double, 16> y = {34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744,
                                               8261,  7030,  6005,  5147,  4427,  3820,  3307,  2872};

  Index residual_count(Index /*n*/) const { return 16; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const double t = 45 + 5 * static_cast<double>(k + 1);
      r[k] = x[0] * exp(x[1] / (t + x[2])) - y[k];
    }
  }
};

// No. 11 (Cox 1969), 3 <= m <= 100. The paper prints y_i m i x_2 where y_i - x_2 is meant: with that the
// residuals vanish at (50, 25, 1.5), as it says.
struct Gulf {
  Index m = 99;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::abs;
    using std::exp;
    using std::log;
    using std::pow;
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const T t = T(k + 1) / 100;
      const T y = 25 + pow(T(-50 * log(t)), T(T(2) / 3));
      r[k] = exp(-pow(abs(y - x[1]), x[2]) / x[0]) - t;
    }
  }
};

// No. 12 (Box 1966), m >= 3.
struct Box3d {
  Index m = 10;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const T t = T(k + 1) / 10;
      r[k] = exp(-t * x[0]) - exp(-t * x[1]) - x[2] * T(exp(-t) - exp(-10 * t));
    }
  }
};

// No. 14 (Colville 1968).
struct Wood {
  Index residual_count(Index /*n*/) const { return 6; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::sqrt;
    using T = PlainNumber<X>;
    r[0] = 10.0 * (x[1] - x[0] * x[0]);
    r[1] = 1.0 - x[0];
    r[2] = sqrt(T(90)) * (x[3] - x[2] * x[2]);
    r[3] = 1.0 - x[2];
    r[4] = sqrt(T(10)) * (x[1] + x[3] - 2.0);
    r[5] = (x[1] - x[3]) / sqrt(T(10));
  }
};

// No. 15 (Kowalik & Osborne 1968).
struct KowalikOsborne {
  static constexpr std::array<double, 11> y = {0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627,
                                               0.0456, 0.0342, 0.0323, 0.0235, 0.0246};
  static constexpr std::array<double, 11> u = {4.0,   2.0, 1.0,    0.5,    0.25,  0.167,
                                               0.125, 0.1, 0.0833, 0.0714, 0.0625};

  Index residual_count(Index /*n*/) const { return 11; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    for (std::size_t k = 0; k < r.size(); ++k) {
      r[k] = y[k] - x[0] * (u[k] * u[k] + u[k] * x[1]) / (u[k] * u[k] + u[k] * x[2] + x[3]);
    }
  }
};

// No. 16 (Brown & Dennis 1971), m >= 4.
struct BrownDennis {
  Index m = 20;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::cos;
    using std::exp;
    using std::sin;
    using T = PlainNumber<X>;
    for (std::size_t k = 0; k < r.size(); ++k) {
      const T t = T(k + 1) / 5;
      const X a = x[0] + t * x[1] - T(exp(t));
      const X b = x[2] + T(sin(t)) * x[3] - T(cos(t));
      r[k] = a * a + b * b;
    }
  }
};

}  // namespace optbed::more_garbow_hillstrom
