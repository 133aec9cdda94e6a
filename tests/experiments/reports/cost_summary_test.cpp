#include "experiments/reports/cost_summary.hpp"

#include <gtest/gtest.h>

namespace optbed::cost_summary_test {
namespace {

RunRecord run_of(const std::string& problem, const std::string& solver, std::uint64_t seed, PerhapsCost cost) {
  return {.problem = problem,
          .solver = solver,
          .seed = seed,
          .solved = cost.has_value(),
          .dimension = 7,
          .iterations = cost};
}

// a on p: 1, 2, 3, 4 and a run that is not solved, so the quartiles are 2, 3 and 4. b on p: two of three are
// not solved: the lower quartile, half-way between 5 and an unsolved run, rests on one, as the others do.
RunTable example() {
  return RunTable({run_of("p", "a", 1, 4), run_of("p", "a", 2, 1), run_of("p", "a", 3, std::nullopt),
                   run_of("p", "a", 4, 3), run_of("p", "a", 5, 2), run_of("p", "b", 1, 5),
                   run_of("p", "b", 2, std::nullopt), run_of("p", "b", 3, std::nullopt),
                   run_of("q", "b", 1, 6)});
}

std::vector<std::string> shown(const std::vector<TableCell>& row) {
  std::vector<std::string> texts;
  texts.reserve(row.size());
  for (const TableCell& cell : row) texts.push_back(cell.shown);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(CostSummary, HasARowForEachPairThatWasRun) {
  const TextTable table = cost_rows(example(), CostKind::iterations);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_EQ(shown(table.rows[0]), (Texts{"p", "7", "a", "5", "4/5", "3", "2", "4"}));
  EXPECT_EQ(shown(table.rows[1]), (Texts{"p", "7", "b", "3", "1/3", "unsolved", "unsolved", "unsolved"}));
  EXPECT_EQ(shown(table.rows[2]), (Texts{"q", "7", "b", "1", "1/1", "6", "6", "6"}));
  EXPECT_EQ(table.rows[1][5].data, "inf");
}

TEST(CostSummary, HasAColumnForEachSolver) {
  const TextTable table = cost_matrix(example(), {CostKind::iterations});
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(shown(table.rows[0]), (Texts{"p", "7", "3 [2, 4] 4/5", "unsolved [unsolved, unsolved] 1/3"}));
  EXPECT_EQ(shown(table.rows[1]), (Texts{"q", "7", "no run", "6"}));
  EXPECT_EQ(table.rows[0][2].data, "3");
  EXPECT_EQ(table.rows[0][3].data, "inf");
  EXPECT_EQ(table.rows[1][2].data, "");
}

TEST(CostSummary, MayHaveSeveralCostsInACell) {
  RunRecord run = run_of("p", "a", 1, 37);
  run.evaluations = 46;
  const RunTable table({run, run_of("p", "b", 1, std::nullopt)});
  const TextTable written = cost_matrix(table, {CostKind::iterations, CostKind::evaluations});
  EXPECT_EQ(shown(written.rows.at(0)), (Texts{"p", "7", "37 / 46", "unsolved"}));
  EXPECT_EQ(written.rows[0][2].data, "37;46");
  EXPECT_EQ(written.rows[0][3].data, "inf;inf");
}

}  // namespace
}  // namespace optbed::cost_summary_test
