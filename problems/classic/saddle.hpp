// The saddle f(x, y) = x^2 - y^2: stationary at 0, unbounded below along y.
// Start (1, delta): a method that follows the gradient comes close to the saddle before the small delta has
// grown; from delta = 0 it never leaves the x axis. The Hessian is diag(2, -2): nonconvex, L = 2.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct SaddleOptions {
  double delta = 1e-6;
};

class Saddle final : public Problem {
 public:
  using Options = SaddleOptions;
  static OptionTable<Options> option_table();

  explicit Saddle(const Options& options = {});

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector{{1, delta_}}; }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  double delta_;
};

ProblemEntry saddle_entry();

}  // namespace optbed
