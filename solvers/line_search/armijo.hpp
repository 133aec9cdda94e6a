// Backtracking (Armijo 1966; Nocedal & Wright 2006, algorithm 3.1): the first alpha in a, a/2, a/4, … with
// f(x + alpha d) <= f(x) + c1 alpha g'd, c1 = 1e-4. One value a trial, and one gradient at the accepted point.
#pragma once

#include "solvers/line_search/line_search.hpp"

namespace optbed {

class Armijo final : public LineSearch {
 public:
  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;
};

}  // namespace optbed
