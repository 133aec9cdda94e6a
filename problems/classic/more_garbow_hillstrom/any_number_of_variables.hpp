// Residuals of the test problems of Moré, Garbow & Hillstrom (1981) in a number of variables that is free, by
// their numbers there; no. 21 is in problems/classic/rosenbrock.hpp. f = sum of r_i^2, without a half.
// As to constants and data see two_to_four_variables.hpp.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

#include "problems/differentiation/elementary.hpp"
#include "problems/facts.hpp"

namespace optbed::more_garbow_hillstrom {

// No. 13 (Powell 1962) for n = 4, and no. 22 for n a multiple of 4.
struct ExtendedPowell {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::sqrt;
    using T = PlainNumber<X>;
    for (std::size_t i = 0; i < x.size(); i += 4) {
      const X middle = x[i + 1] - 2.0 * x[i + 2];
      const X outer = x[i] - x[i + 3];
      r[i] = x[i] + 10.0 * x[i + 1];
      r[i + 1] = sqrt(T(5)) * (x[i + 2] - x[i + 3]);
      r[i + 2] = middle * middle;
      r[i + 3] = sqrt(T(10)) * outer * outer;
    }
  }
};

// No. 23 (Gill, Murray & Pitfield 1972).
struct Penalty1 {
  Index residual_count(Index n) const { return n + 1; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::sqrt;
    using T = PlainNumber<X>;
    X squares(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = sqrt(T(1e-5)) * (x[i] - 1.0);
      squares += x[i] * x[i];
    }
    r[x.size()] = squares - 0.25;
  }
};

// No. 24 (Gill, Murray & Pitfield 1972).
struct Penalty2 {
  Index residual_count(Index n) const { return 2 * n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::exp;
    using std::sqrt;
    using T = PlainNumber<X>;
    const std::size_t n = x.size();
    const T root = sqrt(T(1e-5));
    r[0] = x[0] - 0.2;
    X weighted = T(n) * x[0] * x[0];
    for (std::size_t k = 1; k < n; ++k) {
      const T y = exp(T(k + 1) / 10) + exp(T(k) / 10);
      const X e = exp(x[k] / 10.0);
      r[k] = root * (e + exp(x[k - 1] / 10.0) - y);
      r[n + k - 1] = root * (e - T(exp(T(-1) / 10)));
      weighted += T(n - k) * x[k] * x[k];
    }
    r[2 * n - 1] = weighted - 1.0;
  }
};

// No. 25.
struct VariablyDimensioned {
  Index residual_count(Index n) const { return n + 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X weighted(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = x[i] - 1.0;
      weighted += static_cast<double>(i + 1) * r[i];
    }
    r[x.size()] = weighted;
    r[x.size() + 1] = weighted * weighted;
  }
};

// No. 26 (Spedicato 1975).
struct Trigonometric {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using std::cos;
    using std::sin;
    const double n = static_cast<double>(x.size());
    X cosines(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = cos(x[i]);
      cosines += r[i];
    }
    for (std::size_t i = 0; i < x.size(); ++i)
      r[i] = n - cosines + static_cast<double>(i + 1) * (1.0 - r[i]) - sin(x[i]);
  }
};

// No. 27 (Brown 1969).
struct BrownAlmostLinear {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X sum(0.0);
    X product(1.0);
    for (const X& component : x) {
      sum += component;
      product *= component;
    }
    for (std::size_t i = 0; i < x.size(); ++i) r[i] = x[i] + sum - static_cast<double>(x.size() + 1);
    r[x.size() - 1] = product - 1.0;
  }
};

// No. 28 (Moré & Cosnard 1979): u'' = (u + t + 1)^3/2 on (0, 1), u = 0 at both ends.
struct DiscreteBoundaryValue {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    const std::size_t n = x.size();
    using T = PlainNumber<X>;
    const T h = 1.0 / T(n + 1);
    for (std::size_t i = 0; i < n; ++i) {
      const X u = x[i] + T(T(i + 1) * h + 1.0);
      r[i] = 2.0 * x[i] + T(0.5 * h * h) * u * u * u;
      if (i > 0) r[i] -= x[i - 1];
      if (i + 1 < n) r[i] -= x[i + 1];
    }
  }
};

// No. 29 (Moré & Cosnard 1979): the same equation as an integral equation.
struct DiscreteIntegralEquation {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using T = PlainNumber<X>;
    const std::size_t n = x.size();
    const T h = 1.0 / T(n + 1);
    const auto t = [&h](std::size_t i) { return T(T(i + 1) * h); };
    const auto cube = [&](std::size_t i) {
      const X u = x[i] + T(t(i) + 1.0);
      return X(u * u * u);
    };
    // The sums over j <= i and over j > i, one forward and one backward pass.
    X sum(0.0);
    for (std::size_t i = 0; i < n; ++i) {
      sum += t(i) * cube(i);
      r[i] = x[i] + T(0.5 * h * (1.0 - t(i))) * sum;
    }
    sum = X(0.0);
    for (std::size_t i = n; i-- > 0;) {
      r[i] += T(0.5 * h * t(i)) * sum;
      sum += T(1.0 - t(i)) * cube(i);
    }
  }
};

// No. 30 (Broyden 1965).
struct BroydenTridiagonal {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = (3.0 - 2.0 * x[i]) * x[i] + 1.0;
      if (i > 0) r[i] -= x[i - 1];
      if (i + 1 < x.size()) r[i] -= 2.0 * x[i + 1];
    }
  }
};

// No. 31 (Broyden 1971).
struct BroydenBanded {
  Index residual_count(Index n) const { return n; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    for (std::size_t i = 0; i < x.size(); ++i) {
      r[i] = x[i] * (2.0 + 5.0 * x[i] * x[i]) + 1.0;
      for (std::size_t j = i < 5 ? 0 : i - 5; j < x.size() && j <= i + 1; ++j) {
        if (j != i) r[i] -= x[j] * (1.0 + x[j]);
      }
    }
  }
};

// Nos. 32 to 34 are linear, with m >= n residuals.

// No. 32.
struct LinearFullRank {
  Index m;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X sum(0.0);
    for (const X& component : x) sum += component;
    const X common = -PlainNumber<X>(2.0 / PlainNumber<X>(m)) * sum - 1.0;
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = i < x.size() ? x[i] + common : common;
  }
};

// No. 33.
struct LinearRank1 {
  Index m;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X weighted(0.0);
    for (std::size_t j = 0; j < x.size(); ++j) weighted += static_cast<double>(j + 1) * x[j];
    for (std::size_t i = 0; i < r.size(); ++i) r[i] = static_cast<double>(i + 1) * weighted - 1.0;
  }
};

// No. 34.
struct LinearRank1Zero {
  Index m;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    X weighted(0.0);
    for (std::size_t j = 1; j + 1 < x.size(); ++j) weighted += static_cast<double>(j + 1) * x[j];
    for (std::size_t i = 0; i + 1 < r.size(); ++i) r[i] = static_cast<double>(i) * weighted - 1.0;
    r[r.size() - 1] = X(-1.0);
  }
};

// No. 35 (Fletcher 1965), m >= n: the means of Chebyshev's polynomials, shifted to [0, 1], over the components,
// less their integrals.
struct Chebyquad {
  Index m = 7;

  Index residual_count(Index /*n*/) const { return m; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    using T = PlainNumber<X>;
    for (std::size_t i = 0; i < r.size(); ++i) {
      const T degree = T(i + 1);
      r[i] = i % 2 == 1 ? X(T(1.0 / (degree * degree - 1.0))) : X(0.0);
    }
    for (const X& component : x) {
      const X twice = 2.0 * (2.0 * component - 1.0);
      X before(1.0);
      X polynomial = 0.5 * twice;
      for (X& residual : r) {
        residual += polynomial / T(x.size());
        const X next = twice * polynomial - before;
        before = polynomial;
        polynomial = next;
      }
    }
  }
};

}  // namespace optbed::more_garbow_hillstrom
