// Boyd & Vandenberghe 2004, (9.20): f(x) = exp(x_1 + 3 x_2 - 0.1) + exp(x_1 - 3 x_2 - 0.1) + exp(-x_1 - 0.1),
// on which the book compares gradient descent and Newton's method with backtracking and with exact line
// searches.
//
// Start (-1, 1); the book prints none. df/dx_2 = 0 means x_2 = 0, and 2 exp(x_1) = exp(-x_1) then: the
// minimiser is (-log(2)/2, 0) and f* = 2 sqrt(2) exp(-0.1). Strictly convex, without mu or L: along (-t, 0) the
// curvature in x_2 falls to 0, and that in x_1 grows without bound.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct Boyd920Options {};

class Boyd920 final : public Problem {
 public:
  using Options = Boyd920Options;
  static OptionTable<Options> option_table() { return {}; }

  explicit Boyd920(const Options& options = {});

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector{{-1, 1}}; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
};

ProblemEntry boyd_9_20_entry();

}  // namespace optbed
