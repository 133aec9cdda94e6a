#include "analysis/statistics/signed_rank.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics/distributions.hpp"
#include "problems/random.hpp"

namespace optbed::signed_rank_tests {
namespace {

constexpr auto unsolved = std::nullopt;

// Differences of 1 … n, of which those in `negative` are made negative.
std::vector<double> one_to(int n, const std::vector<int>& negative) {
  std::vector<double> differences;
  for (int i = 1; i <= n; ++i) {
    const bool minus = std::find(negative.begin(), negative.end(), i) != negative.end();
    differences.push_back(minus ? -i : i);
  }
  return differences;
}

double p_of(const std::vector<double>& differences, const SignedRankSettings& settings = {}) {
  return signed_rank_test(differences, settings).p_value;
}

// The chance of a W+ at most, and at least, as large as it is, over all 2^n ways to sign the magnitudes as they
// are: the definition.
struct EnumeratedTails {
  double lower = 0;
  double upper = 0;
};

EnumeratedTails enumerate_signs(const std::vector<double>& differences, ZeroRule zeros) {
  const auto signed_rank_sum = [&](const std::vector<double>& with_signs) {
    double sum = 0;
    for (const double d : with_signs) {
      if (!(d > 0)) continue;
      double below = 0;
      double equal = 0;
      for (const double other : with_signs) {
        if (other == 0 && zeros == ZeroRule::wilcoxon) continue;
        below += std::abs(other) < std::abs(d) ? 1 : 0;
        equal += std::abs(other) == std::abs(d) ? 1 : 0;
      }
      sum += below + (equal + 1) / 2;
    }
    return sum;
  };
  const double observed = signed_rank_sum(differences);
  const std::size_t patterns = std::size_t{1} << differences.size();
  EnumeratedTails tails;
  std::vector<double> with_signs(differences.size());
  for (std::size_t pattern = 0; pattern < patterns; ++pattern) {
    for (std::size_t i = 0; i < differences.size(); ++i) {
      with_signs[i] = (pattern >> i & 1U) != 0 ? std::abs(differences[i]) : -std::abs(differences[i]);
    }
    const double sum = signed_rank_sum(with_signs);
    tails.lower += sum <= observed ? 1 : 0;
    tails.upper += sum >= observed ? 1 : 0;
  }
  tails.lower /= static_cast<double>(patterns);
  tails.upper /= static_cast<double>(patterns);
  return tails;
}

// Hollander & Wolfe (1973), p. 29f., the depression scale of nine patients: R's wilcox.test(x, y, paired =
// TRUE, alternative = "greater") prints V = 40, p-value = 0.01953, which is 10 / 512.
TEST(SignedRankTest, GivesTheExampleOfHollanderAndWolfe) {
  const std::vector<double> x = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
  const std::vector<double> y = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
  std::vector<double> differences;
  for (std::size_t i = 0; i < x.size(); ++i) differences.push_back(x[i] - y[i]);
  const SignedRankTest test = signed_rank_test(differences, {.alternative = Alternative::greater});
  EXPECT_EQ(test.statistic, 40);
  EXPECT_EQ(test.negative, 5);
  EXPECT_EQ(test.p_value, 10.0 / 512);
  EXPECT_EQ(test.distribution, NullDistribution::exact);
}

TEST(SignedRankTest, HasTheTabulatedCriticalValues) {
  // The largest W with P(W+ <= W) <= 0.025 (McCornack 1965, table of the two-sided level 5 %).
  const int critical[] = {0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 29, 34, 40, 46, 52};
  for (int n = 6; n <= 20; ++n) {
    // W+ = w: the positive ones are 1 … n, taken from the largest that fit.
    const auto p_at = [&](int w) {
      std::vector<int> negative;
      for (int i = n; i >= 1; --i) {
        if (i <= w) {
          w -= i;
        } else {
          negative.push_back(i);
        }
      }
      return p_of(one_to(n, negative));
    };
    EXPECT_LE(p_at(critical[n - 6]), 0.05) << n;
    EXPECT_GT(p_at(critical[n - 6] + 1), 0.05) << n;
  }
}

TEST(SignedRankTest, CountsTheTailOfTenByHand) {
  // Subsets of 1 … 10 with a sum of at most 3: {}, {1}, {2}, {3}, {1, 2}.
  EXPECT_EQ(p_of(one_to(10, {4, 5, 6, 7, 8, 9, 10, 1, 2}), {.alternative = Alternative::less}), 5.0 / 1024);
  EXPECT_EQ(p_of(one_to(10, {1, 2}), {.alternative = Alternative::greater}), 5.0 / 1024);
  EXPECT_EQ(p_of(one_to(10, {1, 2})), 10.0 / 1024);
}

TEST(SignedRankTest, EqualsTheEnumerationOfAllSigns) {
  Random random(5);
  for (int trial = 0; trial < 40; ++trial) {
    std::vector<double> differences(static_cast<std::size_t>(1 + random.index(9)));
    // Whole numbers from -4 to 5: ties and zeros.
    for (double& d : differences) d = static_cast<double>(random.index(10)) - 4;
    for (const ZeroRule zeros : {ZeroRule::pratt, ZeroRule::wilcoxon}) {
      const EnumeratedTails tails = enumerate_signs(differences, zeros);
      SignedRankSettings settings{.zeros = zeros, .distribution = NullDistribution::exact};
      EXPECT_NEAR(p_of(differences, settings), std::min(1.0, 2 * std::min(tails.lower, tails.upper)), 1e-14);
      settings.alternative = Alternative::less;
      EXPECT_NEAR(p_of(differences, settings), tails.lower, 1e-14);
      settings.alternative = Alternative::greater;
      EXPECT_NEAR(p_of(differences, settings), tails.upper, 1e-14);
    }
  }
}

// Demšar (2006), table 2: AUC of C4.5 with and without a tuned leaf size on 14 data sets. R- is 12 there with
// the ranks 1.5 and 1.5 of the two zeros split evenly between both signs; by Pratt's rule they are left out.
TEST(SignedRankTest, RanksDemsarsExample) {
  const std::vector<double> thousandths = {5, -8, 17, 33, 6, -5, 7, 0, 63, 0, 22, 47, 9, 21};
  const SignedRankTest pratt = signed_rank_test(thousandths);
  EXPECT_EQ(pratt.negative, 12 - 1.5);
  EXPECT_EQ(pratt.statistic, 93 - 1.5);
  EXPECT_EQ(pratt.zeros, 2u);
  EXPECT_EQ(pratt.nonzeros, 12u);
  EXPECT_EQ(pratt.distribution, NullDistribution::normal);
  EXPECT_LT(pratt.p_value, 0.05);
  const SignedRankTest wilcoxon = signed_rank_test(thousandths, {.zeros = ZeroRule::wilcoxon});
  // Without the zeros every rank is lower by two: of 8 and 5 they were 7 and 3.5.
  EXPECT_EQ(wilcoxon.negative, 5 + 1.5);
  EXPECT_EQ(wilcoxon.statistic, 78 - 6.5);
}

TEST(SignedRankTest, TakesTheNormalApproximationWithTheTextbookCorrections) {
  // Magnitudes 1, 1, 2, 3, 3, 3, 4: variance n (n+1) (2n+1) / 24 - Σ (t^3 - t) / 48 = 35 - (6 + 24) / 48.
  const std::vector<double> differences = {1, -1, 2, 3, 3, -3, 4};
  const SignedRankTest test = signed_rank_test(differences);
  EXPECT_EQ(test.statistic, 1.5 + 3 + 5 + 5 + 7);
  const double z = (21.5 - 14 - 0.5) / std::sqrt(35 - 30.0 / 48);
  EXPECT_NEAR(test.p_value, 2 * normal_upper_tail(z), 1e-15);
}

TEST(SignedRankTest, CorrectsTheNormalApproximationForPrattsZeros) {
  // Cureton (1967): variance (n (n+1) (2n+1) - z (z+1) (2z+1)) / 24 for z zeros among n.
  const std::vector<double> differences = {0, 0, 0, 1, 2, -3, 4, 5, 6};
  const double mean = (45 - 6) / 2.0;
  const double variance = (9 * 10 * 19 - 3 * 4 * 7) / 24.0;
  const double z = (4 + 5 + 7 + 8 + 9 - mean - 0.5) / std::sqrt(variance);
  EXPECT_NEAR(p_of(differences), 2 * normal_upper_tail(z), 1e-15);
}

TEST(SignedRankTest, IsExactUpToFiftyAndCloseToNormalThere) {
  // W- = 500, mean 637.5, standard deviation 103.6. Edgeworth's first term beyond the normal distribution is
  // |kurtosis| / 24 (z^3 - 3 z) φ(z) <= 3.6 / n / 24 x 0.55 = 0.0017 for n = 50, in each tail.
  std::vector<double> differences = one_to(50, {50, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 20, 12});
  const SignedRankTest exact = signed_rank_test(differences);
  EXPECT_EQ(exact.negative, 500);
  EXPECT_EQ(exact.distribution, NullDistribution::exact);
  EXPECT_NEAR(exact.p_value, p_of(differences, {.distribution = NullDistribution::normal}), 2 * 0.0017);
  differences.push_back(51);
  EXPECT_EQ(signed_rank_test(differences).distribution, NullDistribution::normal);
}

TEST(SignedRankTest, TakesTiesAndZerosForANormalSample) {
  for (const ZeroRule zeros : {ZeroRule::pratt, ZeroRule::wilcoxon}) {
    EXPECT_EQ(signed_rank_test(std::vector<double>{0, 1, -2, 3}, {.zeros = zeros}).distribution,
              NullDistribution::normal);
    EXPECT_EQ(signed_rank_test(std::vector<double>{1, 1, -2, 3}, {.zeros = zeros}).distribution,
              NullDistribution::normal);
  }
}

TEST(SignedRankTest, TurnsRoundWithTheSigns) {
  const std::vector<double> differences = one_to(12, {3, 7, 8});
  std::vector<double> opposite;
  for (const double d : differences) opposite.push_back(-d);
  EXPECT_EQ(p_of(differences, {.alternative = Alternative::less}),
            p_of(opposite, {.alternative = Alternative::greater}));
  EXPECT_EQ(p_of(differences), p_of(opposite));
}

TEST(SignedRankTest, SeesNoEvidenceInZerosAndRefusesWhatIsNotFinite) {
  for (const NullDistribution distribution : {NullDistribution::exact, NullDistribution::normal}) {
    EXPECT_EQ(p_of({0, 0, 0}, {.distribution = distribution}), 1);
    EXPECT_EQ(p_of({}, {.distribution = distribution}), 1);
  }
  EXPECT_THROW(p_of({1, NAN}), UsageError);
  EXPECT_THROW(p_of(one_to(1001, {}), {.distribution = NullDistribution::exact}), UsageError);
  EXPECT_THROW(p_of({1, std::numeric_limits<double>::infinity()}), UsageError);
}

TEST(PairedDifferences, PutAFailureBeyondEveryDifferenceAndTwoFailuresAtNone) {
  const std::vector<PerhapsCost> a = {1, unsolved, 4, unsolved, 2};
  const std::vector<PerhapsCost> b = {8, 5, unsolved, unsolved, 1};
  EXPECT_THAT(paired_differences(a, b, PairedScale::difference), ::testing::ElementsAre(-7, 14, -14, 0, 1));
  EXPECT_THAT(paired_differences(a, b, PairedScale::log_ratio), ::testing::ElementsAre(-3, 6, -6, 0, 1));
}

TEST(PairedDifferences, KeepTheSignOfAFailureWhereNothingElseDiffers) {
  const std::vector<PerhapsCost> a = {unsolved, 3};
  const std::vector<PerhapsCost> b = {2, 3};
  EXPECT_THAT(paired_differences(a, b, PairedScale::difference), ::testing::ElementsAre(1, 0));
}

TEST(PairedDifferences, HaveNoRatioToACostOfZeroAndNeedPairs) {
  const std::vector<PerhapsCost> zero = {0};
  const std::vector<PerhapsCost> one = {1};
  EXPECT_THAT(paired_differences(zero, one, PairedScale::difference), ::testing::ElementsAre(-1));
  EXPECT_THROW(paired_differences(zero, one, PairedScale::log_ratio), UsageError);
  EXPECT_THROW(paired_differences(zero, {}, PairedScale::difference), UsageError);
}

}  // namespace
}  // namespace optbed::signed_rank_tests
