// The README shows what the program finds.
#include <gmock/gmock.h>

#include <sstream>

#include "experiments/built_in_specs.hpp"
#include "tests/experiments/command_line.hpp"

namespace optbed::iteration_counts_test {
namespace {

using IterationCounts = testing::CommandLine;

std::string study_with_solvers(const std::string& list) {
  std::string text;
  for (const BuiltInSpec& study : built_in_studies()) {
    if (study.name == "iteration_counts") text = study.text;
  }
  const auto begin = text.find("solvers = [");
  return text.replace(begin, text.find(']', begin) + 1 - begin, "solvers = [" + list + "]");
}

TEST_F(IterationCounts, AreThoseOfTheReadme) {
  write("study.toml",
        study_with_solvers("'gradient_descent:step=armijo', 'nonlinear_cg', 'lbfgs', 'bfgs', 'newton_cg', "
                           "'newton:safeguard=trust_region', 'levenberg_marquardt', 'nelder_mead'"));
  ASSERT_EQ(optbed({"batch", "study.toml", "--quiet"}).exit_code, 0);
  std::istringstream table(optbed({"table", "iteration_counts.sqlite", "--wide", "--cost",
                                   "iterations,evaluations", "--format", "markdown"})
                               .out);
  const std::string readme = content_of(OPTBED_README);
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (!line.starts_with('|')) continue;
    ++rows;
    EXPECT_THAT(readme, ::testing::HasSubstr(line));
  }
  EXPECT_EQ(rows, 39 + 2);
}

}  // namespace
}  // namespace optbed::iteration_counts_test
