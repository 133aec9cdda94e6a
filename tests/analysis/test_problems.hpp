// Functions with known constants for the tests of theory.
#pragma once

#include <cmath>
#include <utility>

#include "problems/problem.hpp"

namespace optbed::testing_problems {

// sum_i (mu/2) x_i^2 + (c_i) log cosh x_i with c_i from 0 to L - mu: Hessian between mu and L everywhere, both
// attained (in the tails and at 0); minimum 0 at 0.
class LogCosh final : public Problem {
 public:
  LogCosh(Index n, double mu, double L) : mu_(mu), c_(Vector::LinSpaced(n, 0, L - mu)) {
    facts_.minimum = {0, "both terms are least at 0"};
    facts_.minimisers.push_back({Vector::Zero(n), "both terms are least at 0"});
    facts_.strong_convexity = {mu, "the first term"};
    facts_.lipschitz = {L, "(log cosh)'' = 1/cosh^2 <= 1"};
    facts_.convexity = {Convexity::strongly_convex, "sum of convex terms"};
    facts_.function_class = {FunctionClass::smooth, "analytic"};
  }

  Index dimension() const override { return c_.size(); }
  Vector start() const override { return Vector::Constant(c_.size(), 3); }
  double value(const Vector& x) const override {
    double f = 0.5 * mu_ * x.squaredNorm();
    for (Index i = 0; i < x.size(); ++i) f += c_[i] * log_cosh(x[i]);
    return f;
  }
  double gradient(const Vector& x, Vector& g) const override {
    for (Index i = 0; i < x.size(); ++i) g[i] = mu_ * x[i] + c_[i] * std::tanh(x[i]);
    return value(x);
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override {
    H.setZero();
    for (Index i = 0; i < x.size(); ++i) H(i, i) = curvature(i, x[i]);
  }
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    for (Index i = 0; i < x.size(); ++i) Hv[i] = curvature(i, x[i]) * v[i];
  }

 private:
  double curvature(Index i, double x) const { return mu_ + c_[i] / (std::cosh(x) * std::cosh(x)); }

  // Without cancellation at 0 and without overflow: x^2/2 - … there, |x| - log 2 far out.
  static double log_cosh(double x) {
    const double s = std::sinh(x / 2);
    return std::abs(x) < 1 ? std::log1p(2 * s * s)
                           : std::abs(x) + std::log1p(std::exp(-2 * std::abs(x))) - std::log(2.0);
  }

  double mu_;
  Vector c_;
};

// x^2/2 for |x| <= threshold, threshold |x| - threshold^2/2 beyond; L = 1.
class Huber final : public Problem {
 public:
  Huber(double threshold, double start) : threshold_(threshold), start_(start) {
    facts_.minimum = {0, "f >= 0"};
    facts_.minimisers.push_back({Vector::Zero(1), "f(0) = 0"});
    facts_.lipschitz = {1, "f'' <= 1"};
    facts_.convexity = {Convexity::convex, "f' grows"};
    facts_.function_class = {FunctionClass::smooth, "f' is Lipschitz continuous"};
  }

  Index dimension() const override { return 1; }
  Vector start() const override { return Vector::Constant(1, start_); }
  double value(const Vector& x) const override {
    const double a = std::abs(x[0]);
    return a <= threshold_ ? a * a / 2 : threshold_ * a - threshold_ * threshold_ / 2;
  }
  double gradient(const Vector& x, Vector& g) const override {
    g[0] = std::abs(x[0]) <= threshold_ ? x[0] : std::copysign(threshold_, x[0]);
    return value(x);
  }

 private:
  double threshold_;
  double start_;
};

// r = (x + 1, curvature x^2 + x - 1), f = |r|^2: stationary at 0, a minimum for curvature < 1, where J'J = 2
// and sum r_i r_i'' = -2 curvature (Dennis & Schnabel 1996, example 10.2.4).
class CurvedResiduals final : public LeastSquaresProblem {
 public:
  explicit CurvedResiduals(double curvature) : curvature_(curvature) {
    facts_.minimum = {2, "r(0) = (1, -1)"};
    facts_.minimisers.push_back({Vector::Zero(1), "f'(0) = 0, f''(0) = 4 (1 - curvature)"});
    facts_.function_class = {FunctionClass::locally_smooth, "a polynomial of degree 4"};
  }

  Index dimension() const override { return 1; }
  Index residual_count() const override { return 2; }
  Vector start() const override { return Vector::Constant(1, 0.1); }
  double value(const Vector& x) const override {
    Vector r(2);
    residuals(x, r);
    return r.squaredNorm();
  }
  double gradient(const Vector& x, Vector& g) const override {
    Vector r(2);
    residuals(x, r);
    g[0] = 2 * (r[0] + r[1] * (2 * curvature_ * x[0] + 1));
    return r.squaredNorm();
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override {
    Vector r(2);
    residuals(x, r);
    const double slope = 2 * curvature_ * x[0] + 1;
    H(0, 0) = 2 * (1 + slope * slope + 2 * curvature_ * r[1]);
  }
  void residuals(const Vector& x, Vector& r) const override {
    r << x[0] + 1, curvature_ * x[0] * x[0] + x[0] - 1;
  }
  void jacobian(const Vector& x, Matrix& J) const override { J << 1, 2 * curvature_ * x[0] + 1; }

 private:
  double curvature_;
};

// (1/2) x'Dx with D = diag(d). Nothing is declared known.
class DiagonalWithoutHessian : public Problem {
 public:
  explicit DiagonalWithoutHessian(Vector d) : d_(std::move(d)) {}
  Index dimension() const override { return d_.size(); }
  Vector start() const override { return Vector::Zero(d_.size()); }
  double value(const Vector& x) const override { return 0.5 * x.dot(d_.cwiseProduct(x)); }
  double gradient(const Vector& x, Vector& g) const override {
    g = d_.cwiseProduct(x);
    return value(x);
  }

 protected:
  Vector d_;
};

// One whose second derivatives are products alone.
class DiagonalForm final : public DiagonalWithoutHessian {
 public:
  using DiagonalWithoutHessian::DiagonalWithoutHessian;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector&, const Vector& v, Vector& Hv) const override { Hv = d_.cwiseProduct(v); }

  Facts& facts_to_set() { return facts_; }
};

// One with a sparse Hessian.
class SparseDiagonal final : public DiagonalWithoutHessian {
 public:
  using DiagonalWithoutHessian::DiagonalWithoutHessian;
  bool has_sparse_hessian() const override { return true; }
  SparseRows sparse_hessian_pattern() const override {
    SparseRows I(d_.size(), d_.size());
    I.setIdentity();
    return I;
  }
  void sparse_hessian(const Vector&, SparseRows& H) const override { H.coeffs() = d_.array(); }
};

}  // namespace optbed::testing_problems
