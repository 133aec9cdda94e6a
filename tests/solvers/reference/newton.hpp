// Newton's method once more (Nocedal & Wright 2006, sections 3.3, 3.4, 4.1 and 7.1,
// algorithms 3.2, 3.3, 4.1, 7.1 and 7.2; Dauphin et al. 2014).
#pragma once

#include <algorithm>

#include "tests/solvers/reference/first_order.hpp"

namespace optbed::reference {

// x_{k+1} = x_k - step_length H_k^-1 g_k
template <class Real>
class PureNewton {
 public:
  PureNewton(const Objective<Real>& f, Real step_length) : f_(f), step_length_(step_length) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    return along(x, -step_length_, eliminate(f_.hessian(x), f_.gradient(x)));
  }

 private:
  Objective<Real> f_;
  Real step_length_;
};

// x_{k+1} = x_k - eta A^-1 g_k with A = H(x_0) or its diagonal.
template <class Real>
class PreconditionedGradient {
 public:
  PreconditionedGradient(const Objective<Real>& f, Real eta, bool diagonal)
      : f_(f), eta_(eta), A_(f.hessian(f.start)) {
    for (std::size_t i = 0; diagonal && i < A_.size(); ++i) {
      for (std::size_t j = 0; j < A_.size(); ++j) A_[i][j] *= i == j;
    }
  }

  std::optional<Vec<Real>> next(const Vec<Real>& x) { return along(x, -eta_, eliminate(A_, f_.gradient(x))); }

 private:
  Objective<Real> f_;
  Real eta_;
  Mat<Real> A_;
};

// sign(H) g, which makes |H|^-1 g of H^-1 g, as the limit of X <- (X + X^-1)/2 from H (Roberts 1980; Higham
// 2008, section 5.3).
template <class Real>
Vec<Real> sign_times(const Mat<Real>& H, const Vec<Real>& g) {
  const std::size_t n = g.size();
  Mat<Real> X = H;
  for (int i = 0; i < 40; ++i) {
    Mat<Real> inverse_rows;  // of X^-1', whose rows are the columns of X^-1
    for (std::size_t j = 0; j < n; ++j) inverse_rows.push_back(eliminate(X, scaled_identity(n, Real(1))[j]));
    const Mat<Real> inverse = transposed(inverse_rows);
    for (std::size_t r = 0; r < n; ++r) {
      for (std::size_t c = 0; c < n; ++c) X[r][c] = (X[r][c] + inverse[r][c]) / 2;
    }
  }
  return times(X, g);
}

// Backtracking from 1 along -|H|^-1 g.
template <class Real>
class SaddleFreeNewton {
 public:
  explicit SaddleFreeNewton(const Objective<Real>& f) : f_(f) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Mat<Real> H = f_.hessian(x);
    const Vec<Real> d = scaled(Real(-1), eliminate(H, sign_times(H, f_.gradient(x))));
    const std::optional<Real> alpha = armijo_step(f_, x, d, Real(1));
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  Objective<Real> f_;
};

// H + tau I, tau from algorithm 3.3 with beta = 1e-3 max |H_ij|.
template <class Real>
Mat<Real> convexified(const Mat<Real>& H) {
  const std::size_t n = H.size();
  Real least = H[0][0];
  Real largest_element = 0;
  for (std::size_t i = 0; i < n; ++i) {
    least = std::fmin(least, H[i][i]);
    largest_element = std::fmax(largest_element, largest(H[i]));
  }
  const Real beta = largest_element / 1000;
  Mat<Real> shifted = H;
  Mat<Real> L;
  for (Real tau = least > 0 ? Real(0) : beta - least;; tau = std::fmax(2 * tau, beta)) {
    for (std::size_t i = 0; i < n; ++i) shifted[i][i] = H[i][i] + tau;
    if (cholesky(shifted, L)) return shifted;
  }
}

enum class Convexification { none, added_identity };

// Backtracking from 1 along -(H + tau I)^-1 g, tau = 0 or from algorithm 3.3 (beta = 1e-3 max |H_ij|).
template <class Real>
class SearchedNewton {
 public:
  SearchedNewton(const Objective<Real>& f, Convexification convexification)
      : f_(f), convexification_(convexification) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    Mat<Real> H = f_.hessian(x);
    if (convexification_ == Convexification::added_identity) H = convexified(H);
    const Vec<Real> d = scaled(Real(-1), eliminate(H, f_.gradient(x)));
    const std::optional<Real> alpha = armijo_step(f_, x, d, Real(1));
    if (!alpha) return std::nullopt;
    return along(x, *alpha, d);
  }

 private:
  Objective<Real> f_;
  Convexification convexification_;
};

template <class Real>
struct ModelStep {
  Vec<Real> p;
  bool on_boundary;
};

// The minimiser of g'p + p'Hp/2 in |p| <= radius, from the eigenvectors of H: |p(lambda)| = radius with
// p(lambda) = -(H + lambda I)^-1 g by bisection (Nocedal & Wright 2006, theorem 4.1 and (4.38)). In the hard
// case, where |p| stays short, the least eigenvector is added, by the smaller of both multiples that reach.
template <class Real>
ModelStep<Real> minimise_model(const Mat<Real>& H, const Vec<Real>& g, Real radius) {
  const EigenDecomposition<Real> eigen = eigen_decomposition(H);
  const std::size_t n = g.size();
  const Vec<Real>& values = eigen.values;
  const std::size_t first = std::min_element(values.begin(), values.end()) - values.begin();
  const auto step = [&](Real lambda) {
    Vec<Real> p(n, Real(0));
    for (std::size_t i = 0; i < n; ++i) {
      const Real component = dot(eigen.vectors[i], g);
      if (component != 0) p = along(p, -component / (values[i] + lambda), eigen.vectors[i]);
    }
    return p;
  };
  if (values[first] > 0 && norm(step(Real(0))) <= radius) return {step(Real(0)), false};

  Real lower = std::fmax(Real(0), -values[first]);
  Real upper = lower + norm(g) / radius;
  for (Real middle = lower + (upper - lower) / 2; lower < middle && middle < upper;
       middle = lower + (upper - lower) / 2) {
    (norm(step(middle)) > radius ? lower : upper) = middle;
  }
  const Vec<Real> p = step(upper);
  const Real gap = (radius - norm(p)) * (radius + norm(p));
  if (gap <= Real(1e-12) * radius * radius) return {p, true};
  const Vec<Real>& z = eigen.vectors[first];
  const Real pz = dot(p, z);
  return {along(p, gap / (pz + std::copysign(std::sqrt(pz * pz + gap), pz)), z), true};
}

// Nocedal & Wright 2006, algorithm 4.1, eta = 0.1: accepts the minimiser of the model where f falls by more
// than a tenth of what the model does. The next radius is |p|/4 where it falls by less than a fourth, and twice
// the radius where by more than three fourths and p is on the boundary. Where f and the model both fall by less
// than ten roundings of f as a float64, the model is right.
template <class Real>
class TrustRegionNewton {
 public:
  TrustRegionNewton(const Objective<Real>& f, Real initial_radius) : f_(f), radius_(initial_radius) {}

  std::optional<Vec<Real>> next(const Vec<Real>& x) {
    const Vec<Real> g = f_.gradient(x);
    const Mat<Real> H = f_.hessian(x);
    if (norm(g) == 0) return std::nullopt;
    const Real rounding = 10 * Real(std::numeric_limits<double>::epsilon()) * std::fabs(f_.value(x));
    for (int trial = 0; trial < 100; ++trial) {
      const auto [p, on_boundary] = minimise_model(H, g, radius_);
      const Vec<Real> at = along(x, Real(1), p);
      const Real fall = f_.value(x) - f_.value(at);
      const Real predicted = -dot(g, p) - dot(p, times(H, p)) / 2;
      const bool lost = std::fabs(fall) <= rounding && std::fabs(predicted) <= rounding;
      const Real ratio = lost ? Real(1) : fall / predicted;
      if (ratio < Real(1) / 4) radius_ = norm(p) / 4;
      if (ratio > Real(3) / 4 && on_boundary) radius_ *= 2;
      if (ratio > Real(1) / 10) return at;
    }
    return std::nullopt;
  }

 private:
  Objective<Real> f_;
  Real radius_;
};

}  // namespace optbed::reference
