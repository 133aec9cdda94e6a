// BFGS, DFP, SR1 and L-BFGS once more, all on a dense inverse Hessian approximation: L-BFGS is BFGS from gamma
// I with the last m pairs (Nocedal & Wright 2006, (7.19)), which the two-loop recursion computes without
// forming it.
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

// H - H y y'H/y'Hy + s s'/y's (6.15)
template <class Real>
Mat<Real> dfp_update(const Mat<Real>& H, const Vec<Real>& s, const Vec<Real>& y) {
  const Vec<Real> Hy = times(H, y);
  Mat<Real> updated = H;
  for (std::size_t i = 0; i < s.size(); ++i) {
    for (std::size_t j = 0; j < s.size(); ++j) {
      updated[i][j] += s[i] * s[j] / dot(y, s) - Hy[i] * Hy[j] / dot(y, Hy);
    }
  }
  return updated;
}

// H + w w'/w'y with w = s - H y (6.25), or H where |w'y| < 1e-8 |w||y|.
template <class Real>
Mat<Real> sr1_update(const Mat<Real>& H, const Vec<Real>& s, const Vec<Real>& y) {
  const Vec<Real> w = difference(s, times(H, y));
  const Real wy = dot(w, y);
  if (!(std::fabs(wy) >= Real(1e-8) * norm(w) * norm(y)) || wy == 0) return H;
  Mat<Real> updated = H;
  for (std::size_t i = 0; i < s.size(); ++i) {
    for (std::size_t j = 0; j < s.size(); ++j) updated[i][j] += w[i] * w[j] / wy;
  }
  return updated;
}

enum class QuasiNewtonUpdate { bfgs, dfp, sr1 };

template <class Real>
struct QuasiNewtonChoice {
  LineSearch<Real> search;
  bool initial_scaling = true;
  std::size_t memory = 0;  // 0: all pairs are kept in one matrix; otherwise L-BFGS
  QuasiNewtonUpdate update = QuasiNewtonUpdate::bfgs;
};

template <class Real>
class LineSearchQuasiNewton {
 public:
  LineSearchQuasiNewton(const Objective<Real>& f, QuasiNewtonChoice<Real> choice)
      : f_(f), choice_(std::move(choice)), H_(scaled_identity(f.start.size(), Real(1))) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    if (!x_.empty()) take_pair(difference(x, x_), difference(g, g_));
    x_ = x;
    g_ = g;
    Vec<Real> d = scaled(Real(-1), times(H_, g));
    if (dot(d, g) > 0) d = scaled(Real(-1), d);                  // an indefinite H of SR1
    const bool limited = choice_.initial_scaling && s_.empty();  // a step of length 1 at most
    const std::optional<Real> alpha =
        choice_.search(f_, x, d, limited ? std::fmin(Real(1), 1 / norm(d)) : Real(1));
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  void take_pair(const Vec<Real>& s, const Vec<Real>& y) {
    const Real sy = dot(s, y);
    if (choice_.update == QuasiNewtonUpdate::sr1) return take_pair_of_any_sign(s, y);
    if (!(sy > 0)) return;
    s_.push_back(s);
    y_.push_back(y);
    const Real gamma = sy / dot(y, y);
    if (choice_.memory == 0) {
      if (s_.size() == 1 && choice_.initial_scaling) H_ = scaled_identity(s.size(), gamma);  // (6.20)
      H_ = choice_.update == QuasiNewtonUpdate::dfp ? dfp_update(H_, s, y) : bfgs_update(H_, s, y);
      return;
    }
    if (s_.size() > choice_.memory) {
      s_.erase(s_.begin());
      y_.erase(y_.begin());
    }
    H_ = scaled_identity(s.size(), choice_.initial_scaling ? gamma : Real(1));  // (7.20)
    for (std::size_t i = 0; i < s_.size(); ++i) H_ = bfgs_update(H_, s_[i], y_[i]);
  }

  // The first pair with s'y > 0 gives the scale and no more.
  void take_pair_of_any_sign(const Vec<Real>& s, const Vec<Real>& y) {
    if (s_.empty() && choice_.initial_scaling && dot(s, y) > 0) {
      H_ = scaled_identity(s.size(), dot(s, y) / dot(y, y));
    } else {
      H_ = sr1_update(H_, s, y);
    }
    s_.push_back(s);
    y_.push_back(y);
  }

  Objective<Real> f_;
  QuasiNewtonChoice<Real> choice_;
  Mat<Real> H_;
  std::vector<Vec<Real>> s_;  // the pairs that are kept, oldest first
  std::vector<Vec<Real>> y_;
  Vec<Real> x_;  // the iterate before, and its gradient
  Vec<Real> g_;
};

}  // namespace optbed::reference
