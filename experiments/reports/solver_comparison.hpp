// Do the solvers of a store differ, and which of them (Demšar 2006)?
#pragma once

#include <string>
#include <vector>

#include "analysis/statistics/friedman.hpp"
#include "analysis/statistics/run_table.hpp"
#include "analysis/statistics/solver_groups.hpp"
#include "experiments/json.hpp"
#include "experiments/reports/text_table.hpp"

namespace optbed {

struct SolverComparison {
  CostKind cost;
  std::vector<std::string> solvers;
  std::size_t problems = 0;
  std::size_t left_out = 0;  // problems that not every solver has run on
  FriedmanTest friedman;
  CriticalDifferenceDiagram nemenyi;
  PairedScale scale;
  std::vector<PairedTest> pairs;
  SolverGroups groups;  // by these pairs
};

inline constexpr double comparison_level = 0.05;

// By the medians over the seeds. Throws UsageError where there are less than two solvers, or less than two
// problems that all of them have run on.
SolverComparison compare_solvers(const RunTable& runs, CostKind cost);

// csv: the pairs only, for a file holds one table.
std::string written(const SolverComparison& comparison, TableFormat format);
Json json_of(const SolverComparison& comparison);

// Logarithms of ratios where all costs are > 0: they weigh problems alike, whatever their size.
PairedScale paired_scale(const std::vector<PerhapsCost>& a, const std::vector<PerhapsCost>& b);
std::string to_string(PairedScale scale);

}  // namespace optbed
