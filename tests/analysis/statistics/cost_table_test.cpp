#include "analysis/statistics/cost_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace optbed::cost_table_test {
namespace {

constexpr auto unsolved = std::nullopt;

TEST(CostTable, KnowsTheLeastCostOfAProblemAndThatNobodySolvedOne) {
  const CostTable table({"p", "q"}, {"a", "b"}, {{unsolved, 3}, {unsolved, unsolved}});
  EXPECT_EQ(table.best(0), 3);
  EXPECT_EQ(table.best(1), unsolved);
  EXPECT_THAT(table.column(1), ::testing::ElementsAre(PerhapsCost(3), unsolved));
}

TEST(CostTable, TakesNoInfinityNorNanNorNegativeForACost) {
  CostTable table({"p"}, {"a"});
  EXPECT_THROW(table.set(0, 0, std::numeric_limits<double>::infinity()), UsageError);
  EXPECT_THROW(table.set(0, 0, std::numeric_limits<double>::quiet_NaN()), UsageError);
  EXPECT_THROW(table.set(0, 0, -1), UsageError);
  EXPECT_THROW(CostTable({}, {"a"}), UsageError);
  EXPECT_THROW(CostTable({"p"}, {"a"}, {{1, 2}}), UsageError);
  EXPECT_THROW(CostTable({"p"}, {"a"}, {{1}, {2}}), UsageError);
}

TEST(CostTable, GivesThePartWithSomeOfTheSolvers) {
  const CostTable table({"p", "q"}, {"a", "b", "c"}, {{1, 2, 3}, {4, unsolved, 6}});
  const CostTable part = table.with_solvers(std::array<std::size_t, 2>{2, 1});
  EXPECT_THAT(part.solvers(), ::testing::ElementsAre("c", "b"));
  EXPECT_EQ(part.at(0, 0), 3);
  EXPECT_EQ(part.at(1, 0), 6);
  EXPECT_EQ(part.at(1, 1), unsolved);
}

}  // namespace
}  // namespace optbed::cost_table_test
