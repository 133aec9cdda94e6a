#include "solvers/first_order/element_wise_method.hpp"

#include <cmath>

namespace optbed {

std::string ElementWiseMethod::missing(const Problem& problem) const {
  const std::string lacking = missing_facts(problem.facts());
  return lacking.empty() ? gradients_.missing(problem) : lacking;
}

std::optional<StopReason> ElementWiseMethod::start(Oracle& f, const Vector& x0) {
  current_.resize(x0.size());
  trial_.resize(x0.size());
  learning_rate_ = reset(f.facts(), x0);
  eta_ = 0;
  k_ = 0;
  gradients_.start(f);
  current_.x = x0;
  if (!gradients_.evaluate(f, current_)) return StopReason::non_finite;
  schedule_.start(current_.value);
  return std::nullopt;
}

StepInfo ElementWiseMethod::step(Oracle& f) {
  const double eta = learning_rate_ * schedule_.factor();
  gradients_.require(f);  // the update overwrites what is remembered, so that nothing may stop it half way
  const double planned = update(k_ + 1, eta, current_.x, current_.gradient, trial_.x);
  if (!gradients_.evaluate(f, trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  const double squared_length = commit(planned);
  schedule_.advance(current_.value);
  eta_ = eta;
  ++k_;
  return moved(std::sqrt(squared_length));
}

}  // namespace optbed
