// The augmented Lagrangian method for f(x) subject to c(x) = 0 (Hestenes 1969; Powell 1969; Nocedal & Wright
// 2006, algorithm 17.4 without bounds). Iteration k minimises
//   L_A(x, lambda; mu) = f(x) - lambda'c(x) + (mu/2)|c(x)|^2   ((17.36))
// from x_k by an inner method until |grad L_A|_inf <= omega_k, then
//   |c|_inf <= eta_k:  lambda -= mu c ((17.39)),  eta_{k+1} = eta_k/mu^0.9,  omega_{k+1} = omega_k/mu;
//   otherwise:         mu = growth mu,            eta_{k+1} = 1/mu^0.1,      omega_{k+1} = 1/mu;
// from mu_0 = penalty, lambda_0 = 0, eta_0 = 1/mu_0^0.1, omega_0 = 1/mu_0.
// Needs: constraints; inner=newton also the Hessian of the Lagrangian. Cost: an inner minimisation, whose
// evaluation of L_A is one of f and one of c (a residual), and of its gradient also the Jacobian. Rate: x_k and
// lambda_k converge linearly for a constant mu that is large enough, with a factor proportional to 1/mu
// (theorem 17.6).
#pragma once

#include <memory>

#include "solvers/registry.hpp"

namespace optbed {

enum class InnerMethod { lbfgs, bfgs, newton };

struct AugmentedLagrangianOptions {
  double penalty = 10;  // mu_0
  double growth = 100;
  InnerMethod inner = InnerMethod::bfgs;
  long inner_iterations = 1000;
};

class AugmentedLagrangian final : public Solver {
 public:
  using Options = AugmentedLagrangianOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit AugmentedLagrangian(const Options& options = {});
  ~AugmentedLagrangian() override;

  bool handles_constraints() const override { return true; }
  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::point; }

  // penalty: mu of the next iteration. inner_iterations: of the last.
  std::vector<std::string> property_names() const override { return {"penalty", "inner_iterations"}; }
  void properties(std::span<double> values) const override;

  const Vector& multipliers() const;

 private:
  class Function;  // L_A for given lambda and mu

  std::optional<StopReason> minimise_inside();
  void update_multipliers_or_penalty();

  Options options_;
  std::unique_ptr<Function> function_;
  std::unique_ptr<Oracle> oracle_;  // of the function
  std::unique_ptr<Solver> inner_;
  Point current_;  // x_k; only the point is known
  Vector c_;       // at the inner method's answer
  bool inner_is_started_ = false;
  long inner_iterations_ = 0;
  long last_inner_iterations_ = 0;
  double eta_ = 0;
  double omega_ = 0;
};

}  // namespace optbed
