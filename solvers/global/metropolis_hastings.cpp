#include "solvers/global/metropolis_hastings.hpp"

namespace optbed {

OptionTable<MetropolisHastingsOptions> MetropolisHastings::option_table() {
  using O = Options;
  auto laws = symmetric_proposal_laws();
  laws.emplace_back("independent", ProposalLaw::independent);
  OptionTable<O> table;
  table.real("temperature", &O::temperature, positive(), "T: the target density is exp(-f/T)")
      .choice("proposal", &O::proposal, laws, "law of a step of each component; independent: around x0 instead")
      .real("proposal_scale", &O::proposal_scale, positive(), "2.38/sqrt(n)",
            "standard deviation (gaussian, independent) or half-width (uniform, cauchy)");
  return table;
}

SolverEntry MetropolisHastings::entry() {
  return registry_entry<Solver, MetropolisHastings>(
      "metropolis_hastings", "a Markov chain with the density exp(-f/T)",
      {{"needs", "values"},
       {"cost", "1 value an iteration, which is one proposal"},
       {"rate", "geometric to the stationary law where the tails are light enough"},
       {"iterate", "the chain's state"},
       {"trace", "acceptance_rate of all proposals up to now"},
       {"source", "Metropolis et al. 1953; Hastings 1970; Roberts, Gelman & Gilks 1997"}});
}

std::optional<StopReason> MetropolisHastings::start(Oracle& f, const Vector& x0) {
  const double scale = options_.proposal_scale.value_or(default_proposal_scale(x0.size()));
  return chain_.start(f, x0, options_.proposal, scale);
}

}  // namespace optbed
