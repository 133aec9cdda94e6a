// Gauss-Newton with its steps kept short: what Levenberg's, Marquardt's and Powell's method have in common. An
// iteration is one trial x + d, accepted or not. Put together from a trial rule (a damping or a trust region),
// a scale of the parameters, a linear solver and a source of Jacobians.
#pragma once

#include <memory>
#include <optional>

#include "solvers/least_squares/geodesic_acceleration.hpp"
#include "solvers/least_squares/jacobian.hpp"
#include "solvers/least_squares/parameter_scale.hpp"
#include "solvers/least_squares/trial_rule.hpp"
#include "solvers/solver.hpp"

namespace optbed {

struct GuardedGaussNewtonParts {
  std::unique_ptr<TrialRule> rule;
  Scaling scaling = Scaling::none;
  std::vector<double> scales = {};  // instead of `scaling`, where not empty
  DampedSolver linear_solver = DampedSolver::qr;
  JacobianSource jacobian = JacobianSource::analytic;
  double gradient_factor = 1;                     // c of (J'J + lambda D^2) d = -c J'r
  std::optional<double> acceleration_limit = {};  // of geodesic acceleration, where it is wanted
};

class GuardedGaussNewton : public Solver {
 public:
  explicit GuardedGaussNewton(GuardedGaussNewtonParts parts);

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_.point; }
  Knowledge knowledge() const override { return jacobian_.is_exact() ? Knowledge::gradient : Knowledge::value; }

 protected:
  const TrialRule& rule() const { return *rule_; }
  bool last_trial_was_accepted() const { return accepted_; }

 private:
  LinearisedResiduals model() { return {current_, scale_.D(), right_side_, *system_}; }
  void linearise();
  StepInfo reject(const Outcome& outcome);
  StepInfo answer_a_step_too_short();

  std::unique_ptr<TrialRule> rule_;
  std::vector<double> scales_;
  ParameterScale scale_;
  std::unique_ptr<DampedLeastSquares> system_;
  JacobianEvaluation jacobian_;
  std::optional<GeodesicAcceleration> acceleration_;
  double gradient_factor_;

  ResidualPoint current_;
  ResidualPoint trial_;
  Vector right_side_;  // -c r
  Vector d_;
  double half_square_ = 0;      // F at the iterate
  bool accepted_ = true;        // the last trial
  bool rejected_here_ = false;  // a trial from this iterate
};

}  // namespace optbed
