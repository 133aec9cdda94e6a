// Adagrad (Duchi, Hazan & Singer 2011, diagonal form): each variable divides its step by the root of the sum of
// its squared gradients,
//   G_{k+1} = G_k + g_k^2,   x_{k+1} = x_k - eta g_k/(sqrt(G_{k+1}) + epsilon).
// Needs: gradient. Cost: 1 gradient and one pass over four n-vectors.
// Rate: online convex, eta = D/sqrt(2): regret at most sqrt(2) D sum_i |g_{1:T,i}|_2 with D the diameter in the
// infinity norm (theorem 5). The first step moves every variable by eta, whatever its gradient; under a
// constant positive one x_T - x_0 = -eta sum_{t<=T} t^(-1/2), about -2 eta sqrt(T).
#pragma once

#include "solvers/first_order/element_wise_method.hpp"
#include "solvers/first_order/regularised_root.hpp"

namespace optbed {

struct AdagradOptions : FirstOrderOptions {
  double learning_rate = 0.01;
  double epsilon = 1e-10;
  EpsilonPlacement epsilon_placement = EpsilonPlacement::outside;
};

class Adagrad final : public ElementWiseMethod {
 public:
  using Options = AdagradOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Adagrad(const Options& options = {}) : ElementWiseMethod(options), options_(options) {}

  const Options& options() const { return options_; }

 private:
  double reset(const Facts& facts, const Vector& x0) override;
  double update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) override;

  Options options_;
  Vector G_;  // sum of squared gradients
};

}  // namespace optbed
