// The proximal gradient method for F(x) = f(x) + g(x), f smooth, and its accelerated form (Beck & Teboulle
// 2009):
//   ISTA:  x_{k+1} = p(x_k),  p(y) = prox_{g/L}(y - grad f(y)/L);
//   FISTA: x_{k+1} = p(y_k),  t_{k+1} = (1 + sqrt(1 + 4 t_k^2))/2,
//          y_{k+1} = x_{k+1} + (t_k - 1)/t_{k+1} (x_{k+1} - x_k),  y_0 = x_0, t_0 = 1.
// L is the Lipschitz constant of grad f, or found by backtracking: the first of L, eta L, eta^2 L, … with
// f(p) <= f(y) + grad f(y)'(p - y) + (L/2)|p - y|^2, which then never falls again.
// Restart (O'Donoghue & Candès 2015, section 3.2): t = 1 and y = x where F rose (function), or where the step
// away from y has an acute angle with the last one backwards, (y_k - x_{k+1})'(x_{k+1} - x_k) > 0 (gradient).
// Needs: a smooth f with gradient, the proximal map of g, K = I; step=inverse_lipschitz L. Cost: 1 gradient of
// f and 1 proximal map of g; backtracking: 1 value a trial more; restart=function: 1 value more.
// Rate: F_k - F* <= L R^2/(2k) for ISTA and 2 L R^2/(k+1)^2 for FISTA; linear, 1 - mu/L in the distance, for
// ISTA where f is strongly convex.
#pragma once

#include "solvers/registry.hpp"

namespace optbed {

enum class ProximalStep { inverse_lipschitz, backtracking };
enum class ProximalAcceleration { none, fista };
enum class ProximalRestart { none, function, gradient };

struct ProximalGradientOptions {
  ProximalStep step = ProximalStep::inverse_lipschitz;
  ProximalAcceleration acceleration = ProximalAcceleration::none;
  ProximalRestart restart = ProximalRestart::none;
  std::optional<double> lipschitz;
  double increase = 2;  // eta
};

class ProximalGradient final : public Solver {
 public:
  using Options = ProximalGradientOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit ProximalGradient(const Options& options = {}) : options_(options) {}

  const Options& options() const { return options_; }

  // The L of the first step; none where it is not known.
  static std::optional<double> first_lipschitz(const Options& options, const Facts& facts);

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  // step_size: 1/L. momentum: (t_k - 1)/t_{k+1} of the next y. restarted: 1 or 0.
  std::vector<std::string> property_names() const override { return {"step_size", "momentum", "restarted"}; }
  void properties(std::span<double> values) const override;

 private:
  void proximal_step(const CompositeProblem& problem, double L);
  bool is_majorised(double f_p, double L) const;
  bool must_restart(double F_p) const;

  Options options_;
  Point current_;  // x_k; only the point is known
  Vector p_;
  Vector y_;
  Vector y_next_;
  Vector gradient_;  // of f at y
  Vector gradient_next_;
  double f_y_ = 0;
  double F_x_ = 0;  // restart=function only
  double L_ = 1;
  double t_ = 1;
  double beta_ = 0;
  bool restarted_ = false;
};

}  // namespace optbed
