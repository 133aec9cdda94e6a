// Rprop (Riedmiller & Braun 1993): every variable has a step size D of its own, which grows while its
// derivative keeps its sign and shrinks where that changes; of the gradient only the signs are used.
//   D = min(increase D, max_step) where g g_prev > 0,   D = max(decrease D, min_step) where g g_prev < 0
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors (rprop_plus: six).
// Rate: none is known. On a separable function every variable moves as if it were alone, and the curvatures do
// not matter: they do not change a sign.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

// What happens where the derivative changes its sign:
//   irprop_minus  the variable waits for one iteration (Igel & Hüsken 2003, section 2.4)
//   rprop_plus    its last step is taken back (Riedmiller & Braun 1993)
//   lecture       it goes back to where it was, and its next trials are compared with the sign that it had
//                 there: RpropFromBestSign
//   lecture_signed_caps  the same with max_step and min_step for bounds of the step with its sign, instead of
//                 its size: a negative one is never capped, and turns into +min_step when it shrinks
enum class RpropVariant { irprop_minus, rprop_plus, lecture, lecture_signed_caps };

struct RpropOptions : BatchOptions {
  RpropVariant variant = RpropVariant::irprop_minus;
  double increase = 1.2;
  double decrease = 0.5;
  double initial_step = 0.1;
  double max_step = 50;
  double min_step = 1e-6;
};

// irprop_minus and rprop_plus.
class Rprop final : public ElementWiseMethod {
 public:
  using Options = RpropOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();  // makes a RpropFromBestSign for the lecture variants

  explicit Rprop(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

  std::vector<std::string> property_names() const override { return {}; }
  void properties(std::span<double> /*values*/) const override {}

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector D_;  // step sizes
  Vector g_previous_;
  Vector dx_;  // the last step, of rprop_plus only
};

}  // namespace optbed
