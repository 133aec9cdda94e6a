// The alternating direction method of multipliers in its scaled form (Boyd, Parikh, Chu, Peleato & Eckstein
// 2011, (3.5)-(3.7)) for f(x) + g(z) subject to K x - z = 0:
//   x_{k+1} = argmin_x f(x) + (rho/2)|K x - z_k + u_k|^2
//   z_{k+1} = argmin_z g(z) + (rho/2)|w - z + u_k|^2,  w = alpha K x_{k+1} + (1 - alpha) z_k
//   u_{k+1} = u_k + w - z_{k+1},                       z_0 = K x_0, u_0 = 0,
// with over-relaxation 0 < alpha < 2 (section 3.4.3). penalty_rule=residual_balancing doubles rho where the
// primal residual r = K x - z is ten times the dual one, s = rho K'(z_{k+1} - z_k), halves it in the other
// case, and rescales u (section 3.4.1). Reports x_k. Needs: the proximal map of g and the x-update in closed
// form. Cost: 1 x-update, counted as 1 gradient of f, 1 proximal map of g, and a product with K and with K'.
// Rate: converges for every rho > 0 where there is a saddle point; O(1/k) in an averaged sense (He & Yuan
// 2012). With K = I it is Douglas-Rachford splitting.
#pragma once

#include "solvers/registry.hpp"

namespace optbed {

enum class PenaltyRule { fixed, residual_balancing };

struct AdmmOptions {
  double penalty = 1;     // rho
  double relaxation = 1;  // alpha
  PenaltyRule penalty_rule = PenaltyRule::fixed;
};

class Admm final : public Solver {
 public:
  using Options = AdmmOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Admm(const Options& options = {}) : options_(options) {}

  bool needs_gradient() const override { return false; }
  bool handles_constraints() const override { return true; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  // |r| and |s| (2-norms) of the last iteration, and the rho of the next.
  std::vector<std::string> property_names() const override {
    return {"primal_residual", "dual_residual", "penalty"};
  }
  void properties(std::span<double> values) const override;

  const Vector& z() const { return z_; }
  const Vector& scaled_multipliers() const { return u_; }

 private:
  void balance_penalty();

  Options options_;
  std::unique_ptr<ImplicitStep> x_update_;
  Point current_;  // x_k; only the point is known
  Vector x_next_;
  Vector z_;
  Vector z_next_;
  Vector u_;
  Vector Kx_;
  Vector w_;
  Vector v_;   // what a proximal map is taken of
  Vector Ks_;  // K'(z_{k+1} - z_k)
  double rho_ = 1;
  double primal_residual_ = 0;
  double dual_residual_ = 0;
};

}  // namespace optbed
