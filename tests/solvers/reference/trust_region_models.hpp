// The dogleg and conjugate gradients in a trust region, and Newton-CG, once more (Nocedal & Wright 2006,
// algorithms 4.1, 7.1 and 7.2, section 4.1).
#pragma once

#include "tests/solvers/reference/newton.hpp"

namespace optbed::reference {

// A step p of a model, the fall that the model promises, and whether p ends on the boundary.
template <class Real>
struct PromisedStep {
  Vec<Real> p;
  Real fall = 0;
  bool on_boundary = false;
};

// t > 0 with |z + t p| = radius.
template <class Real>
Real to_boundary(const Vec<Real>& z, const Vec<Real>& p, Real radius) {
  const Real a = dot(p, p);
  const Real b = dot(z, p);
  return (-b + std::sqrt(b * b + a * (radius * radius - dot(z, z)))) / a;
}

// Algorithm 4.1 with eta = 0.1 from radius 1; after a bad trial the radius is a fourth of the step. Model: a
// class with PromisedStep<Real> step(const Vec<Real>& x, Real radius).
template <class Real, class Model>
class TrustRegionMethod {
 public:
  TrustRegionMethod(const Objective<Real>& f, Model model) : f_(f), model_(std::move(model)) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    if (norm(f_.gradient(x)) == 0) return std::nullopt;
    const Real rounding = 10 * Real(std::numeric_limits<double>::epsilon()) * std::fabs(f_.value(x));
    for (int trial = 0; trial < 100; ++trial) {
      const PromisedStep<Real> model = model_.step(x, radius_);
      const Vec<Real> y = along(x, Real(1), model.p);
      const Real fall = f_.value(x) - f_.value(y);
      const bool in_doubt = std::fabs(fall) <= rounding && std::fabs(model.fall) <= rounding;
      const Real ratio = in_doubt ? Real(1) : fall / model.fall;
      if (ratio < Real(0.25)) radius_ = norm(model.p) / 4;
      if (ratio > Real(0.75) && model.on_boundary) radius_ *= 2;
      if (ratio > Real(0.1)) return y;
    }
    return std::nullopt;
  }

 private:
  Objective<Real> f_;
  Model model_;
  Real radius_ = 1;
};

// The dogleg path of H, or of H + tau I where H is not positive definite ((4.15), (4.16)).
template <class Real>
class DoglegModel {
 public:
  explicit DoglegModel(const Objective<Real>& f) : f_(f) {}

  PromisedStep<Real> step(const Vec<Real>& x, Real radius) {
    const Vec<Real> g = f_.gradient(x);
    const Mat<Real> B = convexified(f_.hessian(x));
    const Vec<Real> newton = scaled(Real(-1), eliminate(B, g));
    const Vec<Real> cauchy = scaled(-dot(g, g) / dot(g, times(B, g)), g);
    PromisedStep<Real> result;
    result.on_boundary = norm(newton) > radius;
    if (!result.on_boundary) {
      result.p = newton;
    } else if (norm(cauchy) >= radius) {
      result.p = scaled(radius / norm(cauchy), cauchy);
    } else {
      const Vec<Real> leg = difference(newton, cauchy);
      result.p = along(cauchy, to_boundary(cauchy, leg, radius), leg);
    }
    result.fall = -dot(g, result.p) - dot(result.p, times(B, result.p)) / 2;
    return result;
  }

 private:
  Objective<Real> f_;
};

enum class ForcingRule { superlinear, quadratic, constant };

template <class Real>
Real forced_residual(ForcingRule rule, Real constant, Real g) {
  if (rule == ForcingRule::constant) return constant * g;
  return std::fmin(Real(0.5), rule == ForcingRule::superlinear ? std::sqrt(g) : g) * g;
}

// Algorithm 7.2 on the matrix; without a radius (infinite) the inner loop of algorithm 7.1, which ends where
// the curvature is not positive.
template <class Real>
class SteihaugModel {
 public:
  SteihaugModel(const Objective<Real>& f, ForcingRule rule, Real constant)
      : f_(f), rule_(rule), constant_(constant) {}

  PromisedStep<Real> step(const Vec<Real>& x, Real radius) {
    const Vec<Real> g = f_.gradient(x);
    const Mat<Real> H = f_.hessian(x);
    Vec<Real> z(g.size(), Real(0));
    Vec<Real> r = g;
    Vec<Real> p = scaled(Real(-1), g);
    bool on_boundary = false;
    for (std::size_t j = 0; j < 2 * g.size() && !on_boundary; ++j) {
      const Real pHp = dot(p, times(H, p));
      if (pHp <= 0 && !std::isfinite(radius)) {
        if (j == 0) z = p;
        break;
      }
      const Real alpha = dot(r, r) / pHp;
      on_boundary = pHp <= 0 || norm(along(z, alpha, p)) >= radius;
      z = along(z, on_boundary ? to_boundary(z, p, radius) : alpha, p);
      const Vec<Real> r_next = along(g, Real(1), times(H, z));
      if (norm(r_next) <= forced_residual(rule_, constant_, norm(g))) break;
      p = along(scaled(Real(-1), r_next), dot(r_next, r_next) / dot(r, r), p);
      r = r_next;
    }
    return {z, -dot(g, z) - dot(z, times(H, z)) / 2, on_boundary};
  }

 private:
  Objective<Real> f_;
  ForcingRule rule_;
  Real constant_;
};

// Algorithm 7.1: a search from 1 along the direction of SteihaugModel without a radius.
template <class Real>
class SearchedNewtonCg {
 public:
  SearchedNewtonCg(const Objective<Real>& f, LineSearch<Real> search, ForcingRule rule, Real constant)
      : f_(f), search_(std::move(search)), model_(f, rule, constant) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    if (norm(f_.gradient(x)) == 0) return std::nullopt;
    const Vec<Real> d = model_.step(x, std::numeric_limits<Real>::infinity()).p;
    const std::optional<Real> alpha = search_(f_, x, d, Real(1));
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  Objective<Real> f_;
  LineSearch<Real> search_;
  SteihaugModel<Real> model_;
};

}  // namespace optbed::reference
