// A simplified Rprop that is found in lecture notes: every variable tries a step D and keeps it where its
// derivative has the sign that it had at the last point it kept; otherwise it goes back and tries a shorter
// one.
//   prev = g(x_0),   D = sign(prev) initial_step;   each iteration, with d the gradient at x - D:
//   sign(d) = sign(prev):  x = x - D, D = sign(D) min(increase |D|, max_step), prev = d
//   otherwise:             D = sign(D) max(decrease |D|, min_step)
// prev is not renewed where a variable goes back. That is sound for a separable function; where other variables
// move, the sign at x changes with them, and a variable may then go back for ever: a deadlock at a point that
// is not stationary. sign(0) = 0, so that a variable whose first derivative is 0 never moves, and a trial that
// lands on a derivative of 0 is taken back.
// With signed caps: D = min(increase D, max_step) and D = max(decrease D, min_step).
// Needs: gradient. Cost: 1 gradient and two passes, over three and five n-vectors.
#pragma once

#include "solvers/first_order/rprop.hpp"

namespace optbed {

class RpropFromBestSign final : public ElementWiseMethod {
 public:
  explicit RpropFromBestSign(const RpropOptions& options) : ElementWiseMethod(options), options_(options) {}

  const RpropOptions& options() const { return options_; }

  // x; the gradient is that of the last trial, where every variable has made its step.
  const Point& current() const override { return kept_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  std::vector<std::string> property_names() const override { return {}; }
  void properties(std::span<double> /*values*/) const override {}

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;
  double commit(double squared_length) override;

  RpropOptions options_;
  Point kept_;       // x; only the point is known
  Vector D_;         // the next trial is x - D
  Vector previous_;  // gradients where each variable was last kept
};

}  // namespace optbed
