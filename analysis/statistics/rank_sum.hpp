// The test of Wilcoxon (1945) and Mann & Whitney (1947) of two samples that are not paired: is one drawn from
// larger numbers? The statistic U is the number of pairs (a_i, b_j) with a_i > b_j, a tie counting 1/2.
#pragma once

#include <span>

#include "analysis/statistics/perhaps_cost.hpp"
#include "analysis/statistics/rank_test.hpp"

namespace optbed {

struct RankSumSettings {
  Alternative alternative = Alternative::two_sided;             // of the first sample, against the second
  NullDistribution distribution = NullDistribution::automatic;  // exact where each sample has up to 50
};

// U / (m n) estimates P(a > b) + P(a = b) / 2, the effect size of Vargha & Delaney (2000).
struct RankSumTest : RankTest {  // the statistic is U
  double superiority = 0.5;
};

// Throws UsageError where a sample is empty, holds what is not a number, or has more than 100 members and asks
// for the exact distribution.
RankSumTest rank_sum_test(std::span<const double> a, std::span<const double> b,
                          const RankSumSettings& settings = {});

// Not solved counts as greater than every cost.
RankSumTest rank_sum_test(std::span<const PerhapsCost> a, std::span<const PerhapsCost> b,
                          const RankSumSettings& settings = {});

}  // namespace optbed
