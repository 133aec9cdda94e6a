// Small problems that tests write in place.
#pragma once

#include <cmath>
#include <functional>
#include <utility>

#include "problems/problem.hpp"

namespace optbed::testing {

// A problem from functions: `gradient` writes the gradient and returns f; `hessian`, where given, writes H.
class FunctionProblem final : public Problem {
 public:
  using Gradient = std::function<double(const Vector& x, Vector& g)>;
  using Hessian = std::function<void(const Vector& x, Matrix& H)>;

  FunctionProblem(Vector start, Gradient gradient, Hessian hessian = {})
      : start_(std::move(start)), gradient_(std::move(gradient)), hessian_(std::move(hessian)) {}

  Index dimension() const override { return start_.size(); }
  Vector start() const override { return start_; }
  double value(const Vector& x) const override {
    Vector g(x.size());
    return gradient_(x, g);
  }
  double gradient(const Vector& x, Vector& g) const override { return gradient_(x, g); }
  bool has_hessian() const override { return static_cast<bool>(hessian_); }
  void hessian(const Vector& x, Matrix& H) const override {
    if (!hessian_) return Problem::hessian(x, H);
    hessian_(x, H);
  }

  Facts& facts_to_set() { return facts_; }

 private:
  Vector start_;
  Gradient gradient_;
  Hessian hessian_;
};

// A function of one variable with its first derivative and, where given, its second.
inline FunctionProblem on_the_line(double start, std::function<double(double)> f,
                                   std::function<double(double)> first,
                                   const std::function<double(double)>& second = {}) {
  FunctionProblem::Hessian hessian;
  if (second) hessian = [second](const Vector& x, Matrix& H) { H(0, 0) = second(x[0]); };
  return FunctionProblem(
      Vector::Constant(1, start),
      [f = std::move(f), first = std::move(first)](const Vector& x, Vector& g) {
        g[0] = first(x[0]);
        return f(x[0]);
      },
      hessian);
}

// x^4/4 - x^2/2: minima -1/4 at -1 and 1, a maximum 0 at 0, negative curvature within 1/sqrt(3) of it.
inline FunctionProblem double_well(double start) {
  return on_the_line(
      start, [](double x) { return x * x * x * x / 4 - x * x / 2; }, [](double x) { return x * x * x - x; },
      [](double x) { return 3 * x * x - 1; });
}

// (1/2) x'A x - b'x for any symmetric A, of which nothing is declared known.
inline FunctionProblem quadratic_form(const Matrix& A, const Vector& b, const Vector& start) {
  return FunctionProblem(
      start,
      [A, b](const Vector& x, Vector& g) {
        g = A * x - b;
        return 0.5 * x.dot(A * x) - b.dot(x);
      },
      [A](const Vector&, Matrix& H) { H = A; });
}

}  // namespace optbed::testing
