// RMSProp (Tieleman & Hinton 2012, lecture 6e): each variable divides its step by the root of a running average
// of its squared gradients,
//   s = rho s + (1 - rho) g^2,   x -= eta g/(sqrt(s) + epsilon).
// Needs: gradient. Cost: 1 gradient and one pass over four n-vectors.
// Rate: with a constant eta it does not converge: on a one-dimensional quadratic it ends in x = +-eta/2,
// whatever the curvature. No step is longer than eta/sqrt(1 - rho) in any variable.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/regularised_root.hpp"

namespace optbed {

// What s averages. gradient: g_k^2. previous_product: g_{k-1} g_k, as the rule is misprinted in places; it is
// negative where a gradient changes its sign, and the root of a negative s is NaN. (g_{-1} = g_0.)
enum class AveragedSquare { gradient, previous_product };

struct RmspropOptions : FirstOrderOptions {
  double learning_rate = 0.01;
  double rho = 0.9;
  double epsilon = 1e-8;
  EpsilonPlacement epsilon_placement = EpsilonPlacement::outside;
  AveragedSquare square = AveragedSquare::gradient;
};

class Rmsprop final : public ElementWiseMethod {
 public:
  using Options = RmspropOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Rmsprop(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector s_;
  Vector g_previous_;  // of square=previous_product only
};

}  // namespace optbed
