// Nonlinear conjugate gradients (Fletcher & Reeves 1964; Nocedal & Wright 2006, section 5.2):
//   x_{k+1} = x_k + alpha_k d_k,   d_{k+1} = -g_{k+1} + beta_{k+1} d_k,   d_0 = -g_0,
// where alpha_k is searched and beta_{k+1} is, with g = g_{k+1} and y = g_{k+1} - g_k, by `formula`
//   fletcher_reeves      g'g/g_k'g_k                                             (5.41a)
//   polak_ribiere_plus   max(0, g'y/g_k'g_k)                                     (5.44), (5.45)
//   hestenes_stiefel     g'y/d_k'y                                               (5.46)
//   dai_yuan             g'g/d_k'y                                               (5.49)
//   hager_zhang          (y - 2 d_k |y|^2/d_k'y)'g/d_k'y, but -1/(|d_k| min(0.01, |g_k|)) at least
//                        (Hager & Zhang 2005, (1.3) to (1.6))
// They are the same on a quadratic with exact searches: there this is the linear method. d_{k+1} = -g_{k+1}
// wherever the formula's does not descend, and beyond that by `restart`
//   none       nowhere
//   powell     where |g'g_k| >= 0.1 g'g: neighbouring gradients are far from orthogonal (Powell 1977; (5.52))
//   periodic   after every n steps
// The searches by Wolfe's conditions hold |phi'| to a tenth of what it was, as these directions are not made
// for steps of 1; only Hager & Zhang's formula with their search keeps their 0.9. Their first trial is, by
// `first_trial`
//   quadratic_step       the minimiser of the parabola through phi(0), phi'(0) and phi at a tenth of the last
//                        step, or twice the last step where there is none (Hager & Zhang 2005, I0 to I2), which
//                        costs a value
//   first_order_change   the last step times g_k'd_k/g'd: the same change of f to first order as in the last
//                        iteration (Nocedal & Wright 2006, p. 59); 1/|g| in the first
// Needs: gradient. Cost: a line search of some two gradients; 10 n flops beside it; six n-vectors.
// Rate: linear, by (sqrt(kappa)-1)/(sqrt(kappa)+1) on a quadratic with exact searches, which ends after n
// steps; global convergence of hager_zhang, polak_ribiere_plus and dai_yuan with Wolfe's conditions.
#pragma once

#include <memory>

#include "solvers/line_search/line_search.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class ConjugateGradientFormula {
  hager_zhang,
  polak_ribiere_plus,
  fletcher_reeves,
  hestenes_stiefel,
  dai_yuan
};
enum class ConjugateGradientRestart { none, powell, periodic };
enum class FirstTrial { quadratic_step, first_order_change };

struct NonlinearCgOptions {
  ConjugateGradientFormula formula = ConjugateGradientFormula::hager_zhang;
  LineSearchKind line_search = LineSearchKind::hager_zhang;
  ConjugateGradientRestart restart = ConjugateGradientRestart::none;
  FirstTrial first_trial = FirstTrial::quadratic_step;
};

class NonlinearCg final : public Solver {
 public:
  using Options = NonlinearCgOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit NonlinearCg(const Options& options = {});

  const Options& options() const { return options_; }

  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

  // beta: of the direction of the next step; 0 where it is -g.
  std::vector<std::string> property_names() const override { return {"beta"}; }
  void properties(std::span<double> values) const override { values[0] = beta_; }

 private:
  double first_trial(Oracle& f, double slope);
  double first_step() const;
  double quadratic_step(Oracle& f, double slope);
  double conjugate(const Point& now, const Point& before);
  bool restarts(const Point& now, const Point& before) const;

  Options options_;
  std::unique_ptr<LineSearch> line_search_;
  Point current_;
  Point trial_;  // after a step: the point before
  Vector d_;     // the direction of the next step
  Vector y_;
  double beta_ = 0;
  double last_step_ = 0;           // alpha_{k-1}; 0 before the first step
  double first_order_change_ = 0;  // alpha_{k-1} g_{k-1}'d_{k-1}
  long steps_since_restart_ = 0;
};

}  // namespace optbed
