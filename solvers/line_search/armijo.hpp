// Backtracking (Armijo 1966; Nocedal & Wright 2006, algorithm 3.1): the first alpha in a, a/2, a/4, … with
// f(x + alpha d) <= f(x) + c1 alpha g'd, c1 = 1e-4. One value a trial, and one gradient at the accepted point.
#pragma once

#include "solvers/line_search/line_search.hpp"

namespace optbed {

// The first alpha in a, a/2, a/4, … with value_at(alpha) <= value + c1 alpha slope; 0 where 60 trials (a step
// below the rounding error of x) find none. A NaN is never low enough, so such a trial is shortened too.
template <class ValueAt>
double backtrack(double value, double slope, double alpha, ValueAt&& value_at) {
  constexpr double sufficient_decrease = 1e-4;  // c1
  constexpr int max_trials = 60;
  for (int i = 0; i < max_trials; ++i, alpha /= 2) {
    if (value_at(alpha) <= value + sufficient_decrease * alpha * slope) return alpha;
  }
  return 0;
}

class Armijo final : public LineSearch {
 public:
  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;
};

}  // namespace optbed
