// AdaMax (Kingma & Ba 2015, algorithm 2): Adam with the infinity norm of the past gradients for the root of
// their mean square,
//   m = beta1 m + (1 - beta1) g,   u = max(beta2 u, |g|),   x -= (eta/(1 - beta1^t)) m/(u + epsilon).
// The paper has epsilon = 0; 0/0 is 0 then.
// Needs: gradient. Cost: 1 gradient and one pass over five n-vectors.
// Rate: none in general. The first step moves every variable by eta, whatever its gradient, and later ones by
// no more (section 7.1).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

struct AdamaxOptions : MomentOptions {
  AdamaxOptions() { learning_rate = 2e-3; }
};

class Adamax final : public ElementWiseMethod {
 public:
  using Options = AdamaxOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Adamax(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector m_;
  Vector u_;
};

}  // namespace optbed
