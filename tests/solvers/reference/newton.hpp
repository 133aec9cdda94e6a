// Newton's method once more (Nocedal & Wright 2006, sections 3.3 and 3.4, algorithms 3.2, 3.3 and 4.1).
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

enum class Convexification { none, added_identity };

// Backtracking from 1 along -(H + tau I)^-1 g, tau = 0 or from algorithm 3.3 (beta = 1e-3 max |H_ij|).
template <class Real>
Path<Real> searched_newton(const Objective<Real>& f, Convexification convexification, int steps) {
  const std::size_t n = f.start.size();
  Path<Real> path = {f.start};
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    Mat<Real> H = f.hessian(x);
    if (convexification == Convexification::added_identity) {
      const Mat<Real> H_k = H;
      Real least = H_k[0][0];
      Real largest = 0;
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) largest = std::fmax(largest, std::fabs(H_k[i][j]));
      }
      const Real beta = largest / 1000;
      for (std::size_t i = 0; i < n; ++i) least = std::fmin(least, H_k[i][i]);
      Mat<Real> L;
      for (Real tau = least > 0 ? Real(0) : beta - least;; tau = std::fmax(2 * tau, beta)) {
        for (std::size_t i = 0; i < n; ++i) H[i][i] = H_k[i][i] + tau;
        if (cholesky(H, L)) break;
      }
    }
    const Vec<Real> d = scaled(Real(-1), eliminate(H, f.gradient(x)));
    const std::optional<Real> alpha = armijo_step(f, x, d, Real(1));
    if (!alpha) break;
    path.push_back(along(x, *alpha, d));
  }
  return path;
}

}  // namespace optbed::reference
