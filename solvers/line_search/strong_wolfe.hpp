// A step that satisfies the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6):
//   phi(alpha) <= phi(0) + c1 alpha phi'(0),   |phi'(alpha)| <= c2 |phi'(0)|.
// Trials grow until an interval holds such a step; cubic interpolation then shrinks it. One gradient a trial.
// Near convergence, where the fall of phi is lost in rounding, the first condition is tested on slopes
// (decreases_sufficiently), and differences of values within rounding do not decide which end is lower.
#pragma once

#include "solvers/line_search/line_function.hpp"
#include "solvers/line_search/line_search.hpp"

namespace optbed {

class StrongWolfe final : public LineSearch {
 public:
  explicit StrongWolfe(WolfeConstants constants = {})
      : c1_(constants.sufficient_decrease), c2_(constants.curvature) {}

  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;

 private:
  LineSearchResult zoom(LineFunction& phi, Sample lo, Sample hi) const;

  double c1_;
  double c2_;
};

}  // namespace optbed
