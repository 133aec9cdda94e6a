// Metropolis-Hastings (Metropolis et al. 1953; Hastings 1970): a Markov chain whose points are distributed, in
// the long run, with the density exp(-f(x)/T) up to a factor. An iteration is one proposal; the iterate is the
// chain's state, which a rejected proposal does not change. A proposal where f is infinite or NaN is rejected.
// Needs: values; exp(-f/T) integrable. Cost: 1 value an iteration. Rate: to the stationary law geometrically
// where the tails are at least exponential, for a random walk (Mengersen & Tweedie 1996). The best scale of a
// random walk accepts 0.44 of the proposals in one dimension and 0.234 in many (Roberts, Gelman & Gilks 1997).
#pragma once

#include "solvers/global/metropolis.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct MetropolisHastingsOptions {
  double temperature = 1;
  ProposalLaw proposal = ProposalLaw::gaussian;
  std::optional<double> proposal_scale = {};
};

class MetropolisHastings final : public Solver {
 public:
  using Options = MetropolisHastingsOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit MetropolisHastings(const Options& options) : options_(options) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override { return chain_.step(f, options_.temperature, 1); }
  const Point& current() const override { return chain_.current(); }
  Knowledge knowledge() const override { return Knowledge::value; }

  // Of all proposals up to now.
  std::vector<std::string> property_names() const override { return {"acceptance_rate"}; }
  void properties(std::span<double> values) const override { values[0] = chain_.count().rate(); }

 private:
  Options options_;
  MetropolisChain chain_;
};

}  // namespace optbed
