// Landscapes in n variables, each as a function of any number type; entries are in any_number_of_variables.cpp.
// Where the formula in print subtracts numbers that nearly cancel at the minimiser, an equal one without that
// is taken: 1 - cos t = 2 sin^2(t/2), e^a - e^b = e^b (e^(a-b) - 1).
#pragma once

#include <cmath>
#include <numbers>
#include <span>

#include "problems/differentiation/elementary.hpp"

namespace optbed::landscapes {

template <class X>
X square(const X& x) {
  return x * x;
}

template <class X>
X squared_sine(const X& x) {
  using std::sin;
  return square(X(sin(x)));
}

// 10 n + sum (x_i^2 - 10 cos 2 pi x_i) (Rastrigin 1974; Mühlenbein, Schomisch & Born 1991).
struct Rastrigin {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (const X& component : x)
      sum += square(component) + 20.0 * squared_sine(X(std::numbers::pi * component));
    return sum;
  }
};

// -20 exp(-0.2 r) - exp(mean of cos 2 pi x_i) + 20 + e, with r the root of the mean of x_i^2 (Ackley 1987; Bäck
// 1996). A cone of slope 4/sqrt(n) stands at 0: r has no derivative there, and is given 0, which is one of its
// subgradients.
struct Ackley {
  template <class X>
  X operator()(std::span<const X> x) const {
    using std::expm1;
    using std::sqrt;
    const double n = static_cast<double>(x.size());
    X squares(0.0);
    X waves(0.0);
    for (const X& component : x) {
      squares += square(component);
      waves += squared_sine(X(std::numbers::pi * component));
    }
    const X r = plain_value(squares) == 0 ? X(0.0) : X(sqrt(X(squares / n)));
    return -20.0 * expm1(X(-0.2 * r)) - std::numbers::e * expm1(X(-2.0 / n * waves));
  }
};

// 1 + |x|^2/4000 - product of cos(x_i/sqrt(i)) (Griewank 1981).
struct Griewank {
  template <class X>
  X operator()(std::span<const X> x) const {
    using std::cos;
    X squares(0.0);
    X waves(1.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      squares += square(x[i]);
      waves *= cos(X(x[i] / std::sqrt(static_cast<double>(i + 1))));
    }
    return squares / 4000.0 + (1.0 - waves);
  }
};

// sum (x_i^4 - 16 x_i^2 + 5 x_i)/2 (Styblinski & Tang 1990).
struct StyblinskiTang {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (const X& component : x) sum += ((square(component) - 16.0) * component + 5.0) * component;
    return 0.5 * sum;
  }
};

// |x|^2 + s^2 + s^4 with s = sum i x_i/2 (Zakharov; Jamil & Yang 2013, no. 173).
struct Zakharov {
  template <class X>
  X operator()(std::span<const X> x) const {
    X squares(0.0);
    X s(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      squares += square(x[i]);
      s += 0.5 * static_cast<double>(i + 1) * x[i];
    }
    return squares + square(s) + square(square(s));
  }
};

// With w_i = 1 + (x_i - 1)/4: sin^2(pi w_1) + sum_{i<n} (w_i - 1)^2 (1 + 10 sin^2(pi w_i + 1))
// + (w_n - 1)^2 (1 + sin^2(2 pi w_n)) (Levy & Montalvo 1985; Laguna & Martí 2005).
struct Levy {
  template <class X>
  X operator()(std::span<const X> x) const {
    const auto step = [&](std::size_t i) { return X(0.25 * (x[i] - 1.0)); };  // w_i - 1
    const std::size_t last = x.size() - 1;
    X sum = squared_sine(X(std::numbers::pi * step(0)));
    for (std::size_t i = 0; i < last; ++i) {
      const X w = 1.0 + step(i);
      sum += square(step(i)) * (1.0 + 10.0 * squared_sine(X(std::numbers::pi * w + 1.0)));
    }
    return sum + square(step(last)) * (1.0 + squared_sine(X(2.0 * std::numbers::pi * step(last))));
  }
};

// -sum sin(x_i) sin^(2m)(i x_i^2/pi) (Michalewicz 1992).
struct Michalewicz {
  double steepness = 10;  // m

  template <class X>
  X term(double i, const X& x) const {
    using std::pow;
    using std::sin;
    return -sin(x) * pow(squared_sine(X(i / std::numbers::pi * square(x))), steepness);
  }

  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (std::size_t i = 0; i < x.size(); ++i) sum += term(static_cast<double>(i + 1), x[i]);
    return sum;
  }
};

// sum over components t of t^2/2 + roughness sum_{j < depth} scale^-j sin^2(pi scale^j t): a bowl with valleys
// in it that are 1 apart, each with valleys in it that are `scale` times narrower and shallower, and so on.
struct ValleysInValleys {
  long depth = 3;
  double scale = 5;
  double roughness = 0.5;

  template <class X>
  X operator()(std::span<const X> x) const {
    X sum(0.0);
    for (const X& component : x) {
      sum += 0.5 * square(component);
      double frequency = 1;
      for (long j = 0; j < depth; ++j) {
        sum += roughness / frequency * squared_sine(X(std::numbers::pi * frequency * component));
        frequency *= scale;
      }
    }
    return sum;
  }
};

}  // namespace optbed::landscapes
