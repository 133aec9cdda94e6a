// The line search of CG_DESCENT (Hager & Zhang 2005, section 4): a step that satisfies the Wolfe conditions
//   (T1)  phi(alpha) <= phi(0) + delta alpha phi'(0),   phi'(alpha) >= sigma phi'(0)
// or the approximate ones, which can be tested accurately near convergence, where values are lost in rounding,
//   (T2)  phi(alpha) <= phi(0) + epsilon |phi(0)|,   (2 delta - 1) phi'(0) >= phi'(alpha) >= sigma phi'(0).
// Trials are double secant steps, with a bisection where they shrink the interval too little. One gradient a
// trial.
#pragma once

#include "solvers/line_search/line_search.hpp"

namespace optbed {

// The values of the paper: 0 < delta < 1/2 and delta <= sigma < 1.
struct HagerZhangConstants {
  double delta = 0.1;
  double sigma = 0.9;
  double epsilon = 1e-6;  // relative to |phi(0)|
};

class HagerZhang final : public LineSearch {
 public:
  explicit HagerZhang(HagerZhangConstants constants = {}) : constants_(constants) {}

  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;

 private:
  HagerZhangConstants constants_;
};

}  // namespace optbed
