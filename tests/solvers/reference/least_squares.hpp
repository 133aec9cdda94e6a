// Gauss-Newton, Levenberg and Levenberg-Marquardt once more. Each step is the least-squares solution of the
// stacked system, [J; sqrt(lambda) D] d = [-r; 0], and not of the normal equations.
#pragma once

#include <string>

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

template <class Real>
Path<Real> gauss_newton(const Objective<Real>& f, bool armijo, int steps) {
  Path<Real> path = {f.start};
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> d = least_squares(f.jacobian(x), scaled(Real(-1), f.residuals(x)));
    const std::optional<Real> alpha = armijo ? armijo_step(f, x, d, Real(1)) : Real(1);
    if (!alpha) break;
    path.push_back(along(x, *alpha, d));
  }
  return path;
}

enum class Damping { identity, diagonal };  // Levenberg, Marquardt

struct DampingSchedule {
  bool nielsen = false;
  double damping = 1e-2;  // lambda of the first trial; nielsen: tau, where lambda = tau max diag(D^-1 J'J D^-1)
  double increase = 10;
  double decrease = 10;
};

// One entry a trial: the same point again where the trial is rejected.
template <class Real>
Path<Real> levenberg_marquardt(const Objective<Real>& f, Damping damping, const DampingSchedule& schedule,
                               int steps) {
  const std::size_t n = f.start.size();
  Path<Real> path = {f.start};
  Real lambda = schedule.damping;
  Real nu = 2;
  for (int k = 0; k < steps; ++k) {
    const Vec<Real> x = path.back();
    const Vec<Real> r = f.residuals(x);
    const Mat<Real> J = f.jacobian(x);
    const Mat<Real> Jt = transposed(J);
    Vec<Real> D(n, Real(1));  // the diagonal that lambda multiplies, D^2 of the literature
    Real greatest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (damping == Damping::diagonal) D[i] = dot(Jt[i], Jt[i]);
      greatest = std::fmax(greatest, dot(Jt[i], Jt[i]) / D[i]);
    }
    if (k == 0 && schedule.nielsen) lambda *= greatest;

    Mat<Real> stacked = J;
    Vec<Real> right = scaled(Real(-1), r);
    for (std::size_t i = 0; i < n; ++i) {
      stacked.emplace_back(n, Real(0));
      stacked.back()[i] = std::sqrt(lambda * D[i]);
      right.push_back(0);
    }
    const Vec<Real> h = least_squares(stacked, right);
    const Vec<Real> trial = along(x, Real(1), h);
    const Vec<Real> r_trial = f.residuals(trial);
    const bool falls = dot(r_trial, r_trial) < dot(r, r);
    path.push_back(falls ? trial : x);
    if (!schedule.nielsen) {
      lambda = falls ? lambda / Real(schedule.decrease) : lambda * Real(schedule.increase);
      continue;
    }
    // (Madsen, Nielsen & Tingleff 2004, (2.18), (2.21)), F = |r|^2/2; the model's decrease is
    // h'(lambda D h - J'r)/2.
    Real predicted = 0;
    for (std::size_t i = 0; i < n; ++i) predicted += h[i] * (lambda * D[i] * h[i] - dot(Jt[i], r)) / 2;
    const Real gain = (dot(r, r) - dot(r_trial, r_trial)) / 2 / predicted;
    if (falls) {
      const Real cube = (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1);
      lambda *= std::fmax(Real(1) / 3, 1 - cube);
      nu = 2;
    } else {
      lambda *= nu;
      nu *= 2;
    }
  }
  return path;
}

}  // namespace optbed::reference
