// AMSGrad (Reddi, Kale & Kumar 2018, algorithm 2): Adam whose divisor never falls. With m and v as in Adam:
//   w = max(w, v),   x -= eta (m/(1 - beta1^t)) / (sqrt(w/(1 - beta2^t)) + epsilon).
// The paper has no bias correction and no epsilon.
// Needs: gradient. Cost: 1 gradient and one pass over six n-vectors.
// Rate: online convex, eta_t = eta/sqrt(t), beta1_t decreasing: regret O(sqrt(T)) (theorem 4), where Adam has
// none.
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

struct AmsgradOptions : MomentOptions {
  bool bias_correction = true;
};

class Amsgrad final : public ElementWiseMethod {
 public:
  using Options = AmsgradOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Amsgrad(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector m_;
  Vector v_;
  Vector w_;  // the largest v
};

}  // namespace optbed
