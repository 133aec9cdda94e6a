// Friedman's test (1937): do the solvers differ, given how they rank on each problem? Rank 1 is the least
// cost, ties share the mean of their ranks, and what is not solved shares the last.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "analysis/statistics/cost_table.hpp"

namespace optbed {

// One a solver, over the problems; they sum to k (k+1) / 2.
std::vector<double> average_ranks(const CostTable& table);

struct FriedmanTest {
  std::vector<double> average_ranks;
  double chi_squared = 0;     // corrected for ties (Conover 1999, 5.8), k-1 degrees of freedom
  double tie_correction = 1;  // chi_squared times this is 12 N / (k (k+1)) Σ_j (R_j - (k+1)/2)^2
  double p_value = 1;
  // (N-1) χ² / (N (k-1) - χ²), less conservative (Iman & Davenport 1980), F with k-1 and (k-1) (N-1) degrees of
  // freedom; absent, and p 0, where all problems rank the solvers alike.
  std::optional<double> f = {};
  double f_p_value = 1;
};

// N >= 2 problems, k >= 2 solvers; throws UsageError where there are less. All solvers tied everywhere: p is 1.
FriedmanTest friedman_test(const CostTable& table);

}  // namespace optbed
