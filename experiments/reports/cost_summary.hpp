// What each solver paid on each problem, over the seeds.
#pragma once

#include "analysis/statistics/cost_table.hpp"
#include "experiments/reports/text_table.hpp"

namespace optbed {

// A row a problem and solver that was run: n, runs, how many are solved, and the quartiles of the cost, where a
// run that is not solved costs more than any other: `unsolved` where the quartile rests on one.
TextTable cost_rows(const RunTable& runs, CostKind kind);

// A row a problem, a column a solver: the median; where a pair has several runs, its quartiles and the share
// solved, too. `no run`: the pair is missing.
TextTable cost_matrix(const RunTable& runs, CostKind kind);

}  // namespace optbed
