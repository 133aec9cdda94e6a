#include "analysis/statistics/ranks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace optbed::ranks_test {
namespace {

TEST(Midranks, ShareTheMeanOfTheRanksOfATie) {
  EXPECT_THAT(midranks(std::vector<double>{3, 1, 3, 2, 3}), ::testing::ElementsAre(4, 1, 4, 2, 4));
}

TEST(Midranks, PutWhatIsNotSolvedLastTogether) {
  const std::vector<PerhapsCost> costs = {std::nullopt, 5, std::nullopt, 0};
  EXPECT_THAT(midranks(costs), ::testing::ElementsAre(3.5, 2, 3.5, 1));
}

TEST(Midranks, RefuseNan) { EXPECT_THROW(midranks(std::vector<double>{1, NAN}), UsageError); }

TEST(TieSum, IsTCubedMinusTOverTheGroups) {
  EXPECT_EQ(tie_sum(std::vector<double>{1, 2, 3}), 0);
  EXPECT_EQ(tie_sum(std::vector<double>{1, 2, 1, 3, 3, 3}), 6 + 24);
}

}  // namespace
}  // namespace optbed::ranks_test
