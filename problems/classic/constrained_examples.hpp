// Small problems with equality constraints from Nocedal & Wright 2006, "Numerical Optimization".
//
// Circle (example 12.1): x_1 + x_2 subject to x_1^2 + x_2^2 - 2 = 0. Minimum -2 at (-1, -1) with lambda* =
// -1/2; (1, 1), with lambda = 1/2, is the maximum. Start (-3, 1).
//
// Maratos (example 15.4): 2 (x_1^2 + x_2^2 - 1) - x_1 subject to x_1^2 + x_2^2 - 1 = 0. Minimum -1 at (1, 0)
// with lambda* = 3/2. From every point of the circle but two the whole Newton step raises both f and |c|,
// however close to the minimiser it is. Start (cos 1, sin 1), on the circle.
//
// Powell's exponential (exercise 18.3; Hock & Schittkowski 1981, no. 81):
//   exp(x_1 x_2 x_3 x_4 x_5) - (1/2)(x_1^3 + x_2^3 + 1)^2  subject to
//   x_1^2 + … + x_5^2 - 10 = 0,  x_2 x_3 - 5 x_4 x_5 = 0,  x_1^3 + x_2^3 + 1 = 0.
// Minimum 0.0539498 near (-1.71714, 1.59571, 1.82725, -0.763643, -0.763643), and where the last two signs are
// changed. Start (-1.8, 1.7, 1.9, -0.8, -0.8).
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct NoOptions {};

class Circle final : public EqualityConstrainedProblem {
 public:
  using Options = NoOptions;
  static OptionTable<Options> option_table() { return {}; }

  explicit Circle(const Options& options = {});

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector{{-3, 1}}; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  Index constraint_count() const override { return 1; }
  void constraints(const Vector& x, Vector& c) const override;
  void constraint_jacobian(const Vector& x, Matrix& A) const override;
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const override;
};

class Maratos final : public EqualityConstrainedProblem {
 public:
  using Options = NoOptions;
  static OptionTable<Options> option_table() { return {}; }

  explicit Maratos(const Options& options = {});

  Index dimension() const override { return 2; }
  Vector start() const override;
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  Index constraint_count() const override { return 1; }
  void constraints(const Vector& x, Vector& c) const override;
  void constraint_jacobian(const Vector& x, Matrix& A) const override;
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const override;
};

class PowellExponential final : public EqualityConstrainedProblem {
 public:
  using Options = NoOptions;
  static OptionTable<Options> option_table() { return {}; }

  explicit PowellExponential(const Options& options = {});

  Index dimension() const override { return 5; }
  Vector start() const override { return Vector{{-1.8, 1.7, 1.9, -0.8, -0.8}}; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  Index constraint_count() const override { return 3; }
  void constraints(const Vector& x, Vector& c) const override;
  void constraint_jacobian(const Vector& x, Matrix& A) const override;
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const override;
};

ProblemEntry circle_entry();
ProblemEntry maratos_entry();
ProblemEntry powell_exponential_entry();

}  // namespace optbed
