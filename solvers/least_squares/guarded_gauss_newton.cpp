#include "solvers/least_squares/guarded_gauss_newton.hpp"

#include <cmath>
#include <limits>

#include "solvers/rounding.hpp"

namespace optbed {

GuardedGaussNewton::GuardedGaussNewton(GuardedGaussNewtonParts parts)
    : rule_(std::move(parts.rule)),
      scales_(std::move(parts.scales)),
      scale_(parts.scaling, scales_),
      system_(make_damped_least_squares(parts.linear_solver)),
      jacobian_(parts.jacobian),
      gradient_factor_(parts.gradient_factor) {
  if (parts.acceleration_limit) acceleration_.emplace(*parts.acceleration_limit);
}

std::string GuardedGaussNewton::missing(const Problem& problem) const {
  const std::string lacks = missing_residuals(problem);
  return lacks.empty() ? missing_parameters(problem.dimension(), scales_) : lacks;
}

std::optional<StopReason> GuardedGaussNewton::start(Oracle& f, const Vector& x0) {
  current_.allocate_for(f);
  trial_.allocate_for(f);
  jacobian_.start(f);
  scale_.start(x0.size());
  system_->start(f.residual_count(), x0.size());
  if (acceleration_) acceleration_->start(f.residual_count(), x0.size());
  right_side_.setZero(f.residual_count());
  d_.setZero(x0.size());
  accepted_ = true;
  rejected_here_ = false;
  current_.point.x = x0;
  if (!current_.evaluate_residuals(f) || !jacobian_.evaluate(f, current_)) return StopReason::non_finite;
  linearise();
  rule_->start(model());
  return std::nullopt;
}

void GuardedGaussNewton::linearise() {
  half_square_ = current_.half_square();
  right_side_ = -gradient_factor_ * current_.r;
  scale_.update(current_.J);
  system_->factorise(current_.J, scale_.D());
}

StepInfo GuardedGaussNewton::step(Oracle& f) {
  const auto predicted_fall = rule_->propose(model(), d_);
  if (!predicted_fall) {
    accepted_ = false;
    return rule_->regularise() ? rejected() : stopped(StopReason::linear_solve_failed);
  }
  Outcome outcome{-std::numeric_limits<double>::infinity(), *predicted_fall};
  if (acceleration_ && !acceleration_->bend(f, model(), d_)) return reject(outcome);

  trial_.point.x = current_.point.x + d_;
  if (trial_.point.x == current_.point.x) return answer_a_step_too_short();
  if (trial_.evaluate_residuals(f)) outcome.fall = half_square_ - trial_.half_square();
  if (!rule_->accepts(outcome)) {
    const double rounding = rounding_of_value(half_square_, f.residual_count());
    const bool lost = is_within_rounding(outcome.fall, outcome.predicted_fall, rounding);
    return lost && !rejected_here_ ? answer_a_step_too_short() : reject(outcome);
  }
  if (!jacobian_.evaluate(f, trial_)) return stopped(StopReason::non_finite);
  accepted_ = rule_->adapt(outcome);
  if (!accepted_) return stopped(StopReason::stalled);
  rejected_here_ = false;
  swap(current_, trial_);
  linearise();
  return moved((current_.point.x - trial_.point.x).norm());
}

StepInfo GuardedGaussNewton::reject(const Outcome& outcome) {
  accepted_ = false;
  rejected_here_ = true;
  return rule_->adapt(outcome) ? rejected() : stopped(StopReason::stalled);
}

// The trial is x itself, or its change of F is below the rounding of F. After a rejection from here the next
// trials would be shorter still. Without one the restriction may be much too tight, as at a start with a large
// damping.
StepInfo GuardedGaussNewton::answer_a_step_too_short() {
  accepted_ = false;
  return !rejected_here_ && rule_->lengthen(model()) ? rejected() : stopped(StopReason::stalled);
}

}  // namespace optbed
