// What the tests by ranks have in common.
#pragma once

#include <vector>

namespace optbed {

// What is held against the hypothesis that the two are alike: that they differ, or that the first is the
// smaller, or the greater.
enum class Alternative { two_sided, less, greater };

// How the distribution under the hypothesis is got. exact: by counting, given the ranks as they are, ties
// among them. normal: by the normal approximation with the variance of the ranks as they are (so that ties are
// corrected for) and a correction of 1/2 for continuity. automatic: exact for samples of up to 50 without
// ties, else normal; R's wilcox.test does so below 50.
enum class NullDistribution { automatic, exact, normal };

struct RankTest {
  double statistic = 0;
  double p_value = 1;
  NullDistribution distribution = NullDistribution::exact;  // exact or normal: what was taken
};

// The chances of a statistic on the grid 0, 1/2, 1, …: probability[i] is that of i/2.
struct HalfGrid {
  std::vector<double> probability;

  double at_most(double statistic) const;
  double at_least(double statistic) const;
};

// From the two tails at the statistic, each including it.
double p_value(double lower_tail, double upper_tail, Alternative alternative);

// Normal approximation of a statistic on a grid of spacing 1. A variance of 0 leaves no room for evidence: 1.
double normal_p_value(double statistic, double mean, double variance, Alternative alternative);

}  // namespace optbed
