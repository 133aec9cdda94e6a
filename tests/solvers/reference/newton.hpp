// Newton's method once more (Nocedal & Wright 2006, section 3.3).
#pragma once

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// x_{k+1} = x_k - step_length H_k^-1 g_k
template <class Real>
Path<Real> pure_newton(const Objective<Real>& f, Real step_length, int steps) {
  Path<Real> path = {f.start};
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    path.push_back(along(x, -step_length, eliminate(f.hessian(x), f.gradient(x))));
  }
  return path;
}

}  // namespace optbed::reference
