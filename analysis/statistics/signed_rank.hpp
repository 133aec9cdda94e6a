// Wilcoxon's signed-rank test (1945) of paired samples: are the differences symmetric about 0? The magnitudes
// of the differences are ranked, and the statistic W+ is the sum of the ranks of the positive ones.
#pragma once

#include <span>
#include <vector>

#include "analysis/statistics/perhaps_cost.hpp"
#include "analysis/statistics/rank_test.hpp"

namespace optbed {

// Differences of 0. pratt: they take the lowest ranks, and are left out after that (Pratt 1959). wilcoxon: they
// are left out before the ranking (Wilcoxon 1945; R does so).
enum class ZeroRule { pratt, wilcoxon };

struct SignedRankSettings {
  Alternative alternative = Alternative::two_sided;  // of the differences, against 0
  ZeroRule zeros = ZeroRule::pratt;
  NullDistribution distribution = NullDistribution::automatic;  // zeros count as ties
};

struct SignedRankTest : RankTest {  // the statistic is W+
  double negative = 0;              // W-, the sum of the ranks of the negative differences
  std::size_t zeros = 0;
  std::size_t nonzeros = 0;
};

// Throws UsageError where a difference is not finite, or more than 1000 that are not 0 ask for the exact
// distribution. With nothing but zeros p is 1.
SignedRankTest signed_rank_test(std::span<const double> differences, const SignedRankSettings& settings = {});

// How much more the one costs than the other, problem by problem.
enum class PairedScale { difference, log_ratio };

// What the test takes of two columns of costs: a - b, or log2(a / b) (throws UsageError where both are solved
// and one cost is 0), which weighs problems alike whatever their size. Where only one is solved, the difference
// is beyond every other: of its sign, and twice the largest magnitude. Where neither is, it is 0.
std::vector<double> paired_differences(std::span<const PerhapsCost> a, std::span<const PerhapsCost> b,
                                       PairedScale scale);

}  // namespace optbed
