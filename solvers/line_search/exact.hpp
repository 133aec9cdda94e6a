// The exact line search: alpha with phi'(alpha) = 0.
//
// On a quadratic with a Hessian-vector product, the closed form alpha = -g'd/d'Hd (Nocedal & Wright 2006,
// (3.55)): one Hessian-vector product and one gradient.
// Elsewhere the first minimiser that a growing bracket holds: the interval of Hager & Zhang (2005) is shrunk
// until |phi'(alpha)| <= 1e-14 |phi'(0)|, or until no number lies inside, which takes some ten gradients, and
// some sixty where rounding in the gradient does not let the slope become so small. Neither compares values of
// f, but to see that phi does not rise above phi(0) by more than rounding: near convergence nothing is lost.
#pragma once

#include "solvers/line_search/line_search.hpp"

namespace optbed {

class Exact final : public LineSearch {
 public:
  void start(Index n) override { Hd_.setZero(n); }
  LineSearchResult search(Oracle& f, const Point& from, const Vector& d, double initial_step,
                          Point& trial) override;

 private:
  Vector Hd_;
};

}  // namespace optbed
