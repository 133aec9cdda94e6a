// Gauss-Newton, Levenberg, Levenberg-Marquardt, MINPACK's schedule and dogleg once more. Each step is the
// least-squares solution of the stacked system, [J; sqrt(lambda) D] d = [-r; 0], and not of the normal
// equations.
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
  double acceleration_limit = 0;  // greatest |D a|/|D v| of a geodesic acceleration; 0: none
  double gradient_factor = 1;     // c of (J'J + lambda D) d = -c J'r
};

// The d that minimises |J d - b|^2 + sum lambda D_i d_i^2.
template <class Real>
Vec<Real> damped_least_squares(const Mat<Real>& J, Vec<Real> b, Real lambda, const Vec<Real>& D) {
  Mat<Real> stacked = J;
  for (std::size_t i = 0; i < D.size(); ++i) {
    stacked.emplace_back(D.size(), Real(0));
    stacked.back()[i] = std::sqrt(lambda * D[i]);
    b.push_back(0);
  }
  return least_squares(stacked, b);
}

// |D^(1/2) d|
template <class Real>
Real scaled_norm(const Vec<Real>& D, const Vec<Real>& d) {
  Real sum = 0;
  for (std::size_t i = 0; i < d.size(); ++i) sum += D[i] * d[i] * d[i];
  return std::sqrt(sum);
}

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

    const Vec<Real> h = damped_least_squares(J, scaled(-Real(schedule_.gradient_factor), r), lambda_, D);
    Vec<Real> step = h;
    if (schedule_.acceleration_limit > 0) {
      const Vec<Real> a = damped_least_squares(J, scaled(Real(-1), second_derivative(x, r, J, h)), lambda_, D);
      if (!(scaled_norm(D, a) <= Real(schedule_.acceleration_limit) * scaled_norm(D, h))) {
        follow(false, 0);
        return x;
      }
      step = along(h, Real(0.5), a);
    }
    const Vec<Real> trial = along(x, Real(1), step);
    const Vec<Real> r_trial = f_.residuals(trial);
    const bool falls = dot(r_trial, r_trial) < dot(r, r);
    // The model's decrease of F = |r|^2/2, h'(lambda D h - J'r)/2 (Madsen, Nielsen & Tingleff 2004, (2.18)).
    Real predicted = 0;
    for (std::size_t i = 0; i < n; ++i) predicted += h[i] * (lambda_ * D[i] * h[i] - dot(Jt[i], r)) / 2;
    follow(falls, (dot(r, r) - dot(r_trial, r_trial)) / 2 / predicted);
    return falls ? trial : x;
  }

 private:
  // Of the residuals along h, by the difference of Transtrum & Sethna 2012 with their 1/10.
  Vec<Real> second_derivative(const Vec<Real>& x, const Vec<Real>& r, const Mat<Real>& J, const Vec<Real>& h) {
    const Real t = Real(0.1);
    const Vec<Real> secant = scaled(1 / t, difference(f_.residuals(along(x, t, h)), r));
    return scaled(2 / t, difference(secant, times(J, h)));
  }

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

enum class RegionScale { none, greatest_columns };  // D = 1, or the greatest norms of columns so far

// MINPACK's lmder (Moré 1978): the description of the routine in the User guide for MINPACK-1 and the paper's
// algorithms 5.5 and 7.1, with the systems of its lambda iteration by stacked reflections and by elimination. A
// call of next is a trial.
template <class Real>
class MinpackMethod {
 public:
  MinpackMethod(const Objective<Real>& f, RegionScale scale) : f_(f), scale_(scale) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const std::size_t n = x.size();
    const Vec<Real> r = f_.residuals(x);
    const Mat<Real> J = f_.jacobian(x);
    const Mat<Real> Jt = transposed(J);
    if (D_.empty()) {
      D_.assign(n, Real(1));  // squares
      if (scale_ == RegionScale::greatest_columns) {
        for (std::size_t i = 0; i < n; ++i) D_[i] = dot(Jt[i], Jt[i]);
      }
      delta_ = 100 * scaled_norm(D_, x);
    }
    if (scale_ == RegionScale::greatest_columns) {
      for (std::size_t i = 0; i < n; ++i) D_[i] = std::fmax(D_[i], dot(Jt[i], Jt[i]));
    }
    const Vec<Real> p = step(J, Jt, r);
    const Real length = scaled_norm(D_, p);
    if (untried_) delta_ = std::fmin(delta_, length);

    const Vec<Real> trial = along(x, Real(1), p);
    const Vec<Real> r_trial = f_.residuals(trial);
    const Real f2 = dot(r, r);
    const Real along_p = dot(times(J, p), times(J, p)) / f2;
    const Real damped = par_ * length * length / f2;
    const Real actual = 1 - dot(r_trial, r_trial) / f2;
    const Real ratio = actual / (along_p + 2 * damped);
    if (ratio <= Real(0.25)) {
      const Real slope = -(along_p + damped);
      const Real factor = actual >= 0 ? Real(0.5) : std::fmax(slope / 2 / (slope + actual / 2), Real(0.1));
      delta_ = factor * std::fmin(delta_, 10 * length);
      par_ /= factor;
    } else if (par_ == 0 || ratio >= Real(0.75)) {
      delta_ = 2 * length;
      par_ /= 2;
    }
    if (!(ratio >= Real(1e-4))) return x;
    untried_ = false;
    return trial;
  }

 private:
  // (phi/delta)/(w'(J'J + par D)^-1 w), w = D d/|D^(1/2) d|.
  Real correction(const Mat<Real>& J, const Mat<Real>& Jt, const Vec<Real>& d) {
    const Real length = scaled_norm(D_, d);
    Mat<Real> A = times(Jt, J);
    Vec<Real> w = d;
    for (std::size_t i = 0; i < d.size(); ++i) {
      A[i][i] += par_ * D_[i];
      w[i] *= D_[i] / length;
    }
    return (length - delta_) / delta_ / dot(w, eliminate(A, w));
  }

  Vec<Real> step(const Mat<Real>& J, const Mat<Real>& Jt, const Vec<Real>& r) {
    const Vec<Real> right = scaled(Real(-1), r);
    const Real guess = std::exchange(par_, Real(0));
    Vec<Real> d = least_squares(J, right);
    Real fp = scaled_norm(D_, d) - delta_;
    if (fp <= delta_ / 10) return d;
    Real low = correction(J, Jt, d);
    Real slope = 0;
    for (std::size_t i = 0; i < d.size(); ++i) slope += dot(Jt[i], r) * dot(Jt[i], r) / D_[i];
    slope = std::sqrt(slope);
    Real high = slope / delta_;
    par_ = std::fmin(std::fmax(guess, low), high);
    if (par_ == 0) par_ = slope / (fp + delta_);
    for (int i = 1;; ++i) {
      if (par_ == 0) par_ = high / 1000;
      d = damped_least_squares(J, right, par_, D_);
      const Real before = std::exchange(fp, scaled_norm(D_, d) - delta_);
      const bool inside = low == 0 && fp <= before && before < 0;
      if (std::fabs(fp) <= delta_ / 10 || inside || i == 10) return d;
      if (fp > 0) low = std::fmax(low, par_);
      if (fp < 0) high = std::fmin(high, par_);
      par_ = std::fmax(low, par_ + correction(J, Jt, d));
    }
  }

  Objective<Real> f_;
  RegionScale scale_;
  Vec<Real> D_;
  Real delta_ = 0;
  Real par_ = 0;
  bool untried_ = true;
};

// Algorithm 3.21 of Madsen, Nielsen & Tingleff 2004, with Delta_0 = 1. A call of next is a trial.
template <class Real>
class DoglegMethod {
 public:
  explicit DoglegMethod(const Objective<Real>& f, Real delta) : f_(f), delta_(delta) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> r = f_.residuals(x);
    const Mat<Real> J = f_.jacobian(x);
    const Vec<Real> g = times(transposed(J), r);
    const Vec<Real> newton = least_squares(J, scaled(Real(-1), r));
    const Real alpha = dot(g, g) / dot(times(J, g), times(J, g));  // (3.19)
    Vec<Real> h = newton;
    if (norm(newton) > delta_ && alpha * norm(g) >= delta_) {
      h = scaled(-delta_ / norm(g), g);
    } else if (norm(newton) > delta_) {
      const Vec<Real> a = scaled(-alpha, g);
      const Vec<Real> leg = difference(newton, a);
      // |a + beta leg|^2 = Delta^2
      const Real c = dot(a, leg);
      const Real gap = delta_ * delta_ - dot(a, a);
      const Real root = std::sqrt(c * c + dot(leg, leg) * gap);
      h = along(a, c <= 0 ? (root - c) / dot(leg, leg) : gap / (c + root), leg);
    }
    const Vec<Real> trial = along(x, Real(1), h);
    const Vec<Real> r_trial = f_.residuals(trial);
    const Vec<Real> model = along(r, Real(1), times(J, h));
    const Real gain = (dot(r, r) - dot(r_trial, r_trial)) / (dot(r, r) - dot(model, model));
    if (gain > Real(0.75)) delta_ = std::fmax(delta_, 3 * norm(h));
    if (gain < Real(0.25)) delta_ /= 2;
    return gain > 0 ? trial : x;
  }

 private:
  Objective<Real> f_;
  Real delta_;
};

}  // namespace optbed::reference
