#include "analysis/statistics/solver_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "analysis/statistics/friedman.hpp"
#include "problems/random.hpp"

namespace optbed::solver_groups_test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Demšar (2006), 3.2.2: 4 classifiers on 14 data sets, 1.25 at 5 % and 1.12 at 10 %.
TEST(CriticalDifference, GivesDemsarsExample) {
  EXPECT_NEAR(critical_difference(4, 14, 0.05), 1.25, 5e-3);
  EXPECT_NEAR(critical_difference(4, 14, 0.10), 1.12, 5e-3);
}

TEST(CriticalDifference, IsWhereThePValueIsTheLevel) {
  EXPECT_NEAR(nemenyi_p_value(critical_difference(5, 20, 0.05), 5, 20), 0.05, 1e-11);
  EXPECT_NEAR(nemenyi_p_value(0, 5, 20), 1, 1e-12);
}

TEST(CriticalDifference, OfTwoSolversIsTheNormalSignTest) {
  // sqrt(2 x 3 / (6 N)) z = z / sqrt(N).
  EXPECT_NEAR(critical_difference(2, 25, 0.05), 1.959963984540054 / 5, 1e-11);
}

TEST(CriticalDifference, NeedsTwoSolversAndALevel) {
  EXPECT_THROW(critical_difference(1, 14, 0.05), UsageError);
  EXPECT_THROW(critical_difference(4, 0, 0.05), UsageError);
  EXPECT_THROW(critical_difference(4, 14, 0), UsageError);
}

TEST(SolverGroups, AreTheLongestWithoutADifference) {
  const std::vector<double> ranks = {4.0, 1.0, 2.5, 1.8, 5.0};
  const auto by = [&](double difference) {
    return groups_without_difference(ranks, [&, difference](std::size_t i, std::size_t j) {
      return std::abs(ranks[i] - ranks[j]) >= difference;
    });
  };
  EXPECT_THAT(by(1.51), ElementsAre(ElementsAre(1, 3, 2), ElementsAre(2, 0), ElementsAre(0, 4)));
  EXPECT_THAT(by(1.5), ElementsAre(ElementsAre(1, 3), ElementsAre(3, 2), ElementsAre(0, 4)));
  EXPECT_THAT(by(0.5), IsEmpty());
  EXPECT_THAT(by(9), ElementsAre(ElementsAre(1, 3, 2, 0, 4)));
}

TEST(SolverGroups, HoldNoPairThatDiffersWhateverTheTestsSay) {
  // Tests by pairs need not be monotone in the ranks: every group is checked against the definition.
  Random random(12);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t k = 6;
    const std::vector<double> ranks = {1, 2, 3, 4, 5, 6};
    Matrix differs = Matrix::Zero(6, 6);
    for (Index i = 0; i < 6; ++i) {
      for (Index j = 0; j < i; ++j) differs(i, j) = differs(j, i) = random.uniform() < 0.3 ? 1 : 0;
    }
    const auto free_of_difference = [&](std::size_t first, std::size_t last) {
      for (std::size_t i = first; i <= last; ++i) {
        for (std::size_t j = first; j < i; ++j) {
          if (differs(static_cast<Index>(i), static_cast<Index>(j)) != 0) return false;
        }
      }
      return true;
    };
    SolverGroups expected;
    for (std::size_t first = 0; first < k; ++first) {
      for (std::size_t last = first + 1; last < k; ++last) {
        const bool longer_left = first > 0 && free_of_difference(first - 1, last);
        const bool longer_right = last + 1 < k && free_of_difference(first, last + 1);
        if (!free_of_difference(first, last) || longer_left || longer_right) continue;
        expected.emplace_back();
        for (std::size_t i = first; i <= last; ++i) expected.back().push_back(i);
      }
    }
    EXPECT_EQ(groups_without_difference(ranks,
                                        [&](std::size_t i, std::size_t j) {
                                          return differs(static_cast<Index>(i), static_cast<Index>(j)) != 0;
                                        }),
              expected);
  }
}

// Ten problems; b costs a little more than a on every other one and a little less on those between, by ever
// more, so that both rank alike; c is a hundred times as dear.
CostTable three_solvers() {
  std::vector<std::string> problems;
  std::vector<std::vector<PerhapsCost>> rows;
  for (int p = 1; p <= 10; ++p) {
    problems.push_back("p" + std::to_string(p));
    const double cost = 10 * p;
    const double sign = p % 2 == 0 ? 1 : -1;
    rows.push_back({cost, cost * (1 + 0.01 * sign * p), 100 * cost + p * p});
  }
  return {problems, {"a", "b", "c"}, rows};
}

TEST(CriticalDifferenceDiagram, GroupsWhatDoesNotDiffer) {
  const CriticalDifferenceDiagram diagram = critical_difference_diagram(three_solvers(), 0.05);
  EXPECT_THAT(diagram.average_ranks, ElementsAre(1.5, 1.5, 3));
  // q_0.05 = 2.3437 for three, times sqrt(3 x 4 / (6 x 10)).
  EXPECT_NEAR(diagram.critical_difference, 2.3437 * std::sqrt(0.2), 1e-4);
  EXPECT_THAT(diagram.groups, ElementsAre(ElementsAre(0, 1)));
}

TEST(PairedTests, AreAdjustedTogether) {
  const CostTable table = three_solvers();
  const std::vector<PairedTest> tests = paired_tests(table, PairedScale::log_ratio);
  ASSERT_EQ(tests.size(), 3u);
  EXPECT_EQ(tests[1].first, 0u);
  EXPECT_EQ(tests[1].second, 2u);
  // c is dearer on all ten: p = 2 / 1024, the least there is, for both pairs with it. Times 3 and then 2, which
  // must not fall below the former.
  EXPECT_EQ(tests[1].test.p_value, 2.0 / 1024);
  EXPECT_NEAR(tests[1].adjusted_p_value, 6.0 / 1024, 1e-15);
  EXPECT_NEAR(tests[2].adjusted_p_value, 6.0 / 1024, 1e-15);
  EXPECT_GT(tests[0].adjusted_p_value, 0.5);
  EXPECT_THAT(groups_without_difference(average_ranks(table), tests, 0.05), ElementsAre(ElementsAre(0, 1)));
}

}  // namespace
}  // namespace optbed::solver_groups_test
