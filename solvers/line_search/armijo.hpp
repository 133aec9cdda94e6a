// Backtracking (Armijo 1966; Nocedal & Wright 2006, algorithm 3.1): the first alpha in a, a/2, a/4, … with
// f(x + alpha d) <= f(x) + c1 alpha g'd. One value a trial, and one gradient at the accepted point.
// Near convergence, where the fall of f is lost in rounding, the condition is tested on slopes, which costs
// such a trial a gradient (decreases_sufficiently).
#pragma once

#include "solvers/line_search/line_search.hpp"

namespace optbed {

// c1: any fall at all, in proportion to the step (Nocedal & Wright 2006, p. 33).
constexpr double armijo_decrease = 1e-4;

// The first alpha in a, a/2, a/4, … that is acceptable; 0 where 60 trials find none, by when the step is below
// the rounding error of x.
template <class IsAcceptable>
double backtrack(double alpha, IsAcceptable&& is_acceptable) {
  constexpr int max_trials = 60;
  for (int i = 0; i < max_trials; ++i, alpha /= 2) {
    if (is_acceptable(alpha)) return alpha;
  }
  return 0;
}

class Armijo final : public LineSearch {
 public:
  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;
};

}  // namespace optbed
