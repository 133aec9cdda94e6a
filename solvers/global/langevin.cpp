#include "solvers/global/langevin.hpp"

#include <cmath>

namespace optbed {

OptionTable<LangevinOptions> Langevin::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("variant", &O::variant, {{"ula", LangevinVariant::ula}, {"mala", LangevinVariant::mala}},
              "take every step, or accept it as Metropolis-Hastings does")
      .real("learning_rate", &O::learning_rate, positive(), "step size h")
      .real("temperature", &O::temperature, at_least(0),
            "T: the noise is sqrt(2 h T) N(0, I) and the target density exp(-f/T); 0: gradient descent");
  return table.rule([](const O& options, const std::set<std::string>&) {
    const bool frozen = options.variant == LangevinVariant::mala && options.temperature == 0;
    return frozen ? "'variant=mala' needs a 'temperature' above 0" : "";
  });
}

SolverEntry Langevin::entry() {
  return registry_entry<Solver, Langevin>(
      "langevin", "gradient descent with noise that samples exp(-f/T)",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration"},
       {"rate",
        "variance on (1/2) lambda x^2: T/(lambda (1 - h lambda/2)) with ula, T/lambda with mala; leaves a "
        "well of depth B in a time of the order exp(B/T)"},
       {"iterate", "the chain's state"},
       {"trace", "acceptance_rate of all proposals up to now"},
       {"source", "Roberts & Tweedie 1996; Kramers 1940"}});
}

std::optional<StopReason> Langevin::start(Oracle& f, const Vector& x0) {
  random_ = Random(f.seed());
  count_ = {};
  current_.resize(x0.size());
  trial_.resize(x0.size());
  current_.x = x0;
  return f.evaluate(current_) ? std::nullopt : std::optional(StopReason::non_finite);
}

StepInfo Langevin::step(Oracle& f) {
  f.require_one_evaluation();
  const double h = options_.learning_rate;
  const double noise = std::sqrt(2 * h * options_.temperature);
  for (Index i = 0; i < trial_.x.size(); ++i) {
    trial_.x[i] = current_.x[i] - h * current_.gradient[i] + noise * random_.normal();
  }
  const bool finite = f.evaluate(trial_);
  const bool adjusted = options_.variant == LangevinVariant::mala;
  if (!finite && !adjusted) return stopped(StopReason::non_finite);
  const bool accepted = !adjusted || (metropolis_accepts(log_ratio(), random_) && finite);
  count_.add(accepted);
  if (!accepted) return rejected();
  const double length = (trial_.x - current_.x).norm();
  swap(current_, trial_);
  return moved(length);
}

// log of exp(-f(y)/T) q(x | y) over exp(-f(x)/T) q(y | x), with q(y | x) = N(x - h g(x), 2 h T I) (Roberts &
// Tweedie 1996, section 1.4.1).
double Langevin::log_ratio() const {
  const double h = options_.learning_rate;
  const double forward = (trial_.x - current_.x + h * current_.gradient).squaredNorm();
  const double backward = (current_.x - trial_.x + h * trial_.gradient).squaredNorm();
  return ((current_.value - trial_.value) + (forward - backward) / (4 * h)) / options_.temperature;
}

}  // namespace optbed
