// Newton's method once more (Nocedal & Wright 2006, sections 3.3 and 3.4, algorithms 3.2, 3.3 and 4.1).
#pragma once

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// x_{k+1} = x_k - step_length H_k^-1 g_k
template <class Real>
class PureNewton {
 public:
  PureNewton(const Objective<Real>& f, Real step_length) : f_(f), step_length_(step_length) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    return along(x, -step_length_, eliminate(f_.hessian(x), f_.gradient(x)));
  }

 private:
  Objective<Real> f_;
  Real step_length_;
};

enum class Convexification { none, added_identity };

// Backtracking from 1 along -(H + tau I)^-1 g, tau = 0 or from algorithm 3.3 (beta = 1e-3 max |H_ij|).
template <class Real>
class SearchedNewton {
 public:
  SearchedNewton(const Objective<Real>& f, Convexification convexification)
      : f_(f), convexification_(convexification) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    Mat<Real> H = f_.hessian(x);
    if (convexification_ == Convexification::added_identity) H = convexified(H);
    const Vec<Real> d = scaled(Real(-1), eliminate(H, f_.gradient(x)));
    const std::optional<Real> alpha = armijo_step(f_, x, d, Real(1));
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  static Mat<Real> convexified(const Mat<Real>& H) {
    const std::size_t n = H.size();
    Real least = H[0][0];
    Real largest_element = 0;
    for (std::size_t i = 0; i < n; ++i) {
      least = std::fmin(least, H[i][i]);
      largest_element = std::fmax(largest_element, largest(H[i]));
    }
    const Real beta = largest_element / 1000;
    Mat<Real> shifted = H;
    Mat<Real> L;
    for (Real tau = least > 0 ? Real(0) : beta - least;; tau = std::fmax(2 * tau, beta)) {
      for (std::size_t i = 0; i < n; ++i) shifted[i][i] = H[i][i] + tau;
      if (cholesky(shifted, L)) return shifted;
    }
  }

  Objective<Real> f_;
  Convexification convexification_;
};

}  // namespace optbed::reference
