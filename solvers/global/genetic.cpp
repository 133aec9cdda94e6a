#include "solvers/global/genetic.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/global/variation.hpp"

namespace optbed {
namespace {

std::string broken_rule(const GeneticOptions& options, const std::set<std::string>& given) {
  if (given.count("blend_alpha") && options.crossover != Crossover::blend) {
    return "'blend_alpha' needs crossover=blend";
  }
  if (given.count("crossover_index") && options.crossover != Crossover::sbx) {
    return "'crossover_index' needs crossover=sbx";
  }
  if (given.count("mutation_index") && options.mutation != Mutation::polynomial) {
    return "'mutation_index' needs mutation=polynomial";
  }
  if (options.elite >= options.population) {
    return fmt::format("'elite' = {} must be less than 'population' = {}", options.elite, options.population);
  }
  return {};
}

}  // namespace

OptionTable<GeneticOptions> Genetic::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.integer("population", &O::population, at_least(2), "members of a generation")
      .integer("tournament", &O::tournament, at_least(1), "members drawn for a parent, the best of which it is")
      .choice("crossover", &O::crossover, {{"sbx", Crossover::sbx}, {"blend", Crossover::blend}},
              "simulated binary crossover, or BLX-alpha")
      .real("crossover_probability", &O::crossover_probability, between(0, 1),
            "of two parents to be crossed and not copied")
      .real("blend_alpha", &O::blend_alpha, at_least(0), "alpha of crossover=blend")
      .real("crossover_index", &O::crossover_index, at_least(0),
            "of crossover=sbx: the larger, the nearer to their parents are children")
      .choice("mutation", &O::mutation,
              {{"polynomial", Mutation::polynomial}, {"gaussian", Mutation::gaussian}},
              "law of what is added to a component")
      .real("mutation_probability", &O::mutation_probability, between(0, 1), "1/n", "of each component")
      .real("mutation_scale", &O::mutation_scale, at_least(0),
            "largest size (polynomial) or standard deviation (gaussian) of what is added")
      .real("mutation_index", &O::mutation_index, at_least(0),
            "of mutation=polynomial: the larger, the smaller are most mutations")
      .integer("elite", &O::elite, at_least(0), "best members that go into the next generation as they are")
      .real("initial_spread", &O::initial_spread, positive(),
            "half the side of the box around x0 where the first generation is drawn")
      .rule(broken_rule);
  return table;
}

SolverEntry Genetic::entry() {
  return registry_entry<Solver, Genetic>(
      "genetic", "a real-coded genetic algorithm with tournament selection and elitism",
      {{"needs", "values"},
       {"cost", "population - elite values an iteration, which is a generation"},
       {"rate", "none is known; with elitism the best value converges in probability (Rudolph 1994)"},
       {"iterate", "the best point so far"},
       {"trace", "generation_mean and spread of the last generation"},
       {"source", "Goldberg 1989; Eshelman & Schaffer 1993; Deb & Agrawal 1995; Deb & Goyal 1996"}});
}

void Genetic::properties(std::span<double> values) const {
  double sum = 0;
  double largest = 0;
  const Vector& best = parents_[parents_.best()].x;
  for (Index i = 0; i < parents_.size(); ++i) {
    sum += parents_[i].value;
    largest = std::max(largest, (parents_[i].x - best).norm());
  }
  values[0] = sum / static_cast<double>(parents_.size());
  values[1] = largest;
}

std::optional<StopReason> Genetic::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  random_ = Random(f.seed());
  mutation_probability_ = options_.mutation_probability.value_or(1 / static_cast<double>(n));
  spare_.setZero(n);
  order_.resize(static_cast<std::size_t>(options_.population));
  parents_.start(options_.population, n);
  offspring_.start(options_.population, n);
  current_.x = x0;
  current_.value = f.value(x0);
  if (!std::isfinite(current_.value)) return StopReason::non_finite;
  for (Index i = 0; i < parents_.size(); ++i) parents_[i] = {x0, current_.value};
  spread_around(current_, options_.initial_spread, random_, offspring_);
  return std::nullopt;
}

StepInfo Genetic::step(Oracle& f) {
  if (!offspring_.is_waiting()) breed();
  offspring_.evaluate(f);
  swap(parents_, offspring_);
  offspring_.await_values(offspring_.size());
  return keep_better(parents_[parents_.best()], current_);
}

void Genetic::breed() {
  parents_.rank(order_);
  for (Index i = 0; i < options_.elite; ++i) offspring_[i] = parents_[order_[static_cast<std::size_t>(i)]];
  for (Index i = options_.elite; i < offspring_.size(); i += 2) {
    Vector& child = offspring_[i].x;
    Vector& other_child = i + 1 < offspring_.size() ? offspring_[i + 1].x : spare_;
    const Member& a = tournament_winner();
    const Member& b = tournament_winner();
    cross(a.x, b.x, child, other_child);
    mutate(child);
    mutate(other_child);
  }
  offspring_.await_values(options_.elite);
}

const Member& Genetic::tournament_winner() {
  Index winner = random_.index(parents_.size());
  for (long i = 1; i < options_.tournament; ++i) {
    const Index rival = random_.index(parents_.size());
    if (parents_[rival].value < parents_[winner].value) winner = rival;
  }
  return parents_[winner];
}

void Genetic::cross(const Vector& a, const Vector& b, Vector& child, Vector& other_child) {
  if (random_.uniform() >= options_.crossover_probability) {
    child = a;
    other_child = b;
  } else if (options_.crossover == Crossover::blend) {
    blend_crossover(a, b, options_.blend_alpha, random_, child, other_child);
  } else {
    simulated_binary_crossover(a, b, options_.crossover_index, random_, child, other_child);
  }
}

void Genetic::mutate(Vector& x) {
  if (options_.mutation == Mutation::gaussian) {
    gaussian_mutation(options_.mutation_scale, mutation_probability_, random_, x);
  } else {
    polynomial_mutation(options_.mutation_scale, options_.mutation_index, mutation_probability_, random_, x);
  }
}

}  // namespace optbed
