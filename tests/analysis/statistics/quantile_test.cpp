#include "analysis/statistics/quantile.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace optbed::quantile_test {
namespace {

constexpr auto unsolved = std::nullopt;

// Definition 7 interpolates the points (k/(n-1), x_(k)): of 1 … 10 it is 1 + 9p, quartiles 3.25, 5.5 and 7.75.
TEST(Quantile, OfOneToTenIsLinearInP) {
  const std::vector<double> values = {7, 3, 10, 1, 9, 2, 8, 4, 6, 5};
  for (const double p : {0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0}) {
    EXPECT_NEAR(quantile(values, p), 1 + 9 * p, 1e-14) << p;
  }
}

TEST(Quantile, OfOneValueIsThatValue) {
  EXPECT_EQ(quantile(std::vector<double>{4}, 0), 4);
  EXPECT_EQ(median(std::vector<double>{4}), 4);
  EXPECT_EQ(quantile(std::vector<double>{4}, 1), 4);
}

TEST(Quantile, OfCostsIsSolvedAsLongAsItRestsOnNoFailure) {
  const std::vector<PerhapsCost> costs = {unsolved, 3, 1, unsolved, 2};
  EXPECT_EQ(quantile(costs, 0.0), 1);
  EXPECT_EQ(quantile(costs, 0.25), 2);
  EXPECT_EQ(median(costs), 3);
  EXPECT_EQ(quantile(costs, 0.51), unsolved);  // between 3 and not solved
  EXPECT_EQ(quantile(costs, 1.0), unsolved);
}

TEST(Quantile, OfSolvedCostsEqualsThatOfNumbers) {
  const std::vector<double> values = {0.5, 8, 2, 0, 3.25, 7};
  const std::vector<PerhapsCost> costs(values.begin(), values.end());
  for (double p = 0; p <= 1; p += 0.0625) EXPECT_EQ(quantile(costs, p), quantile(values, p)) << p;
}

TEST(Quantile, RefusesNothingNanAndProbabilitiesOutsideOfTheUnitInterval) {
  EXPECT_THROW(median(std::vector<double>{}), UsageError);
  EXPECT_THROW(median(std::vector<double>{1, NAN}), UsageError);
  EXPECT_THROW(quantile(std::vector<double>{1}, 1.5), UsageError);
  EXPECT_THROW(quantile(std::vector<double>{1}, NAN), UsageError);
}

}  // namespace
}  // namespace optbed::quantile_test
