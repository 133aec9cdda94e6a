#include "solvers/line_search/more_thuente.hpp"

#include <gtest/gtest.h>

#include "tests/solvers/line_search/line_functions.hpp"

namespace optbed::more_thuente_test {
namespace {

// Moré & Thuente 1994, tables I to VI: the number of function evaluations m and the step found, to the two
// digits printed, for each function, with its mu and eta, from four initial steps.
struct Row {
  double initial_step;
  long evaluations;
  double step;
};

struct Table {
  double mu;
  double eta;
  Row rows[4];
};

const Table tables[] = {
    {0.001, 0.1, {{1e-3, 6, 1.4}, {1e-1, 3, 1.4}, {1e1, 1, 10}, {1e3, 4, 37}}},
    {0.1, 0.1, {{1e-3, 12, 1.6}, {1e-1, 8, 1.6}, {1e1, 8, 1.6}, {1e3, 11, 1.6}}},
    {0.1, 0.1, {{1e-3, 12, 1.0}, {1e-1, 12, 1.0}, {1e1, 10, 1.0}, {1e3, 13, 1.0}}},
    {0.001, 0.001, {{1e-3, 4, 0.085}, {1e-1, 1, 0.10}, {1e1, 3, 0.35}, {1e3, 4, 0.83}}},
    {0.001, 0.001, {{1e-3, 6, 0.075}, {1e-1, 3, 0.078}, {1e1, 7, 0.073}, {1e3, 8, 0.076}}},
    {0.001, 0.001, {{1e-3, 13, 0.93}, {1e-1, 11, 0.93}, {1e1, 8, 0.92}, {1e3, 11, 0.92}}},
};

TEST(MoreThuente, MakesTheTrialsOfThePublishedTables) {
  const auto functions = testing::more_thuente_functions();
  for (std::size_t i = 0; i < functions.size(); ++i) {
    const testing::FunctionProblem problem = functions[i].problem();
    for (const Row& row : tables[i].rows) {
      SCOPED_TRACE(functions[i].name + " from " + std::to_string(row.initial_step));
      Oracle f(problem);
      Point from, trial;
      from.resize(1);
      trial.resize(1);
      ASSERT_TRUE(f.evaluate(from));
      MoreThuente search({.sufficient_decrease = tables[i].mu, .curvature = tables[i].eta});
      const LineSearchResult result = search.search(f, from, Vector::Ones(1), row.initial_step, trial);
      ASSERT_FALSE(result.failure);
      EXPECT_EQ(f.counts().gradient - 1, row.evaluations);
      // Half a unit of the second digit.
      EXPECT_NEAR(result.step, row.step, 0.05 * std::pow(10, std::floor(std::log10(row.step))));
    }
  }
}

}  // namespace
}  // namespace optbed::more_thuente_test
