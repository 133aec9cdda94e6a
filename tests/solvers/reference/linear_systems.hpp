// Iterations for A x = 0 once more, with A the Hessian of the quadratics in objective.hpp (Saad 2003,
// sections 4.1, 6.7 and 12.3; Golub & Van Loan 2013, section 11.2).
#pragma once

#include <optional>

#include "tests/solvers/reference/objective.hpp"

namespace optbed::reference {

// x_i <- x_i - omega (sum_j a_ij x_j)/a_ii: all from the same x, or one after the other.
template <class Real>
class Relaxation {
 public:
  enum class Order { simultaneous, forward, forward_and_back };

  Relaxation(const Objective<Real>& f, Order order, Real omega)
      : A_(f.hessian(f.start)), order_(order), omega_(omega) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    Vec<Real> y = x;
    const std::size_t n = x.size();
    for (std::size_t i = 0; i < n; ++i) relax(i, order_ == Order::simultaneous ? x : y, y);
    if (order_ == Order::forward_and_back) {
      for (std::size_t i = n; i-- > 0;) relax(i, y, y);
    }
    return y;
  }

 private:
  void relax(std::size_t i, const Vec<Real>& x, Vec<Real>& y) const {
    const Real residual = dot(A_[i], x);
    y[i] = y[i] - omega_ * residual / A_[i][i];
  }

  Mat<Real> A_;
  Order order_;
  Real omega_;
};

template <class Real>
class Richardson {
 public:
  Richardson(const Objective<Real>& f, Real eta) : f_(f), eta_(eta) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) { return along(x, -eta_, f_.gradient(x)); }

 private:
  Objective<Real> f_;
  Real eta_;
};

// x_{k+1} = omega_{k+1} (x_k + gamma r_k - x_{k-1}) + x_{k-1}, gamma = 2/(mu + L), omega_1 = 1,
// omega_2 = 1/(1 - sigma^2/2), omega_{k+1} = 1/(1 - sigma^2 omega_k/4), sigma = (L - mu)/(L + mu) (Golub & Van
// Loan 2013, section 11.2.8).
template <class Real>
class ChebyshevSemiIteration {
 public:
  explicit ChebyshevSemiIteration(const Objective<Real>& f) : f_(f) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Real sigma = (f_.lipschitz - f_.mu) / (f_.lipschitz + f_.mu);
    if (before_.empty()) {
      before_ = x;
    } else {
      omega_ = 1 / (1 - sigma * sigma * omega_ / (second_ ? 2 : 4));
      second_ = false;
    }
    const Vec<Real> richardson = along(x, -2 / (f_.mu + f_.lipschitz), f_.gradient(x));
    const Vec<Real> next = along(before_, omega_, difference(richardson, before_));
    before_ = x;
    return next;
  }

 private:
  Objective<Real> f_;
  Vec<Real> before_;
  Real omega_ = 1;
  bool second_ = true;
};

// p_k = -g_k + (g_k'g_k/g_{k-1}'g_{k-1}) p_{k-1}, exact step, with the gradient of the iterate itself.
template <class Real>
class ConjugateGradients {
 public:
  explicit ConjugateGradients(const Objective<Real>& f) : f_(f), A_(f.hessian(f.start)) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    const Real gg = dot(g, g);
    if (gg == 0) return std::nullopt;
    p_ = p_.empty() ? scaled(Real(-1), g) : along(scaled(Real(-1), g), gg / gg_, p_);
    gg_ = gg;
    return along(x, -dot(g, p_) / dot(p_, times(A_, p_)), p_);
  }

 private:
  Objective<Real> f_;
  Mat<Real> A_;
  Vec<Real> p_;
  Real gg_ = 0;
};

}  // namespace optbed::reference
