#include "analysis/statistics/cost_table.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace optbed {

CostTable::CostTable(std::vector<std::string> problems, std::vector<std::string> solvers)
    : problems_(std::move(problems)), solvers_(std::move(solvers)), costs_(problems_.size() * solvers_.size()) {
  if (costs_.empty()) throw UsageError("a table of costs needs at least one problem and one solver");
}

CostTable::CostTable(std::vector<std::string> problems, std::vector<std::string> solvers,
                     const std::vector<std::vector<PerhapsCost>>& rows)
    : CostTable(std::move(problems), std::move(solvers)) {
  if (rows.size() != problems_.size()) {
    throw UsageError(
        fmt::format("a table of costs has {} rows for {} problems", rows.size(), problems_.size()));
  }
  for (std::size_t p = 0; p < rows.size(); ++p) {
    if (rows[p].size() != solvers_.size()) {
      throw UsageError(fmt::format("the row of '{}' has {} costs for {} solvers", problems_[p], rows[p].size(),
                                   solvers_.size()));
    }
    for (std::size_t s = 0; s < solvers_.size(); ++s) set(p, s, rows[p][s]);
  }
}

void CostTable::set(std::size_t problem, std::size_t solver, PerhapsCost cost) {
  if (cost && !(std::isfinite(*cost) && *cost >= 0)) {
    throw UsageError(
        fmt::format("the cost of '{}' on '{}' is {}: give a finite number >= 0, or say that it is not solved",
                    solvers_[solver], problems_[problem], *cost));
  }
  costs_[problem * solvers_.size() + solver] = cost;
}

std::vector<PerhapsCost> CostTable::column(std::size_t solver) const {
  std::vector<PerhapsCost> costs;
  for (std::size_t p = 0; p < problems_.size(); ++p) costs.push_back(at(p, solver));
  return costs;
}

PerhapsCost CostTable::best(std::size_t problem) const {
  PerhapsCost least;
  for (const PerhapsCost& cost : row(problem)) {
    if (cost && (!least || *cost < *least)) least = cost;
  }
  return least;
}

CostTable CostTable::with_solvers(std::span<const std::size_t> solvers) const {
  std::vector<std::string> names;
  for (const std::size_t s : solvers) names.push_back(solvers_[s]);
  CostTable part(problems_, std::move(names));
  for (std::size_t p = 0; p < problems_.size(); ++p) {
    for (std::size_t s = 0; s < solvers.size(); ++s) part.set(p, s, at(p, solvers[s]));
  }
  return part;
}

}  // namespace optbed
