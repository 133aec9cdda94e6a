// A step that satisfies the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5 and 3.6):
//   phi(alpha) <= phi(0) + c1 alpha phi'(0),   |phi'(alpha)| <= c2 |phi'(0)|.
// Trials grow fourfold until an interval holds such a step. It is then shrunk by the minimiser (3.59) of the
// cubic through both ends, moved in to a tenth of the interval where it is nearer to an end than that, or by
// bisection where there is no such minimiser or the last trial left more than two thirds of the interval. At
// most 60 trials, of one gradient each. Near convergence, where the fall of phi is lost in rounding, the first
// condition is tested on slopes (decreases_sufficiently), and differences of values within rounding do not
// decide which end is lower.
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
