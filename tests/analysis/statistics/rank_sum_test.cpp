#include "analysis/statistics/rank_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "analysis/statistics/distributions.hpp"
#include "problems/random.hpp"

namespace optbed::rank_sum_tests {
namespace {

constexpr auto unsolved = std::nullopt;

RankSumTest test_of(const std::vector<double>& a, const std::vector<double>& b,
                    const RankSumSettings& settings = {}) {
  return rank_sum_test(std::span<const double>(a), std::span<const double>(b), settings);
}

// The pairs with a > b, ties 1/2, by the definition.
double pairs_above(const std::vector<double>& a, const std::vector<double>& b) {
  double count = 0;
  for (const double x : a) {
    for (const double y : b) count += x > y ? 1 : x == y ? 0.5 : 0;
  }
  return count;
}

// Hollander & Wolfe (1973), p. 69f., permeability of the human chorioamnion: R's wilcox.test(x, y, alternative
// = "g") prints W = 35, p-value = 0.1272.
TEST(RankSumTest, GivesTheExampleOfHollanderAndWolfe) {
  const std::vector<double> x = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
  const std::vector<double> y = {1.15, 0.88, 0.90, 0.74, 1.21};
  const RankSumTest test = test_of(x, y, {.alternative = Alternative::greater});
  EXPECT_EQ(test.statistic, 35);
  EXPECT_NEAR(test.p_value, 0.1272, 5e-5);
  EXPECT_EQ(test.superiority, 0.7);
  EXPECT_EQ(test.distribution, NullDistribution::exact);
}

TEST(RankSumTest, HasTheTabulatedCriticalValues) {
  // The largest U with P(U <= u) <= 0.025 for two samples of n (Mann & Whitney's tables as in Siegel 1956, K).
  const struct {
    int n;
    int critical;
  } rows[] = {{5, 2}, {6, 5}, {7, 8}, {8, 13}, {9, 17}, {10, 23}, {20, 127}};
  for (const auto& [n, critical] : rows) {
    // a_i with u of the b below them: whole rows of n, one partly, the others none.
    const auto p_at = [n = n](int u) {
      std::vector<double> a;
      std::vector<double> b;
      for (int j = 0; j < n; ++j) b.push_back(j);
      for (int i = 0; i < n; ++i) {
        const int below = std::min(u, n);
        a.push_back(below - 0.5 + 0.01 * i);
        u -= below;
      }
      return test_of(a, b).p_value;
    };
    EXPECT_LE(p_at(critical), 0.05) << n;
    EXPECT_GT(p_at(critical + 1), 0.05) << n;
  }
}

TEST(RankSumTest, EqualsTheEnumerationOfAllAssignments) {
  Random random(8);
  for (int trial = 0; trial < 40; ++trial) {
    const auto m = static_cast<std::size_t>(1 + random.index(5));
    const auto n = static_cast<std::size_t>(1 + random.index(5));
    std::vector<double> joint(m + n);
    for (double& x : joint) x = static_cast<double>(random.index(8));  // ties
    const std::vector<double> a(joint.begin(), joint.begin() + static_cast<std::ptrdiff_t>(m));
    const std::vector<double> b(joint.begin() + static_cast<std::ptrdiff_t>(m), joint.end());
    const double observed = pairs_above(a, b);
    double lower = 0;
    double upper = 0;
    double count = 0;
    for (unsigned set = 0; set < 1U << joint.size(); ++set) {
      if (static_cast<std::size_t>(std::popcount(set)) != m) continue;
      std::vector<double> first;
      std::vector<double> second;
      for (std::size_t i = 0; i < joint.size(); ++i) {
        ((set >> i & 1U) != 0 ? first : second).push_back(joint[i]);
      }
      const double u = pairs_above(first, second);
      lower += u <= observed ? 1 : 0;
      upper += u >= observed ? 1 : 0;
      ++count;
    }
    RankSumSettings settings{.distribution = NullDistribution::exact};
    EXPECT_EQ(test_of(a, b, settings).statistic, observed);
    EXPECT_NEAR(test_of(a, b, settings).p_value, std::min(1.0, 2 * std::min(lower, upper) / count), 1e-13);
    settings.alternative = Alternative::less;
    EXPECT_NEAR(test_of(a, b, settings).p_value, lower / count, 1e-13);
    settings.alternative = Alternative::greater;
    EXPECT_NEAR(test_of(a, b, settings).p_value, upper / count, 1e-13);
  }
}

TEST(RankSumTest, TakesTheNormalApproximationWithTheTextbookCorrections) {
  // Ties of 2 and of 3 among N = 9: variance m n / 12 (N + 1 - Σ (t^3 - t) / (N (N - 1))).
  const std::vector<double> a = {1, 2, 5, 5};
  const std::vector<double> b = {2, 5, 7, 8, 9};
  const RankSumTest test = test_of(a, b);
  const double u = 0.5 + 2 * 1.5;
  EXPECT_EQ(test.statistic, u);
  EXPECT_EQ(test.distribution, NullDistribution::normal);
  const double z = (u - 10 + 0.5) / std::sqrt(20.0 / 12 * (10 - 30.0 / 72));
  EXPECT_NEAR(test.p_value, 2 * normal_lower_tail(z), 1e-15);
}

TEST(RankSumTest, IsExactUpToFiftyAndCloseToNormalThere) {
  Random random(2);
  std::vector<double> a(50);
  std::vector<double> b(50);
  for (double& x : a) x = random.normal() + 0.2;
  for (double& x : b) x = random.normal();
  const RankSumTest exact = test_of(a, b);
  EXPECT_EQ(exact.distribution, NullDistribution::exact);
  // Edgeworth's first term, |kurtosis| / 24 (z^3 - 3 z) φ(z) <= 1.2 x 7600 / (2500 x 101) / 24 x 0.55, in each
  // tail.
  EXPECT_NEAR(exact.p_value, test_of(a, b, {.distribution = NullDistribution::normal}).p_value, 2 * 0.0009);
  a.push_back(99);
  EXPECT_EQ(test_of(a, b).distribution, NullDistribution::normal);
}

TEST(RankSumTest, CountsWhatIsNotSolvedAsGreaterThanAnyCost) {
  const std::vector<PerhapsCost> a = {1, unsolved, 3};
  const std::vector<PerhapsCost> b = {2, unsolved};
  // 3 > 2, not solved > 2, and a tie.
  EXPECT_EQ(rank_sum_test(std::span<const PerhapsCost>(a), std::span<const PerhapsCost>(b)).statistic, 2.5);
}

TEST(RankSumTest, SeesNoEvidenceInOneBigTieAndNeedsBothSamples) {
  EXPECT_EQ(test_of({1, 1}, {1, 1, 1}).p_value, 1);
  EXPECT_EQ(test_of({1, 1}, {1, 1, 1}, {.distribution = NullDistribution::exact}).p_value, 1);
  EXPECT_THROW(test_of({}, {1}), UsageError);
  EXPECT_THROW(test_of({1}, {}), UsageError);
  EXPECT_THROW(test_of({1}, {NAN}), UsageError);
  EXPECT_THROW(test_of(std::vector<double>(101), {1}, {.distribution = NullDistribution::exact}), UsageError);
}

}  // namespace
}  // namespace optbed::rank_sum_tests
