// Quickprop (Fahlman 1988): the secant method in each variable by itself, as if its derivative depended on it
// alone,
//   d = d_prev g/(g_prev - g),   x += d,   after a first step -eta g.
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors.
// Rate: on a separable quadratic it ends after two steps. Elsewhere none is known; where variables interact the
// secants mislead it.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

// secant: as above, with d = 0 where g = g_prev. fahlman: with the safeguards of Fahlman 1988, section 3: a
// step grows at most by growth_limit, and a gradient step is added while the slope still points the same way.
enum class QuickpropVariant { secant, fahlman };

// descent: as above. reversed: d = d_prev g/(g - g_prev), as the rule is misprinted in places; it goes away
// from where the secant is 0.
enum class SecantSign { descent, reversed };

struct QuickpropOptions : FirstOrderOptions {
  QuickpropVariant variant = QuickpropVariant::secant;
  double learning_rate = 1e-3;
  double growth_limit = 1.75;
  SecantSign sign = SecantSign::descent;
};

class Quickprop final : public ElementWiseMethod {
 public:
  using Options = QuickpropOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Quickprop(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector d_;  // the last step
  Vector g_previous_;
};

}  // namespace optbed
