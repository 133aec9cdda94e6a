#include "solvers/stochastic/gradient_norm_penalty.hpp"

#include <cmath>

namespace optbed {

OptionTable<GradientNormPenaltyOptions> GradientNormPenalty::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta")
      .real("alpha", &Options::alpha, between(0, 1),
            "weight of the gradient at the point uphill; 0: gradient descent")
      .real("radius", &Options::radius, positive(), "distance to the point uphill");
  return add_first_order_options(table);
}

OptionTable<SharpnessAwareOptions> SharpnessAware::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta")
      .real("rho", &Options::rho, positive(), "distance to the point uphill");
  return add_first_order_options(table);
}

SolverEntry GradientNormPenalty::entry() {
  return registry_entry<Solver, GradientNormPenalty>(
      "gradient_norm_penalty", "gradient descent on f plus a multiple of its gradient's norm",
      {{"needs", "gradient, or samples with batch_size"},
       {"cost", "2 gradients an iteration"},
       {"rate", "none stronger than gradient descent's, to a distance of the order of alpha radius"},
       {"source", "Zhao, Zhang & Hu 2022, algorithm 1"}});
}

SolverEntry SharpnessAware::entry() {
  return registry_entry<Solver, SharpnessAware>(
      "sam", "sharpness-aware minimization: gradient descent with the gradient of the worst point nearby",
      {{"needs", "gradient, or samples with batch_size"},
       {"cost", "2 gradients an iteration"},
       {"rate", "none stronger than gradient descent's, to a distance of the order of rho"},
       {"source", "Foret, Kleiner, Mobahi & Neyshabur 2021, algorithm 1"}});
}

std::optional<StopReason> GradientNormPenalty::start(Oracle& f, const Vector& x0) {
  for (Point* point : {&current_, &trial_, &ascended_}) point->resize(x0.size());
  current_.x = x0;
  eta_ = 0;
  gradients_.start(f);
  if (!gradients_.evaluate(f, current_)) return StopReason::non_finite;
  schedule_.start(current_.value);
  return std::nullopt;
}

StepInfo GradientNormPenalty::step(Oracle& f) {
  const double eta = options_.learning_rate * schedule_.factor();
  const double alpha = options_.alpha;
  const Vector& x = current_.x;
  const Vector& g = current_.gradient;
  const double norm = g.norm();
  if (norm > 0) {
    ascended_.x = x + (options_.radius / norm) * g;
    if (!gradients_.evaluate_again(f, ascended_)) return stopped(StopReason::non_finite);
    trial_.x = x - eta * ((1 - alpha) * g + alpha * ascended_.gradient);
  } else {
    trial_.x = x;
  }
  const double length = (trial_.x - x).norm();
  if (!gradients_.evaluate(f, trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  schedule_.advance(current_.value);
  eta_ = eta;
  return moved(length);
}

}  // namespace optbed
