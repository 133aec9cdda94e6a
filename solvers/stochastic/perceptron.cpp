#include "solvers/stochastic/perceptron.hpp"

#include <cmath>

namespace optbed {

SolverEntry Perceptron::entry() {
  return registry_entry<Solver, Perceptron>(
      "perceptron", "adds to the weights each point that they misclassify",
      {{"needs", "labelled points"},
       {"cost", "an iteration is one update: 1 to N sample gradients, one for each point that is looked at"},
       {"rate", "from 0 at most (R/gamma)^2 updates where the points can be separated (Novikoff 1962)"},
       {"source", "Rosenblatt 1958; Novikoff 1962"}});
}

std::string Perceptron::missing(const Problem& problem) const {
  return dynamic_cast<const LinearClassificationProblem*>(&problem) ? "" : "labelled points";
}

std::optional<StopReason> Perceptron::start(Oracle& /*f*/, const Vector& x0) {
  current_.x = x0;
  c_.setZero(x0.size());
  next_ = 0;
  right_in_a_row_ = 0;
  return x0.allFinite() ? std::nullopt : std::optional(StopReason::non_finite);
}

// Where the budget ends between two points, the next step goes on with the second.
StepInfo Perceptron::step(Oracle& f) {
  for (; right_in_a_row_ < f.sample_count(); ++right_in_a_row_) {
    f.signed_point(next_, c_);
    next_ = (next_ + 1) % f.sample_count();
    const double margin = c_.dot(current_.x);
    if (!std::isfinite(margin) || !c_.allFinite()) return stopped(StopReason::non_finite);
    if (margin <= 0) {
      current_.x += c_;
      right_in_a_row_ = 0;
      return moved(c_.norm());
    }
  }
  return stopped(StopReason::stalled);
}

}  // namespace optbed
