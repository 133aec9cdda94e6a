#include "solvers/global/simulated_annealing.hpp"

#include <cmath>
#include <numbers>

namespace optbed {
namespace {

std::string broken_rule(const SimulatedAnnealingOptions& options, const std::set<std::string>& given) {
  if (given.count("cooling_rate") && options.cooling != Cooling::geometric) {
    return "'cooling_rate' needs cooling=geometric";
  }
  return {};
}

}  // namespace

OptionTable<SimulatedAnnealingOptions> SimulatedAnnealing::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("temperature", &O::temperature, positive(), "T of the first proposals")
      .choice(
          "cooling", &O::cooling,
          {{"geometric", Cooling::geometric}, {"logarithmic", Cooling::logarithmic}, {"fast", Cooling::fast}},
          "with j = floor(k/plateau): T times cooling_rate^j, log(2)/log(2 + j), or 1/(1 + j)")
      .real("cooling_rate", &O::cooling_rate, open(0, 1), "factor on T after each plateau")
      .integer("plateau", &O::plateau, at_least(1), "proposals at each temperature")
      .choice("proposal", &O::proposal, symmetric_proposal_laws(), "law of a step of each component")
      .real("proposal_scale", &O::proposal_scale, positive(), "2.38/sqrt(n)",
            "standard deviation (gaussian) or half-width (uniform, cauchy) at the first temperature")
      .flag("scale_with_temperature", &O::scale_with_temperature,
            "let the scale fall like the root of T, as the width of what a quadratic lets through does")
      .rule(broken_rule);
  return table;
}

SolverEntry SimulatedAnnealing::entry() {
  return registry_entry<Solver, SimulatedAnnealing>(
      "simulated_annealing", "a Metropolis chain whose temperature falls",
      {{"needs", "values"},
       {"cost", "1 value an iteration, which is one proposal"},
       {"rate", "to a global minimum with probability 1 if cooled no faster than c/log k (Hajek 1988)"},
       {"iterate", "the chain's state, not the best point so far"},
       {"trace", "temperature of the last proposal, and acceptance_rate of all of them"},
       {"source", "Kirkpatrick, Gelatt & Vecchi 1983; Geman & Geman 1984; Szu & Hartley 1987"}});
}

void SimulatedAnnealing::properties(std::span<double> values) const {
  values[0] = temperature_;
  values[1] = chain_.count().rate();
}

std::optional<StopReason> SimulatedAnnealing::start(Oracle& f, const Vector& x0) {
  iteration_ = 0;
  temperature_ = options_.temperature;
  const double scale = options_.proposal_scale.value_or(default_proposal_scale(x0.size()));
  return chain_.start(f, x0, options_.proposal, scale);
}

double SimulatedAnnealing::temperature(long iteration) const {
  const long plateaus = iteration / options_.plateau;
  const auto j = static_cast<double>(plateaus);
  switch (options_.cooling) {
    case Cooling::geometric:
      return options_.temperature * std::pow(options_.cooling_rate, j);
    case Cooling::logarithmic:
      return options_.temperature * std::numbers::ln2 / std::log(2 + j);
    case Cooling::fast:
      return options_.temperature / (1 + j);
  }
  return 0;
}

StepInfo SimulatedAnnealing::step(Oracle& f) {
  f.require_one_evaluation();
  temperature_ = temperature(iteration_++);
  const double factor = options_.scale_with_temperature ? std::sqrt(temperature_ / options_.temperature) : 1;
  return chain_.step(f, temperature_, factor);
}

}  // namespace optbed
