#include "analysis/statistics/friedman.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "problems/random.hpp"

namespace optbed::friedman_tests {
namespace {

constexpr auto unsolved = std::nullopt;

CostTable table_of(const std::vector<std::vector<PerhapsCost>>& rows) {
  std::vector<std::string> problems;
  std::vector<std::string> solvers;
  for (std::size_t p = 0; p < rows.size(); ++p) problems.push_back("p" + std::to_string(p));
  for (std::size_t s = 0; s < rows.front().size(); ++s) solvers.push_back("s" + std::to_string(s));
  return {problems, solvers, rows};
}

// Hollander & Wolfe (1973), p. 140ff., three ways to round first base: R's friedman.test prints Friedman
// chi-squared = 11.143, df = 2, p-value = 0.003805.
TEST(FriedmanTest, GivesTheExampleOfHollanderAndWolfe) {
  const CostTable seconds = table_of(
      {{5.40, 5.50, 5.55}, {5.85, 5.70, 5.75}, {5.20, 5.60, 5.50}, {5.55, 5.50, 5.40}, {5.90, 5.85, 5.70},
       {5.45, 5.55, 5.60}, {5.40, 5.40, 5.35}, {5.45, 5.50, 5.35}, {5.25, 5.15, 5.00}, {5.85, 5.80, 5.70},
       {5.25, 5.20, 5.10}, {5.65, 5.55, 5.45}, {5.60, 5.35, 5.45}, {5.05, 5.00, 4.95}, {5.50, 5.50, 5.40},
       {5.45, 5.55, 5.50}, {5.55, 5.55, 5.35}, {5.45, 5.50, 5.55}, {5.50, 5.45, 5.25}, {5.65, 5.60, 5.40},
       {5.70, 5.65, 5.55}, {6.30, 6.30, 6.25}});
  const FriedmanTest test = friedman_test(seconds);
  EXPECT_NEAR(test.chi_squared, 11.143, 5e-4);
  EXPECT_NEAR(test.p_value, 0.003805, 5e-7);
  // F with 2 and m = 2 x 21 degrees of freedom: P(F >= x) = (1 + 2 x / m)^{-m/2}.
  ASSERT_TRUE(test.f);
  EXPECT_NEAR(*test.f, 21 * 11.143 / (44 - 11.143), 1e-3);
  EXPECT_NEAR(test.f_p_value, std::pow(1 + *test.f / 21, -21), 1e-14);
}

// Demšar (2006), table 6: ranks of four variants of C4.5 on 14 data sets. Average ranks 3.143, 2.000, 2.893,
// 1.964; chi-squared 9.28 and F 3.69, which are without a correction for ties there.
TEST(FriedmanTest, GivesDemsarsExample) {
  const CostTable ranks = table_of({{4, 3, 2, 1},
                                    {1, 2, 3, 4},
                                    {4, 1, 2, 3},
                                    {4, 1, 3, 2},
                                    {4, 2, 3, 1},
                                    {1, 2.5, 4, 2.5},
                                    {3, 2, 4, 1},
                                    {2.5, 2.5, 4, 1},
                                    {4, 3, 2, 1},
                                    {2.5, 2.5, 2.5, 2.5},
                                    {4, 2.5, 1, 2.5},
                                    {3, 2, 4, 1},
                                    {4, 1, 2, 3},
                                    {3, 1, 4, 2}});
  const FriedmanTest test = friedman_test(ranks);
  const std::vector<double> averages = {3.143, 2.000, 2.893, 1.964};
  EXPECT_THAT(test.average_ranks, ::testing::Pointwise(::testing::DoubleNear(5e-4), averages));
  // Three ties of two and one of four: 3 (2^3 - 2) + 4^3 - 4 of 14 (4^3 - 4).
  EXPECT_NEAR(test.tie_correction, 1 - 78.0 / 840, 1e-15);
  const double uncorrected = test.chi_squared * test.tie_correction;
  EXPECT_NEAR(uncorrected, 9.28, 5e-3);
  EXPECT_NEAR(13 * uncorrected / (14 * 3 - uncorrected), 3.69, 5e-3);
  // The corrected one, as R's friedman.test has it, in Conover's form (1999, 5.8).
  double T1 = 0;
  double A = 0;
  for (const double average : test.average_ranks) T1 += std::pow(14 * average - 14 * 2.5, 2);
  for (std::size_t p = 0; p < 14; ++p) {
    for (std::size_t s = 0; s < 4; ++s) A += std::pow(*ranks.at(p, s), 2);
  }
  EXPECT_NEAR(test.chi_squared, 3 * T1 / (A - 14 * 4 * 25 / 4.0), 1e-12);
  ASSERT_TRUE(test.f);
  EXPECT_NEAR(*test.f, 13 * test.chi_squared / (42 - test.chi_squared), 1e-12);
}

// For two solvers Friedman's test is the sign test: chi-squared = (wins - losses)^2 / (wins + losses).
TEST(FriedmanTest, OfTwoSolversIsTheSignTest) {
  const FriedmanTest test = friedman_test(table_of({{1, 2}, {1, 2}, {2, 1}, {1, 5}, {3, 3}, {1, unsolved}}));
  EXPECT_NEAR(test.chi_squared, 9.0 / 5, 1e-13);
}

TEST(FriedmanTest, HasAverageRanksThatSumToTheirs) {
  Random random(6);
  std::vector<std::vector<PerhapsCost>> rows(30, std::vector<PerhapsCost>(7));
  for (auto& row : rows) {
    for (PerhapsCost& cost : row) {
      if (random.uniform() < 0.8) cost = static_cast<double>(random.index(5));
    }
  }
  const std::vector<double> ranks = average_ranks(table_of(rows));
  double sum = 0;
  for (const double rank : ranks) sum += rank;
  EXPECT_NEAR(sum, 7 * 8 / 2.0, 1e-12);
}

TEST(FriedmanTest, HasNoFWhereAllAgree) {
  const FriedmanTest test = friedman_test(table_of({{1, 2, 3}, {2, 4, unsolved}, {0, 1, 9}}));
  EXPECT_NEAR(test.chi_squared, 3 * 2, 1e-13);  // N (k - 1)
  EXPECT_FALSE(test.f);
  EXPECT_EQ(test.f_p_value, 0);
  // Also with ties that are the same everywhere: 12 N/(k (k + 1)) (2 (1/2)^2 + 1) over 1 - 6/24.
  const FriedmanTest tied = friedman_test(table_of({{1, 2, 2}, {1, 2, 2}, {1, 5, 5}}));
  EXPECT_NEAR(tied.chi_squared, 3 * 2, 1e-13);
  EXPECT_FALSE(tied.f);
  EXPECT_EQ(tied.f_p_value, 0);
}

TEST(FriedmanTest, SeesNoEvidenceWhereAllAreTied) {
  const FriedmanTest test = friedman_test(table_of({{1, 1, 1}, {unsolved, unsolved, unsolved}}));
  EXPECT_EQ(test.p_value, 1);
  EXPECT_EQ(test.f_p_value, 1);
}

TEST(FriedmanTest, NeedsTwoProblemsAndTwoSolvers) {
  EXPECT_THROW(friedman_test(table_of({{1, 2}})), UsageError);
  EXPECT_THROW(friedman_test(table_of({{1}, {2}})), UsageError);
}

}  // namespace
}  // namespace optbed::friedman_tests
