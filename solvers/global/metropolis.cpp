#include "solvers/global/metropolis.hpp"

#include "solvers/global/population.hpp"

namespace optbed {

std::optional<StopReason> MetropolisChain::start(Oracle& f, const Vector& x0, ProposalLaw law, double scale) {
  random_ = Random(f.seed());
  proposal_.start(law, scale, x0);
  count_ = {};
  current_.x = x0;
  trial_.x = x0;
  current_.value = f.value(x0);
  return std::isfinite(current_.value) ? std::nullopt : std::optional(StopReason::non_finite);
}

StepInfo MetropolisChain::step(Oracle& f, double temperature, double factor) {
  f.require_one_evaluation();
  proposal_.draw(current_.x, factor, random_, trial_.x);
  trial_.value = value_or_infinity(f, trial_.x);
  const double log_ratio =
      (current_.value - trial_.value) / temperature + proposal_.log_ratio(current_.x, trial_.x);
  const bool accepted = metropolis_accepts(log_ratio, random_);
  count_.add(accepted);
  if (!accepted) return rejected();
  const double length = (trial_.x - current_.x).norm();
  swap(current_, trial_);
  return moved(length);
}

}  // namespace optbed
