#include "solvers/global/differential_evolution.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

// How many members besides the target a mutant may be made from.
int others_needed(const EvolutionStrategy& strategy) {
  return (strategy.base == MutationBase::random ? 1 : 0) + 2 * strategy.differences;
}

std::string broken_rule(const DifferentialEvolutionOptions& options, const std::set<std::string>& /*given*/) {
  const int least = others_needed(options.strategy) + 1;
  if (options.population && *options.population < least) {
    return fmt::format("this 'strategy' needs a 'population' of {} or more, not {}", least,
                       *options.population);
  }
  return {};
}

}  // namespace

OptionTable<DifferentialEvolutionOptions> DifferentialEvolution::option_table() {
  using O = Options;
  using enum MutationBase;
  using enum BinaryCrossover;
  OptionTable<O> table;
  table
      .choice("strategy", &O::strategy,
              {{"rand1bin", {random, 1, binomial}},
               {"rand1exp", {random, 1, exponential}},
               {"rand2bin", {random, 2, binomial}},
               {"best1bin", {best, 1, binomial}},
               {"best1exp", {best, 1, exponential}},
               {"best2bin", {best, 2, binomial}},
               {"current_to_best1bin", {current_to_best, 1, binomial}}},
              "what is mutated, by how many differences, and how it is crossed with the target")
      .integer("population", &O::population, at_least(3), "10 n", "members of a generation")
      .real("F", &O::F, {.lower = 0, .upper = 2, .lower_open = true, .upper_open = false},
            "weight of a difference")
      .real("CR", &O::CR, between(0, 1), "probability of a component to come from the mutant")
      .real("initial_spread", &O::initial_spread, positive(),
            "half the side of the box around x0 where the first generation is drawn")
      .rule(broken_rule);
  return table;
}

SolverEntry DifferentialEvolution::entry() {
  return registry_entry<Solver, DifferentialEvolution>(
      "differential_evolution", "a population that mutates by differences of its members",
      {{"needs", "values"},
       {"cost", "population values an iteration, which is a generation"},
       {"rate", "none is known"},
       {"iterate", "the best point so far"},
       {"trace", "replaced: the part of the members that a trial replaced; spread of the population"},
       {"source", "Storn & Price 1997; Price, Storn & Lampinen 2005"}});
}

void DifferentialEvolution::properties(std::span<double> values) const {
  double largest = 0;
  for (Index i = 0; i < population_.size(); ++i) {
    largest = std::max(largest, (population_[i].x - current_.x).norm());
  }
  values[0] = replaced_;
  values[1] = largest;
}

std::optional<StopReason> DifferentialEvolution::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  const Index size = options_.population.value_or(10 * n);
  random_ = Random(f.seed());
  mutant_.setZero(n);
  population_.start(size, n);
  trials_.start(size, n);
  is_first_generation_ = true;
  replaced_ = 0;
  current_.x = x0;
  current_.value = f.value(x0);
  if (!std::isfinite(current_.value)) return StopReason::non_finite;
  for (Index i = 0; i < size; ++i) population_[i] = {x0, current_.value};
  spread_around(current_, options_.initial_spread, random_, trials_);
  return std::nullopt;
}

StepInfo DifferentialEvolution::step(Oracle& f) {
  if (!trials_.is_waiting()) {
    if (population_.has_collapsed()) return stopped(StopReason::stalled);
    make_trials();
  }
  trials_.evaluate(f);
  long replaced = 0;
  for (Index i = 0; i < population_.size(); ++i) {
    if (!is_first_generation_ && !(trials_[i].value <= population_[i].value)) continue;
    std::swap(population_[i], trials_[i]);
    ++replaced;
  }
  replaced_ = static_cast<double>(replaced) / static_cast<double>(population_.size());
  is_first_generation_ = false;
  return keep_better(population_[population_.best()], current_);
}

void DifferentialEvolution::make_trials() {
  const Vector& best = population_[population_.best()].x;
  for (Index i = 0; i < population_.size(); ++i) {
    draw_others(i);
    mutate(i, best);
    cross(population_[i].x, trials_[i].x);
  }
  trials_.await_values(0);
}

void DifferentialEvolution::draw_others(Index i) {
  const auto end = others_.begin() + others_needed(options_.strategy);
  for (auto r = others_.begin(); r != end; ++r) {
    do {
      *r = random_.index(population_.size());
    } while (*r == i || std::find(others_.begin(), r, *r) != r);
  }
}

void DifferentialEvolution::mutate(Index i, const Vector& best) {
  const double F = options_.F;
  const Index* r = others_.data();
  switch (options_.strategy.base) {
    case MutationBase::random:
      mutant_ = population_[*r++].x;
      break;
    case MutationBase::best:
      mutant_ = best;
      break;
    case MutationBase::current_to_best:
      mutant_ = population_[i].x + F * (best - population_[i].x);
      break;
  }
  for (int difference = 0; difference < options_.strategy.differences; ++difference, r += 2) {
    mutant_ += F * (population_[r[0]].x - population_[r[1]].x);
  }
}

void DifferentialEvolution::cross(const Vector& target, Vector& trial) {
  const Index n = target.size();
  const Index certain = random_.index(n);  // the component that is the mutant's in any case
  if (options_.strategy.crossover == BinaryCrossover::binomial) {
    for (Index j = 0; j < n; ++j) {
      trial[j] = random_.uniform() < options_.CR || j == certain ? mutant_[j] : target[j];
    }
    return;
  }
  trial = target;
  Index length = 0;
  do {
    const Index j = (certain + length++) % n;
    trial[j] = mutant_[j];
  } while (length < n && random_.uniform() < options_.CR);
}

}  // namespace optbed
