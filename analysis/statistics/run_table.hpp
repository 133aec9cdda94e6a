// Runs by problem and solver with what each cost, and the table of costs that their medians make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics/cost_table.hpp"
#include "analysis/statistics/run_grid.hpp"
#include "problems/facts.hpp"

namespace optbed {

// evaluations: of all kinds together, each as one, as a budget of evaluations counts them.
enum class CostKind { evaluations, value_evaluations, gradient_evaluations, iterations, seconds };

std::string to_string(CostKind kind);

// Throws UsageError, with the names there are, where this is none of them.
CostKind cost_kind(const std::string& name);

// One run, under the names of its columns in a store of runs. What was not recorded is absent.
struct RunRecord {
  std::string problem;
  std::string solver;
  std::uint64_t seed = 0;
  bool solved = false;
  std::optional<Index> dimension = {};  // of the problem
  std::optional<double> evaluations = {};
  std::optional<double> value_evaluations = {};
  std::optional<double> gradient_evaluations = {};
  std::optional<double> iterations = {};
  std::optional<double> seconds = {};

  const std::optional<double>& cost(CostKind kind) const;
};

using RunTable = RunGrid<RunRecord>;

// The median over the seeds of each pair by quantile() of perhaps-costs: solved where more than half of the
// runs are. Throws UsageError where a pair is missing, or a run that is solved has no such cost.
CostTable median_costs(const RunTable& runs, CostKind kind);

// One a problem. Throws UsageError where no run on it has one, or two have different ones.
std::vector<Index> dimensions(const RunTable& runs);

}  // namespace optbed
