// What each solver paid on each problem: the table that rank tests and profiles are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/statistics/run_grid.hpp"
#include "problems/facts.hpp"

namespace optbed {

// Finite and >= 0, or absent: not solved. A run that is not solved is worse than any cost, and as bad as any
// other that is not solved.
using PerhapsCost = std::optional<double>;

// Problems are rows, solvers columns.
class CostTable {
 public:
  // Nothing is solved yet. Throws UsageError where there is no problem or no solver.
  CostTable(std::vector<std::string> problems, std::vector<std::string> solvers);

  // Row by row, as a table is read. Throws UsageError where the sizes do not fit, and as set() does.
  CostTable(std::vector<std::string> problems, std::vector<std::string> solvers,
            const std::vector<std::vector<PerhapsCost>>& rows);

  const std::vector<std::string>& problems() const { return problems_; }
  const std::vector<std::string>& solvers() const { return solvers_; }

  // Throws UsageError where the cost is negative, infinite or not a number.
  void set(std::size_t problem, std::size_t solver, PerhapsCost cost);

  const PerhapsCost& at(std::size_t problem, std::size_t solver) const {
    return costs_[problem * solvers_.size() + solver];
  }
  std::span<const PerhapsCost> row(std::size_t problem) const {
    return std::span(costs_).subspan(problem * solvers_.size(), solvers_.size());
  }
  std::vector<PerhapsCost> column(std::size_t solver) const;

  // The least cost on the problem; absent where nobody solved it.
  PerhapsCost best(std::size_t problem) const;

  // The columns at these positions, in this order.
  CostTable with_solvers(std::span<const std::size_t> solvers) const;

 private:
  std::vector<std::string> problems_;
  std::vector<std::string> solvers_;
  std::vector<PerhapsCost> costs_;
};

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
