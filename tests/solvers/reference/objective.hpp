// The functions of the reference implementations, with derivatives written down a second time.
#pragma once

#include <functional>
#include <numbers>

#include "tests/solvers/reference/dense.hpp"

namespace optbed::reference {

template <class Real>
struct Objective {
  Vec<Real> start;
  std::function<Real(const Vec<Real>&)> value;
  std::function<Vec<Real>(const Vec<Real>&)> gradient;
  std::function<Mat<Real>(const Vec<Real>&)> hessian;
  std::function<Vec<Real>(const Vec<Real>&)> residuals;  // of a least-squares function
  std::function<Mat<Real>(const Vec<Real>&)> jacobian;
  Real minimum = 0;
  Real mu = 0;         // 0: not known
  Real lipschitz = 0;  // 0: not known
};

// f = r1^2 + r2^2 with r = (10 (x2 - x1^2), 1 - x1) (Rosenbrock 1960). The gradient is 2 J'r, not the
// textbook's expanded polynomial.
template <class Real>
Objective<Real> rosenbrock() {
  Objective<Real> f;
  f.start = {Real(-1.2), Real(1)};
  f.residuals = [](const Vec<Real>& x) { return Vec<Real>{10 * (x[1] - x[0] * x[0]), 1 - x[0]}; };
  f.jacobian = [](const Vec<Real>& x) { return Mat<Real>{{-20 * x[0], Real(10)}, {Real(-1), Real(0)}}; };
  f.value = [](const Vec<Real>& x) {
    const Real r1 = 10 * (x[1] - x[0] * x[0]);
    const Real r2 = 1 - x[0];
    return r1 * r1 + r2 * r2;
  };
  f.gradient = [](const Vec<Real>& x) {
    const Real r1 = 10 * (x[1] - x[0] * x[0]);
    const Real r2 = 1 - x[0];
    return Vec<Real>{2 * (-20 * x[0] * r1 - r2), 2 * 10 * r1};
  };
  f.hessian = [](const Vec<Real>& x) {
    const Real mixed = -400 * x[0];
    return Mat<Real>{{1200 * x[0] * x[0] - 400 * x[1] + 2, mixed}, {mixed, Real(200)}};
  };
  return f;
}

// f = (1/2) x'A x from (1, …, 1).
template <class Real>
Objective<Real> quadratic(const Mat<Real>& A, Real mu, Real lipschitz) {
  Objective<Real> f;
  f.start = Vec<Real>(A.size(), Real(1));
  f.mu = mu;
  f.lipschitz = lipschitz;
  f.value = [A](const Vec<Real>& x) { return dot(x, times(A, x)) / 2; };
  f.gradient = [A](const Vec<Real>& x) { return times(A, x); };
  f.hessian = [A](const Vec<Real>&) { return A; };
  return f;
}

template <class Real>
Objective<Real> diagonal_quadratic(const Vec<Real>& lambda) {
  Mat<Real> A = scaled_identity(lambda.size(), Real(0));
  for (std::size_t i = 0; i < lambda.size(); ++i) A[i][i] = lambda[i];
  return quadratic(A, lambda.front(), lambda.back());
}

// kappa^(i/(n-1)), i = 0, …, n-1
template <class Real>
Vec<Real> logarithmic_spectrum(std::size_t n, Real kappa) {
  Vec<Real> lambda;
  for (std::size_t i = 0; i < n; ++i) lambda.push_back(std::pow(kappa, Real(i) / Real(n - 1)));
  return lambda;
}

// A = lambda1 q1 q1' + lambda2 q2 q2', q1 = (cos, sin) and q2 = (-sin, cos) of the angle.
template <class Real>
Objective<Real> rotated_quadratic(Real lambda1, Real lambda2, Real degrees) {
  const Real angle = degrees * std::numbers::pi_v<Real> / 180;
  const Real c = std::cos(angle);
  const Real s = std::sin(angle);
  const Real mixed = (lambda1 - lambda2) * c * s;
  return quadratic<Real>(
      {{lambda1 * c * c + lambda2 * s * s, mixed}, {mixed, lambda1 * s * s + lambda2 * c * c}}, lambda1,
      lambda2);
}

}  // namespace optbed::reference
