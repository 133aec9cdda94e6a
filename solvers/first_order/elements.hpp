// One pass over long vectors: an update written for one element, which moves every vector through memory once.
#pragma once

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

// a/b, and 0 where a is 0, whatever b is: the step of a variable that never had a gradient.
inline double ratio(double a, double b) { return a == 0 ? 0 : a / b; }

inline double sign(double a) { return static_cast<double>(a > 0) - static_cast<double>(a < 0); }

}  // namespace optbed
