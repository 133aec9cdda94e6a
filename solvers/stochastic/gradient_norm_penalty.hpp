// Gradient descent that keeps away from sharp minima, by the gradient at the worst point nearby as well:
//   g_k = (1 - alpha) grad f(x_k) + alpha grad f(x_k + radius grad f(x_k)/|grad f(x_k)|),
//   x_{k+1} = x_k - eta_k g_k.
// Penalising the gradient's norm (Zhao, Zhang & Hu 2022, (11)): to first order in the radius g is the gradient
// of f + alpha radius |grad f|. Sharpness-aware minimization (Foret, Kleiner, Mobahi & Neyshabur 2021,
// algorithm 1) is alpha = 1: to first order in rho it minimises max_{|d| <= rho} f(x + d). With batches both
// gradients of a step are those of the same batch.
// Needs: gradient, or samples. Cost: 2 gradients (of f or of a batch) and one pass over four n-vectors.
// Rate: none stronger than gradient descent's; with a constant radius and eta it does not converge to a
// minimiser but stays within a distance of the order of the radius, as the second gradient does not vanish
// there.
#pragma once

#include "solvers/first_order/first_order_options.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct GradientNormPenaltyOptions : FirstOrderOptions {
  double learning_rate = 1e-3;
  double alpha = 0.8;
  double radius = 0.05;
};

class GradientNormPenalty : public Solver {
 public:
  using Options = GradientNormPenaltyOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit GradientNormPenalty(const Options& options = {})
      : options_(options), gradients_(options), schedule_(options) {}

  std::string missing(const Problem& problem) const final { return gradients_.missing(problem); }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) final;
  StepInfo step(Oracle& f) final;
  const Point& current() const final { return current_; }
  Knowledge knowledge() const final { return gradients_.knowledge(); }
  long look_interval() const final { return gradients_.look_interval(); }
  std::vector<std::string> property_names() const final { return {"learning_rate"}; }
  void properties(std::span<double> values) const final { values[0] = eta_; }

 private:
  Options options_;
  GradientSource gradients_;
  Schedule schedule_;
  Point current_;
  Point trial_;
  Point ascended_;  // x + radius g/|g|
  double eta_ = 0;  // the last step size
};

struct SharpnessAwareOptions : FirstOrderOptions {
  double learning_rate = 1e-3;
  double rho = 0.05;
};

// alpha = 1.
class SharpnessAware final : public GradientNormPenalty {
 public:
  using Options = SharpnessAwareOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit SharpnessAware(const Options& options = {})
      : GradientNormPenalty({options, options.learning_rate, 1, options.rho}) {}
};

}  // namespace optbed
