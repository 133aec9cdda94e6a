// A step that satisfies the strong Wolfe conditions, by Moré & Thuente (1994):
//   phi(alpha) <= phi(0) + mu alpha phi'(0),   |phi'(alpha)| <= eta |phi'(0)|.
// An interval that holds such a step is shrunk, first by the auxiliary function
// psi(alpha) = phi(alpha) - phi(0) - mu alpha phi'(0) and, once a trial has psi <= 0 and phi' >= 0, by phi
// itself. Trials are chosen among cubic, quadratic and secant minimisers (section 4). One gradient a trial.
// Near convergence, where the fall of phi is lost in rounding, the first condition is tested on slopes
// (decreases_sufficiently).
#pragma once

#include "solvers/line_search/line_function.hpp"
#include "solvers/line_search/line_search.hpp"

namespace optbed {

class MoreThuente final : public LineSearch {
 public:
  explicit MoreThuente(WolfeConstants constants = {})
      : mu_(constants.sufficient_decrease), eta_(constants.curvature) {}

  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;

 private:
  double mu_;
  double eta_;
};

}  // namespace optbed
