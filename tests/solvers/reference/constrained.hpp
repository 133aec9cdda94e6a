// The methods for composite and equality-constrained problems once more, as scalar loops from their papers.
// Each function returns the path x_0, x_1, …, x_steps.
#pragma once

#include <algorithm>
#include <functional>

#include "tests/solvers/reference/dense.hpp"

namespace optbed::reference {

template <class Real>
using Path = std::vector<Vec<Real>>;

template <class Real>
Vec<Real> soft(const Vec<Real>& v, Real t) {
  Vec<Real> p(v.size());
  for (std::size_t i = 0; i < v.size(); ++i) {
    p[i] = v[i] > t ? v[i] - t : v[i] < -t ? v[i] + t : Real(0);
  }
  return p;
}

// (1/2)|A x - b|^2 + lambda |x|_1
template <class Real>
struct LassoData {
  Mat<Real> A;
  Vec<Real> b;
  Real lambda;

  std::size_t n() const { return A[0].size(); }
  Vec<Real> residual(const Vec<Real>& x) const { return difference(times(A, x), b); }
  Vec<Real> gradient(const Vec<Real>& x) const { return times(transposed(A), residual(x)); }
  Real smooth(const Vec<Real>& x) const { return dot(residual(x), residual(x)) / 2; }
  Real value(const Vec<Real>& x) const {
    Real sum = 0;
    for (const Real element : x) sum += std::fabs(element);
    return smooth(x) + lambda * sum;
  }
  // argmin_x (1/2)|A x - b|^2 + |x - v|^2/(2t), by its normal equations
  Vec<Real> proximal(const Vec<Real>& v, Real t) const {
    Mat<Real> M = times(transposed(A), A);
    for (std::size_t i = 0; i < n(); ++i) M[i][i] += 1 / t;
    return eliminate(M, along(times(transposed(A), b), 1 / t, v));
  }
};

enum class Restart { none, function, gradient };

// Beck & Teboulle 2009, section 3 and 4, with a constant step 1/L or, where `backtracks`, with L_0 = L and eta
// = 2; O'Donoghue & Candès 2015, section 3.2.
template <class Real>
Path<Real> proximal_gradient(const LassoData<Real>& f, Real L, bool backtracks, bool accelerated,
                             Restart restart, int steps) {
  Path<Real> path = {Vec<Real>(f.n(), Real(0))};
  Vec<Real> y = path[0];
  Real t = 1;
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> g = f.gradient(y);
    Vec<Real> p = soft(along(y, -1 / L, g), f.lambda / L);
    while (backtracks) {
      const Vec<Real> d = difference(p, y);
      if (f.smooth(p) <= f.smooth(y) + dot(g, d) + L / 2 * dot(d, d)) break;
      L *= 2;
      p = soft(along(y, -1 / L, g), f.lambda / L);
    }
    path.push_back(p);
    const bool rises = restart == Restart::function && f.value(p) > f.value(x);
    const bool uphill = restart == Restart::gradient && dot(difference(y, p), difference(p, x)) > 0;
    if (!accelerated || rises || uphill) {
      t = 1;
      y = p;
      continue;
    }
    const Real t_next = (1 + std::sqrt(1 + 4 * t * t)) / 2;
    y = along(p, (t - 1) / t_next, difference(p, x));
    t = t_next;
  }
  return path;
}

// Boyd et al. 2011, (3.5)-(3.7), section 3.4.1 where `balances`, section 3.4.3 for alpha != 1; x - z = 0.
template <class Real>
Path<Real> admm(const LassoData<Real>& f, Real rho, Real alpha, bool balances, int steps) {
  Path<Real> path = {Vec<Real>(f.n(), Real(0))};
  Vec<Real> z = path[0];
  Vec<Real> u = path[0];
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = f.proximal(difference(z, u), 1 / rho);
    const Vec<Real> relaxed = along(scaled(alpha, x), 1 - alpha, z);
    const Vec<Real> z_next = soft(along(relaxed, Real(1), u), f.lambda / rho);
    u = along(u, Real(1), difference(relaxed, z_next));
    const Real r = norm(difference(x, z_next));
    const Real s = rho * norm(difference(z_next, z));
    z = z_next;
    path.push_back(x);
    if (!balances) continue;
    const Real factor = r > 10 * s ? Real(2) : s > 10 * r ? Real(0.5) : Real(1);
    rho *= factor;
    u = scaled(1 / factor, u);
  }
  return path;
}

// Douglas & Rachford's splitting, z = prox_g(w), x = prox_f(2z - w), w += x - z (Lions & Mercier 1979; Eckstein
// & Bertsekas 1992, section 5), which with t = 1/rho and w_0 = x_1 + u_0 has the x of ADMM.
template <class Real>
Path<Real> douglas_rachford(const LassoData<Real>& f, Real t, int steps) {
  Path<Real> path = {Vec<Real>(f.n(), Real(0))};
  path.push_back(f.proximal(path[0], t));
  Vec<Real> w = path[1];
  while (static_cast<int>(path.size()) <= steps) {
    const Vec<Real> z = soft(w, t * f.lambda);
    const Vec<Real> x = f.proximal(difference(scaled(Real(2), z), w), t);
    path.push_back(x);
    w = along(w, Real(1), difference(x, z));
  }
  return path;
}

// Chambolle & Pock 2011, algorithm 1 (gamma = 0) and 2, with the conjugate's proximal map written out by the
// caller: dual(v, sigma) = prox_{sigma g*}(v), primal(v, tau) = prox_{tau f}(v).
template <class Real>
Path<Real> primal_dual(const Mat<Real>& K, const Vec<Real>& start,
                       const std::function<Vec<Real>(const Vec<Real>&, Real)>& primal,
                       const std::function<Vec<Real>(const Vec<Real>&, Real)>& dual, Real tau, Real sigma,
                       Real theta, Real gamma, int steps) {
  Path<Real> path = {start};
  Vec<Real> bar = start;
  Vec<Real> y(K.size(), Real(0));
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    y = dual(along(y, sigma, times(K, bar)), sigma);
    const Vec<Real> next = primal(along(x, -tau, times(transposed(K), y)), tau);
    if (gamma > 0) {
      theta = 1 / std::sqrt(1 + 2 * gamma * tau);
      tau *= theta;
      sigma /= theta;
    }
    bar = along(next, theta, difference(next, x));
    path.push_back(next);
  }
  return path;
}

// Newton's method on grad f - A'lambda = 0, c = 0 with whole steps (Nocedal & Wright 2006, (18.6)), from the
// lambda that makes |grad f - A'lambda| least: the whole system at once, by elimination.
template <class Real>
struct ConstrainedObjective {
  Vec<Real> start;
  std::function<Vec<Real>(const Vec<Real>&)> gradient;
  std::function<Vec<Real>(const Vec<Real>&)> constraints;
  std::function<Mat<Real>(const Vec<Real>&)> jacobian;
  std::function<Mat<Real>(const Vec<Real>&, const Vec<Real>&)> lagrangian_hessian;
};

template <class Real>
Path<Real> newton_lagrange(const ConstrainedObjective<Real>& f, int steps) {
  Path<Real> path = {f.start};
  const std::size_t n = f.start.size();
  const Mat<Real> A_0 = f.jacobian(f.start);
  Vec<Real> lambda = eliminate(times(A_0, transposed(A_0)), times(A_0, f.gradient(f.start)));
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> g = f.gradient(x);
    const Vec<Real> c = f.constraints(x);
    const Mat<Real> A = f.jacobian(x);
    const Mat<Real> H = f.lagrangian_hessian(x, lambda);
    Mat<Real> M(n + c.size(), Vec<Real>(n + c.size(), Real(0)));
    Vec<Real> right(n + c.size());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) M[i][j] = H[i][j];
      right[i] = -g[i];
    }
    for (std::size_t i = 0; i < c.size(); ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        M[n + i][j] = A[i][j];
        M[j][n + i] = -A[i][j];
      }
      right[n + i] = -c[i];
    }
    const Vec<Real> solution = eliminate(M, right);
    path.push_back(along(x, Real(1), Vec<Real>(solution.begin(), solution.begin() + static_cast<long>(n))));
    lambda.assign(solution.begin() + static_cast<long>(n), solution.end());
  }
  return path;
}

}  // namespace optbed::reference
