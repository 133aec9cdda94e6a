// Gradient descent (Cauchy 1847): x_{k+1} = x_k - eta_k g_k.
// Needs: gradient; step=exact on a quadratic a Hessian-vector product; step=polyak the minimum f*; batches
// samples.
// Cost: 1 gradient and one pass over three n-vectors; a line search costs one evaluation more for each trial.
// Rate: mu-strongly convex and L-smooth, 0 < eta < 2/L:
//   |x_k - x*| <= max(|1 - eta mu|, |1 - eta L|)^k |x_0 - x*|,
// best at eta = 2/(L + mu), where the factor is (kappa - 1)/(kappa + 1).
// Convex and L-smooth: f_k - f* <= L R^2/(4k + 2) at eta = 1/L (Drori & Teboulle 2014), and with silver steps
//   L R^2/(1 + sqrt(4 (1 + sqrt 2)^(2m) - 3))   at k = 2^m - 1 (Altschuler & Parrilo 2023),
// which falls like k^-1.27.
#pragma once

#include <memory>

#include "solvers/first_order/first_order_options.hpp"
#include "solvers/line_search/line_search.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// fixed: eta = learning_rate times the schedule. inverse_lipschitz: 1/L. optimal: 2/(L + mu).
// exact, armijo, strong_wolfe: line searches. barzilai_borwein: alpha = s's/s'y after a first exact step
// (Barzilai & Borwein 1988, (5)). polyak: alpha = polyak_factor (f - f*)/|g|^2 (Polyak 1969; with the factor 2
// Barré, Taylor & d'Aspremont 2020). silver: alpha_k = (1 + (1 + sqrt 2)^(v(k + 1) - 1))/L, where 2^v(j) is the
// largest power of 2 that divides j (Altschuler & Parrilo 2023). The rules without a line search are times the
// schedule.
enum class StepRule {
  fixed,
  inverse_lipschitz,
  optimal,
  exact,
  armijo,
  strong_wolfe,
  barzilai_borwein,
  polyak,
  silver
};

struct GradientDescentOptions : FirstOrderOptions {
  StepRule step = StepRule::fixed;
  double learning_rate = 1e-3;
  double polyak_factor = 1;
  std::optional<double> mu;
  std::optional<double> lipschitz;
};

class GradientDescent : public Solver {
 public:
  using Options = GradientDescentOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit GradientDescent(const Options& options);

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const final;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) final;
  StepInfo step(Oracle& f) final;
  const Point& current() const final { return current_; }
  Knowledge knowledge() const final { return gradients_.knowledge(); }
  long look_interval() const final { return gradients_.look_interval(); }
  std::vector<std::string> property_names() const final { return {"learning_rate"}; }
  void properties(std::span<double> values) const final { values[0] = eta_; }

  // What the rule multiplies, for given mu and L: the step length of the constant rules, 1/L of silver steps;
  // none of the others.
  static std::optional<double> base_step(const Options& options, const Facts& facts);

 private:
  StepInfo search_step(Oracle& f);
  double barzilai_borwein_step() const;
  double silver_step() const;

  Options options_;
  GradientSource gradients_;
  Schedule schedule_;
  std::unique_ptr<LineSearch> line_search_;  // where the rule, or its first step, is one
  Point current_;
  Point trial_;  // after a step: the point before
  Vector direction_;
  double base_step_ = 0;           // of the constant rules; 1/L for silver steps
  double eta_ = 0;                 // the last step length
  double first_order_change_ = 0;  // alpha |g|^2 of the last searched step
  long k_ = 0;
};

}  // namespace optbed
