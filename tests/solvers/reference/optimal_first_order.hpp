// The optimized gradient method, the triple momentum method, silver steps and coordinate descent once more.
#pragma once

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// Kim & Fessler 2016, OGM2, written with all of its sequences. A reported point cannot be gone back from, so
// the reference keeps x_k and y_k of its own.
template <class Real>
class OptimizedGradientMethod {
 public:
  OptimizedGradientMethod(const Objective<Real>& f, bool reports_final, const ScheduleChoice& schedule)
      : f_(f), reports_final_(reports_final), factors_(schedule), x_(f.start), y_(f.start) {}

  std::optional<Vec<Real>> next(const Vec<Real>&) {
    const Vec<Real> y = along(x_, -factors_.next(f_.value(x_)) / f_.lipschitz, f_.gradient(x_));
    const Real inner = (1 + std::sqrt(1 + 4 * theta_ * theta_)) / 2;
    const Real last = (1 + std::sqrt(1 + 8 * theta_ * theta_)) / 2;
    const Vec<Real> ongoing = combined(y, inner);
    const Vec<Real> final = combined(y, last);
    x_ = ongoing;
    y_ = y;
    theta_ = inner;
    return reports_final_ ? final : ongoing;
  }

 private:
  // y_{k+1} + ((theta_k - 1)/theta_{k+1})(y_{k+1} - y_k) + (theta_k/theta_{k+1})(y_{k+1} - x_k)
  Vec<Real> combined(const Vec<Real>& y, Real theta_next) const {
    return along(along(y, (theta_ - 1) / theta_next, difference(y, y_)), theta_ / theta_next,
                 difference(y, x_));
  }

  Objective<Real> f_;
  bool reports_final_;
  StepFactors<Real> factors_;
  Vec<Real> x_;
  Vec<Real> y_;
  Real theta_ = 1;
};

// Van Scoy, Freeman & Lynch 2018, (2): xi_{k+1} = (1 + beta) xi_k - beta xi_{k-1} - alpha g(y_k).
template <class Real>
class TripleMomentumMethod {
 public:
  TripleMomentumMethod(const Objective<Real>& f, const ScheduleChoice& schedule)
      : f_(f), factors_(schedule), xi_(f.start), xi_before_(f.start) {}

  std::optional<Vec<Real>> next(const Vec<Real>&) {
    const Real rho = 1 - 1 / std::sqrt(f_.lipschitz / f_.mu);
    const Real alpha = (1 + rho) / f_.lipschitz;
    const Real beta = rho * rho / (2 - rho);
    const Real gamma = rho * rho / ((1 + rho) * (2 - rho));
    const Real delta = rho * rho / (1 - rho * rho);
    const Vec<Real> y = extrapolated(gamma);
    const Vec<Real> momentum = extrapolated(beta);
    xi_before_ = xi_;
    xi_ = along(momentum, -alpha * factors_.next(f_.value(y)), f_.gradient(y));
    return extrapolated(delta);
  }

 private:
  Vec<Real> extrapolated(Real weight) const { return along(xi_, weight, difference(xi_, xi_before_)); }

  Objective<Real> f_;
  StepFactors<Real> factors_;
  Vec<Real> xi_;
  Vec<Real> xi_before_;
};

// Altschuler & Parrilo 2023: h = (b_1, b_2, …) is the limit of [h_n, 1 + rho^(k-1), h_n], rho = 1 + sqrt 2.
template <class Real>
class SilverDescent {
 public:
  SilverDescent(const Objective<Real>& f, const ScheduleChoice& schedule) : f_(f), factors_(schedule) {
    const Real rho = 1 + std::sqrt(Real(2));
    for (int k = 0; k < 6; ++k) {
      const std::vector<Real> half = h_;
      h_.push_back(1 + std::pow(rho, Real(k - 1)));
      h_.insert(h_.end(), half.begin(), half.end());
    }
  }

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Real h = h_[k_++];
    return along(x, -factors_.next(f_.value(x)) * h / f_.lipschitz, f_.gradient(x));
  }

 private:
  Objective<Real> f_;
  StepFactors<Real> factors_;
  std::vector<Real> h_;  // 63 of them
  std::size_t k_ = 0;
};

enum class Order { cyclic, greedy };

// One variable at a time: on a quadratic to x_i - g_i/A_ii, or by -g_i/L. In cyclic order one whose derivative
// is 0 is left out.
template <class Real>
class CoordinateWise {
 public:
  CoordinateWise(const Objective<Real>& f, Order order, bool exact) : f_(f), order_(order), exact_(exact) {}

  std::optional<Vec<Real>> next(Vec<Real> x) {
    const Vec<Real> g = f_.gradient(x);
    if (largest(g) == 0) return x;
    std::size_t i = order_ == Order::greedy ? 0 : following_;
    if (order_ == Order::greedy) {
      for (std::size_t j = 1; j < x.size(); ++j) {
        if (std::fabs(g[j]) > std::fabs(g[i])) i = j;
      }
    }
    while (g[i] == 0) i = (i + 1) % x.size();
    following_ = (i + 1) % x.size();
    x[i] -= g[i] / (exact_ ? f_.hessian(x)[i][i] : f_.lipschitz);
    return x;
  }

 private:
  Objective<Real> f_;
  Order order_;
  bool exact_;
  std::size_t following_ = 0;
};

}  // namespace optbed::reference
