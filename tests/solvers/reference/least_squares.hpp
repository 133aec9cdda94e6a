// Gauss-Newton, Levenberg and Levenberg-Marquardt once more. Each step is the least-squares solution of the
// stacked system, [J; sqrt(lambda) D] d = [-r; 0], and not of the normal equations.
#pragma once

#include <string>

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

template <class Real>
class GaussNewtonMethod {
 public:
  GaussNewtonMethod(const Objective<Real>& f, bool armijo) : f_(f), armijo_(armijo) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> d = least_squares(f_.jacobian(x), scaled(Real(-1), f_.residuals(x)));
    const std::optional<Real> alpha = armijo_ ? armijo_step(f_, x, d, Real(1)) : Real(1);
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  Objective<Real> f_;
  bool armijo_;
};

enum class Damping { identity, diagonal };  // Levenberg, Marquardt

struct DampingSchedule {
  bool nielsen = false;
  double damping = 1e-2;  // lambda of the first trial; nielsen: tau, where lambda = tau max diag(D^-1 J'J D^-1)
  double increase = 10;
  double decrease = 10;
};

// A call of next is a trial: it returns the same point again where the trial is rejected.
template <class Real>
class DampedGaussNewton {
 public:
  DampedGaussNewton(const Objective<Real>& f, Damping damping, const DampingSchedule& schedule)
      : f_(f), damping_(damping), schedule_(schedule), lambda_(schedule.damping) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const std::size_t n = x.size();
    const Vec<Real> r = f_.residuals(x);
    const Mat<Real> J = f_.jacobian(x);
    const Mat<Real> Jt = transposed(J);
    Vec<Real> D(n, Real(1));  // the diagonal that lambda multiplies, D^2 of the literature
    Real greatest = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (damping_ == Damping::diagonal) D[i] = dot(Jt[i], Jt[i]);
      greatest = std::fmax(greatest, dot(Jt[i], Jt[i]) / D[i]);
    }
    if (std::exchange(first_, false) && schedule_.nielsen) lambda_ *= greatest;

    Mat<Real> stacked = J;
    Vec<Real> right = scaled(Real(-1), r);
    for (std::size_t i = 0; i < n; ++i) {
      stacked.emplace_back(n, Real(0));
      stacked.back()[i] = std::sqrt(lambda_ * D[i]);
      right.push_back(0);
    }
    const Vec<Real> h = least_squares(stacked, right);
    const Vec<Real> trial = along(x, Real(1), h);
    const Vec<Real> r_trial = f_.residuals(trial);
    const bool falls = dot(r_trial, r_trial) < dot(r, r);
    // The model's decrease of F = |r|^2/2, h'(lambda D h - J'r)/2 (Madsen, Nielsen & Tingleff 2004, (2.18)).
    Real predicted = 0;
    for (std::size_t i = 0; i < n; ++i) predicted += h[i] * (lambda_ * D[i] * h[i] - dot(Jt[i], r)) / 2;
    follow(falls, (dot(r, r) - dot(r_trial, r_trial)) / 2 / predicted);
    return falls ? trial : x;
  }

 private:
  void follow(bool falls, Real gain) {
    if (!schedule_.nielsen) {
      lambda_ = falls ? lambda_ / Real(schedule_.decrease) : lambda_ * Real(schedule_.increase);
    } else if (falls) {  // (2.21)
      const Real cube = (2 * gain - 1) * (2 * gain - 1) * (2 * gain - 1);
      lambda_ *= std::fmax(Real(1) / 3, 1 - cube);
      nu_ = 2;
    } else {
      lambda_ *= nu_;
      nu_ *= 2;
    }
  }

  Objective<Real> f_;
  Damping damping_;
  DampingSchedule schedule_;
  Real lambda_;
  Real nu_ = 2;
  bool first_ = true;
};

}  // namespace optbed::reference
