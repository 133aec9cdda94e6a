// Runs as they went along, and when they reached a target: the costs that data profiles and distributions of
// running times are made of, with a target chosen after the runs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics/cost_table.hpp"
#include "analysis/statistics/run_grid.hpp"
#include "problems/facts.hpp"
#include "solvers/trace.hpp"

namespace optbed {

// One run. A value counts from its evaluations on, as the best so far; NaN is no value. The run has spent
// evaluations.back(), the budget within which a target that it does not reach is not reached.
struct AnytimeRun {
  std::string problem;
  std::string solver;
  std::uint64_t seed = 0;
  Index dimension = 1;                   // of the problem
  std::vector<double> evaluations = {};  // ascending, >= 0; the first is the start
  std::vector<double> values = {};  // at those: f, or f - f* where f* is known, alike for all runs on a problem
  std::optional<double> minimum = {};  // of the values: 0 where they are f - f*; absent where it is not known

  double budget() const { return evaluations.back(); }

  // The first evaluations at which a value is <= target.
  PerhapsCost evaluations_to(double target) const;
};

// From the trace of a run: the columns `gap`, or else `value`, against `evaluations`, such as
// "value_evaluations". Throws UsageError where the trace lacks them.
AnytimeRun anytime_run(std::string problem, std::string solver, std::uint64_t seed, Index dimension,
                       const Trace& trace, const std::string& evaluations = "value_evaluations");

// What all the runs on a problem say together.
struct AnytimeProblem {
  Index dimension = 1;
  double start = 0;    // f_0, the first value; the largest, where the runs start at different points
  double minimum = 0;  // f_L, the known minimum, or else the least value of any run
};

class AnytimeTable : public RunGrid<AnytimeRun> {
 public:
  // Throws UsageError as RunGrid does, where a run has no points, other than one value for each, or evaluations
  // that do not ascend from >= 0, where no value on a problem is finite, and where runs on a problem differ
  // in its dimension or minimum.
  explicit AnytimeTable(std::vector<AnytimeRun> runs);
  explicit AnytimeTable(RunGrid<AnytimeRun> grid);  // for example a grid.complete()

  const AnytimeProblem& facts(std::size_t problem) const { return facts_[problem]; }

 private:
  std::vector<AnytimeProblem> facts_;  // in the order of problems()
};

// The evaluations until f(x) <= f_L + tau (f_0 - f_L), the convergence test of Moré & Wild (2009, (2.2)), as
// the median over the seeds of each pair. 0 < tau < 1; throws UsageError elsewhere, and where a pair is
// missing.
CostTable evaluations_to_converge(const AnytimeTable& runs, double tau);

}  // namespace optbed
