#include "solvers/linear_systems/linear_system_solver.hpp"

#include <cmath>

namespace optbed {
namespace {

template <class Fits>
std::string lacking_diagonal(const LinearSystem& system, const char* kind, Fits fits) {
  const Vector d = diagonal(system.matrix());
  for (Index i = 0; i < d.size(); ++i) {
    if (!fits(d[i])) return fmt::format("a {} diagonal of A: in row {} it is {}", kind, i + 1, d[i]);
  }
  return {};
}

}  // namespace

std::string lacking_nonzero_diagonal(const LinearSystem& system) {
  return lacking_diagonal(system, "nonzero", [](double d) { return d != 0; });
}

std::string lacking_positive_diagonal(const LinearSystem& system) {
  // Whether NaN is positive is for the start to say.
  return lacking_diagonal(system, "positive", [](double d) { return d > 0 || std::isnan(d); });
}

std::string LinearSystemSolver::missing(const Problem& problem) const {
  const auto* system = dynamic_cast<const LinearSystem*>(&problem);
  return system ? lacking(*system, problem.facts()) : "a linear system A x = b";
}

std::optional<StopReason> LinearSystemSolver::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  r_.setZero(n);
  trial_.setZero(n);
  trial_residual_.setZero(n);
  current_.x = x0;
  f.multiply(x0, r_);
  r_ = f.right_hand_side() - r_;
  residual_norm_ = r_.norm();
  initial_residual_norm_ = residual_norm_;
  if (!std::isfinite(residual_norm_)) return StopReason::non_finite;
  return prepare(f);
}

StepInfo LinearSystemSolver::move_to_trial(Oracle& f) {
  f.multiply(trial_, trial_residual_);
  trial_residual_ = f.right_hand_side() - trial_residual_;
  const double norm = trial_residual_.norm();
  const double length = (trial_ - current_.x).norm();
  if (!std::isfinite(norm) || !std::isfinite(length)) return stopped(StopReason::non_finite);
  current_.x.swap(trial_);
  r_.swap(trial_residual_);
  residual_norm_ = norm;
  return moved(length);
}

void LinearSystemSolver::properties(std::span<double> values) const {
  values[0] = residual_norm_;
  values[1] = initial_residual_norm_ > 0 ? residual_norm_ / initial_residual_norm_ : 0;
}

}  // namespace optbed
