// The acceptance rule that simulated annealing, Metropolis-Hastings and Langevin's adjusted form share, and the
// chain that the first two are.
#pragma once

#include <cmath>

#include "solvers/global/proposal.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// True with probability min(1, exp(log_ratio)) (Metropolis et al. 1953), false where log_ratio is NaN. Draws
// one number whatever it is.
inline bool metropolis_accepts(double log_ratio, Random& random) {
  return random.uniform() < std::exp(log_ratio);
}

// How many proposals a chain has accepted.
struct AcceptanceCount {
  long proposed = 0;
  long accepted = 0;

  void add(bool is_accepted) {
    ++proposed;
    accepted += is_accepted ? 1 : 0;
  }
  double rate() const {
    return proposed == 0 ? 0 : static_cast<double>(accepted) / static_cast<double>(proposed);
  }
};

// A chain that goes from x to a proposal y with the probability min(1, exp((f(x) - f(y))/T) q(x | y)/q(y | x))
// (Hastings 1970). A y where f is infinite or NaN is rejected.
class MetropolisChain {
 public:
  MetropolisChain() : random_(0) {}

  // Takes x0 and evaluates it; a reason where f is not finite there.
  std::optional<StopReason> start(Oracle& f, const Vector& x0, ProposalLaw law, double scale);

  // One proposal: one value. T >= 0; the proposal's scale is taken times `factor`, which is 1 unless the law is
  // symmetric.
  StepInfo step(Oracle& f, double temperature, double factor);

  const Point& current() const { return current_; }
  const AcceptanceCount& count() const { return count_; }

 private:
  Random random_;
  Proposal proposal_;
  Point current_;
  Point trial_;
  AcceptanceCount count_;
};

}  // namespace optbed
