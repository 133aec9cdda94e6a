// Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983): a Metropolis chain whose temperature falls. With j =
// floor(k/plateau) for iteration k = 0, 1, …:
//   geometric: T = temperature cooling_rate^j
//   logarithmic: T = temperature log(2)/log(2 + j) (Geman & Geman 1984)
//   fast: T = temperature/(1 + j) (Szu & Hartley 1987)
// An iteration is one proposal; the iterate is the chain's state, not the best point so far. A proposal where f
// is infinite or NaN is rejected.
// Needs: values. Cost: 1 value an iteration.
// Rate: on a finite set, with logarithmic cooling, plateau 1 and temperature log(2) at least the depth of the
// deepest local minimum that is no global one, the chain is in a global minimum with a probability that goes to
// 1 (Hajek 1988).
#pragma once

#include "solvers/global/metropolis.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class Cooling { geometric, logarithmic, fast };

struct SimulatedAnnealingOptions {
  double temperature = 1;
  Cooling cooling = Cooling::geometric;
  double cooling_rate = 0.95;
  long plateau = 10;
  ProposalLaw proposal = ProposalLaw::gaussian;
  std::optional<double> proposal_scale = {};
  bool scale_with_temperature = true;
};

class SimulatedAnnealing final : public Solver {
 public:
  using Options = SimulatedAnnealingOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit SimulatedAnnealing(const Options& options) : options_(options) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return chain_.current(); }
  Knowledge knowledge() const override { return Knowledge::value; }

  // temperature: of the last proposal. acceptance_rate: of all of them.
  std::vector<std::string> property_names() const override { return {"temperature", "acceptance_rate"}; }
  void properties(std::span<double> values) const override;

 private:
  double temperature(long iteration) const;

  Options options_;
  MetropolisChain chain_;
  long iteration_ = 0;
  double temperature_ = 0;
};

}  // namespace optbed
