// What each solver paid on each problem: the table that rank tests and profiles are made of.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/statistics/perhaps_cost.hpp"
#include "problems/errors.hpp"

namespace optbed {

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

}  // namespace optbed
