// One pass over long vectors: an update written for one element, which moves every vector through memory once.
#pragma once

#include <algorithm>

#include "problems/facts.hpp"

namespace optbed {

// Calls update(i) for i = 0 … n-1 and returns the sum of what it returns.
template <class Update>
double sum_over_elements(Index n, Update&& update) {
  double sum = 0;
  for (Index i = 0; i < n; ++i) sum += update(i);
  return sum;
}

// x_next_i = x_i + step(i); returns |x_next - x|^2.
template <class Step>
double move_elements(const Vector& x, Vector& x_next, Step&& step) {
  return sum_over_elements(x.size(), [&](Index i) {
    const double before = x[i];
    const double after = before + step(i);
    x_next[i] = after;
    return (after - before) * (after - before);
  });
}

// a/b for b >= 0, the step of an adaptive method. 0/0 is 0: a variable without a gradient stays. A divisor
// below the root of the least normal number, which gradients have whose squares underflow, counts as that root.
inline double ratio(double a, double b) {
  constexpr double least = 0x1p-511;
  return a / std::max(b, least);
}

// size, -size or 0 as a is positive, negative or 0.
inline double with_sign_of(double a, double size) { return a > 0 ? size : a < 0 ? -size : 0; }

inline double sign(double a) { return static_cast<double>(a > 0) - static_cast<double>(a < 0); }

}  // namespace optbed
