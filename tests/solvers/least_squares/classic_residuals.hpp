// Small problems of Moré, Garbow & Hillstrom 1981 (Testing unconstrained optimization software, section 3),
// with their standard starts, and others made of functions for the tests of least squares.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "problems/problem.hpp"

namespace optbed::testing_problems {

// f = |r|^2.
class Residuals final : public LeastSquaresProblem {
 public:
  using Function = std::function<void(const Vector& x, Vector& r)>;
  using Derivative = std::function<void(const Vector& x, Matrix& J)>;

  Residuals(Vector start, Index residuals, Function r, Derivative J)
      : start_(std::move(start)), count_(residuals), r_(std::move(r)), J_(std::move(J)) {}

  Index dimension() const override { return start_.size(); }
  Index residual_count() const override { return count_; }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override {
    Vector r(count_);
    r_(x, r);
    return r.squaredNorm();
  }
  double gradient(const Vector& x, Vector& g) const override {
    Vector r(count_);
    Matrix J(count_, dimension());
    r_(x, r);
    J_(x, J);
    g = 2 * J.transpose() * r;
    return r.squaredNorm();
  }
  void residuals(const Vector& x, Vector& r) const override { r_(x, r); }
  void jacobian(const Vector& x, Matrix& J) const override { J_(x, J); }

 private:
  Vector start_;
  Index count_;
  Function r_;
  Derivative J_;
};

// r = (steepness (x_2 - x_1^2), 1 - x_1): no. 1 where the steepness is 10, a narrower valley where it is more.
inline Residuals rosenbrock_valley(double steepness) {
  return {Vector{{-1.2, 1}}, 2,
          [=](const Vector& x, Vector& r) { r << steepness * (x[1] - x[0] * x[0]), 1 - x[0]; },
          [=](const Vector& x, Matrix& J) { J << -2 * steepness * x[0], steepness, -1, 0; }};
}

// No. 2.
inline Residuals freudenstein_roth() {
  return {
      Vector{{0.5, -2}}, 2,
      [](const Vector& x, Vector& r) {
        r << -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1];
      },
      [](const Vector& x, Matrix& J) { J << 1, (10 - 3 * x[1]) * x[1] - 2, 1, (3 * x[1] + 2) * x[1] - 14; }};
}

// No. 7, with the branch of the arcus tangens that the paper gives.
inline Residuals helical_valley() {
  return {Vector{{-1, 0, 0}}, 3,
          [](const Vector& x, Vector& r) {
            const double turn = std::atan(x[1] / x[0]) / (2 * std::numbers::pi) + (x[0] < 0 ? 0.5 : 0);
            r << 10 * (x[2] - 10 * turn), 10 * (std::hypot(x[0], x[1]) - 1), x[2];
          },
          [](const Vector& x, Matrix& J) {
            const double square = x[0] * x[0] + x[1] * x[1];
            const double c = 100 / (2 * std::numbers::pi * square);
            const double radius = std::sqrt(square);
            J << c * x[1], -c * x[0], 10, 10 * x[0] / radius, 10 * x[1] / radius, 0, 0, 0, 1;
          }};
}

// No. 8.
inline Residuals bard() {
  static constexpr double y[15] = {0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39,
                                   0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39};
  return {Vector{{1, 1, 1}}, 15,
          [](const Vector& x, Vector& r) {
            for (Index i = 0; i < 15; ++i) {
              const double u = static_cast<double>(i + 1);
              const double v = 16 - u;
              r[i] = y[i] - (x[0] + u / (v * x[1] + std::min(u, v) * x[2]));
            }
          },
          [](const Vector& x, Matrix& J) {
            for (Index i = 0; i < 15; ++i) {
              const double u = static_cast<double>(i + 1);
              const double v = 16 - u;
              const double w = std::min(u, v);
              const double denominator = v * x[1] + w * x[2];
              const double c = u / (denominator * denominator);
              J.row(i) << -1, c * v, c * w;
            }
          }};
}

// No. 6.
inline Residuals jennrich_sampson() {
  return {Vector{{0.3, 0.4}}, 10,
          [](const Vector& x, Vector& r) {
            for (Index i = 0; i < 10; ++i) {
              const double k = static_cast<double>(i + 1);
              r[i] = 2 + 2 * k - (std::exp(k * x[0]) + std::exp(k * x[1]));
            }
          },
          [](const Vector& x, Matrix& J) {
            for (Index i = 0; i < 10; ++i) {
              const double k = static_cast<double>(i + 1);
              J.row(i) << -k * std::exp(k * x[0]), -k * std::exp(k * x[1]);
            }
          }};
}

}  // namespace optbed::testing_problems
