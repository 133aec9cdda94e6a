// Nonlinear conjugate gradients once more (Nocedal & Wright 2006, section 5.2; Hager & Zhang 2005).
#pragma once

#include <string>

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

struct ConjugateGradientChoice {
  std::string formula = "hager_zhang";
  std::string restart = "none";
  bool quadratic_step = true;  // otherwise the same change of f to first order
};

template <class Real>
class NonlinearConjugateGradients {
 public:
  NonlinearConjugateGradients(const Objective<Real>& f, LineSearch<Real> search, ConjugateGradientChoice choice)
      : f_(f), search_(std::move(search)), choice_(std::move(choice)) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    if (norm(g) == 0) return std::nullopt;
    if (x_.empty()) {
      d_ = scaled(Real(-1), g);
    } else {
      last_step_ = norm(difference(x, x_)) / norm(d_);
      last_slope_ = dot(g_, d_);
      Real factor = beta(g);
      if (++steps_ >= x.size() && choice_.restart == "periodic") factor = 0;
      if (choice_.restart == "powell" && std::fabs(dot(g, g_)) >= Real(0.1) * dot(g, g)) factor = 0;
      Vec<Real> d = along(scaled(Real(-1), g), factor, d_);
      if (!(dot(d, g) < 0)) {
        factor = 0;
        d = scaled(Real(-1), g);
      }
      d_ = d;
      if (factor == 0) steps_ = 0;
    }
    const std::optional<Real> alpha = search_(f_, x, d_, first_trial(x, g));
    if (!alpha) return std::nullopt;
    x_ = x;
    g_ = g;
    return along(x, *alpha, d_);
  }

 private:
  Real beta(const Vec<Real>& g) const {
    const Vec<Real> y = difference(g, g_);
    const Real dy = dot(d_, y);
    if (choice_.formula == "fletcher_reeves") return dot(g, g) / dot(g_, g_);
    if (choice_.formula == "polak_ribiere_plus") return std::fmax(Real(0), dot(g, y) / dot(g_, g_));
    if (choice_.formula == "hestenes_stiefel") return dot(g, y) / dy;
    if (choice_.formula == "dai_yuan") return dot(g, g) / dy;
    const Real N = dot(along(y, -2 * dot(y, y) / dy, d_), g) / dy;
    return std::fmax(N, -1 / (norm(d_) * std::fmin(Real(0.01), norm(g_))));
  }

  Real first_trial(const Vec<Real>& x, const Vec<Real>& g) const {
    const Real slope = dot(g, d_);
    if (!choice_.quadratic_step) return x_.empty() ? 1 / norm(g) : last_step_ * last_slope_ / slope;
    if (x_.empty()) return Real(0.01) * largest(x) / largest(g);
    const Real a = Real(0.1) * last_step_;
    const Real change = f_.value(along(x, a, d_)) - f_.value(x);
    const Real curvature = 2 * (change - a * slope) / (a * a);
    return change <= 0 && curvature > 0 ? -slope / curvature : 2 * last_step_;
  }

  Objective<Real> f_;
  LineSearch<Real> search_;
  ConjugateGradientChoice choice_;
  Vec<Real> x_;  // the iterate before, its gradient and its direction
  Vec<Real> g_;
  Vec<Real> d_;
  Real last_step_ = 0;
  Real last_slope_ = 0;
  std::size_t steps_ = 0;  // since the last restart
};

}  // namespace optbed::reference
