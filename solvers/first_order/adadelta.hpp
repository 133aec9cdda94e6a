// Adadelta (Zeiler 2012, algorithm 1): steps in the units of x, from the averaged squares E of gradients and D
// of steps,
//   E = rho E + (1 - rho) g^2,   d = -sqrt((D + epsilon)/(E + epsilon)) g,   D = rho D + (1 - rho) d^2,
//   x += eta d   with eta = 1.
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors.
// Rate: none is known. epsilon sets the first steps and keeps the last ones from 0, so that a constant eta does
// not converge to every digit.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"

namespace optbed {

// zeiler: as above. weights: D averages x^2 instead of d^2, with x before the step: steps are in proportion to
// the variables themselves, so that the method does not commute with a translation, and a variable near 0
// hardly moves.
enum class AdadeltaVariant { zeiler, weights };

struct AdadeltaOptions : FirstOrderOptions {
  AdadeltaVariant variant = AdadeltaVariant::zeiler;
  std::optional<double> learning_rate;
  double rho = 0.95;
  double epsilon = 1e-6;
};

class Adadelta final : public ElementWiseMethod {
 public:
  using Options = AdadeltaOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Adadelta(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector E_;  // average of g^2
  Vector D_;  // average of d^2, or of x^2
};

}  // namespace optbed
