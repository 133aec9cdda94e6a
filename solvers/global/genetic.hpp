// A real-coded genetic algorithm (Goldberg 1989 with the operators of Eshelman & Schaffer 1993 and Deb &
// Agrawal 1995). A generation keeps its `elite` best members and fills up with children: two parents are
// chosen, each the best of `tournament` members drawn with replacement; they are crossed, and their children
// mutated. The first generation is x0 and points drawn uniformly in the box |x_i - x0_i| <= initial_spread. An
// iteration is a generation; the iterate is the best point so far, and an iteration that finds none better
// counts as rejected. A member whose value is infinite or NaN is worse than every other.
// Needs: values. Cost: population - elite values an iteration (the first: population - 1).
// Rate: none is known; without elitism it need not converge, with it the best value converges in probability
// (Rudolph 1994).
#pragma once

#include <vector>

#include "solvers/global/population.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class Crossover { sbx, blend };
enum class Mutation { polynomial, gaussian };

struct GeneticOptions {
  long population = 50;
  long tournament = 2;
  Crossover crossover = Crossover::sbx;
  double crossover_probability = 0.9;
  double blend_alpha = 0.5;
  double crossover_index = 2;
  Mutation mutation = Mutation::polynomial;
  std::optional<double> mutation_probability = {};
  double mutation_scale = 0.1;
  double mutation_index = 20;
  long elite = 1;
  double initial_spread = 1;
};

class Genetic final : public Solver {
 public:
  using Options = GeneticOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit Genetic(const Options& options) : options_(options), random_(0) {}

  bool needs_gradient() const override { return false; }
  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }
  Knowledge knowledge() const override { return Knowledge::value; }

  // generation_mean: the mean value of the last generation. spread: the largest distance of a member from its
  // best.
  std::vector<std::string> property_names() const override { return {"generation_mean", "spread"}; }
  void properties(std::span<double> values) const override;

 private:
  void breed();
  const Member& tournament_winner();
  void cross(const Vector& a, const Vector& b, Vector& child, Vector& other_child);
  void mutate(Vector& x);

  Options options_;
  Random random_;
  Point current_;
  Population parents_;
  Population offspring_;
  std::vector<Index> order_;
  Vector spare_;  // the second child where there is no room for it
  double mutation_probability_ = 0;
};

}  // namespace optbed
