// Differential evolution (Storn & Price 1997): to each member x_i of a generation a trial is made from
// differences of other members, and takes its place in the next generation where its value is not larger
// (Price, Storn & Lampinen 2005, section 2.1).
//   rand1: v = x_r0 + F (x_r1 - x_r2)              best1: x_best instead of x_r0
//   rand2, best2: + F (x_r3 - x_r4)
//   current_to_best1: v = x_i + F (x_best - x_i) + F (x_r1 - x_r2)
// with r0, …, r4 different from each other and from i. Crossover bin takes each component of the trial from v
// with probability CR and from x_i otherwise, exp a run of components of geometric length; one at least is from
// v.
// The first generation is x0 and points drawn uniformly in the box |x_i - x0_i| <= initial_spread. An iteration
// is a generation; the iterate is the best point so far, and an iteration that finds none better counts as
// rejected. A member whose value is infinite or NaN is worse than every other. The run stops as stalled where
// all members are the same point: there are no differences then.
// Needs: values. Cost: population values an iteration (the first: population - 1). Rate: none is known;
// a small F or population lets the differences die out before a minimum is reached (Zaharie 2002).
#pragma once

#include <array>

#include "solvers/global/population.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class MutationBase { random, best, current_to_best };
enum class BinaryCrossover { binomial, exponential };

struct EvolutionStrategy {
  MutationBase base = MutationBase::random;
  int differences = 1;  // 1 or 2
  BinaryCrossover crossover = BinaryCrossover::binomial;

  bool operator==(const EvolutionStrategy&) const = default;
};

struct DifferentialEvolutionOptions {
  EvolutionStrategy strategy = {};
  std::optional<long> population = {};
  double F = 0.8;
  double CR = 0.9;
  double initial_spread = 1;
};

class DifferentialEvolution final : public Solver {
 public:
  using Options = DifferentialEvolutionOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit DifferentialEvolution(const Options& options) : options_(options), random_(0) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::value; }

  // replaced: the part of the members whose trial took their place. spread: the largest distance of a member
  // from the best.
  std::vector<std::string> property_names() const override { return {"replaced", "spread"}; }
  void properties(std::span<double> values) const override;

 private:
  void make_trials();
  void draw_others(Index i);
  void mutate(Index i, const Vector& best);
  void cross(const Vector& target, Vector& trial);

  Options options_;
  Random random_;
  Point current_;
  Population population_;
  Population trials_;
  Vector mutant_;
  std::array<Index, 5> others_ = {};  // r0, …, r4
  bool is_first_generation_ = true;   // its members wait in trials_ and replace whatever is in population_
  double replaced_ = 0;
};

}  // namespace optbed
