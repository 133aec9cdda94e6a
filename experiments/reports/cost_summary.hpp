// What each solver paid on each problem, over the seeds.
#pragma once

#include <vector>

#include "analysis/statistics/run_table.hpp"
#include "experiments/reports/text_table.hpp"

namespace optbed {

// A row a problem and solver that was run: n, runs, how many are solved, and the quartiles of the cost, where a
// run that is not solved costs more than any other: `unsolved` where the quartile rests on one.
TextTable cost_rows(const RunTable& runs, CostKind kind);

// A row a problem, a column a solver: the median of each cost, separated by /, in CSV by ;. Where a pair has
// several runs, its quartiles and the share solved, too. `no run`: the pair is missing. Needs one kind at
// least.
TextTable cost_matrix(const RunTable& runs, const std::vector<CostKind>& kinds);

}  // namespace optbed
