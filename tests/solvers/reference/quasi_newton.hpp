// BFGS and L-BFGS once more, both on a dense inverse Hessian approximation: L-BFGS is BFGS from gamma I with
// the last m pairs (Nocedal & Wright 2006, (7.19)), which the two-loop recursion computes without forming it.
#pragma once

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// (I - s y'/y's) H (I - y s'/y's) + s s'/y's (Nocedal & Wright 2006, (6.17)), as the products that stand there.
template <class Real>
Mat<Real> bfgs_update(const Mat<Real>& H, const Vec<Real>& s, const Vec<Real>& y) {
  const std::size_t n = s.size();
  const Real rho = 1 / dot(y, s);
  Mat<Real> V = scaled_identity(n, Real(1));  // I - y s'/y's
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) V[i][j] -= rho * y[i] * s[j];
  }
  Mat<Real> updated = times(transposed(V), times(H, V));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) updated[i][j] += rho * s[i] * s[j];
  }
  return updated;
}

template <class Real>
struct QuasiNewtonChoice {
  LineSearch<Real> search;
  bool initial_scaling = true;
  std::size_t memory = 0;  // 0: all pairs are kept in one matrix (BFGS)
};

template <class Real>
Path<Real> quasi_newton(const Objective<Real>& f, const QuasiNewtonChoice<Real>& choice, int steps) {
  const std::size_t n = f.start.size();
  Path<Real> path = {f.start};
  std::vector<Vec<Real>> s;
  std::vector<Vec<Real>> y;
  Mat<Real> H = scaled_identity(n, Real(1));
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> g = f.gradient(x);
    const Vec<Real> d = scaled(Real(-1), times(H, g));
    const bool limited = choice.initial_scaling && s.empty();  // a step of length 1 at most
    const std::optional<Real> alpha =
        choice.search(f, x, d, limited ? std::fmin(Real(1), 1 / norm(d)) : Real(1));
    if (!alpha) break;
    path.push_back(along(x, *alpha, d));

    const Vec<Real> s_k = difference(path.back(), x);
    const Vec<Real> y_k = difference(f.gradient(path.back()), g);
    if (dot(s_k, y_k) > 0) {
      s.push_back(s_k);
      y.push_back(y_k);
    } else {
      continue;
    }
    if (choice.memory == 0) {
      if (s.size() == 1 && choice.initial_scaling) {
        H = scaled_identity(n, dot(s_k, y_k) / dot(y_k, y_k));  // (6.20)
      }
      H = bfgs_update(H, s_k, y_k);
    } else {
      if (s.size() > choice.memory) {
        s.erase(s.begin());
        y.erase(y.begin());
      }
      H = scaled_identity(n, choice.initial_scaling ? dot(s_k, y_k) / dot(y_k, y_k) : Real(1));  // (7.20)
      for (std::size_t i = 0; i < s.size(); ++i) H = bfgs_update(H, s[i], y[i]);
    }
  }
  return path;
}

}  // namespace optbed::reference
