// Every figure that the program has is made, and its curves agree with theory where there is one.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "experiments/figures/figure.hpp"
#include "problems/all_problems.hpp"

namespace optbed::built_in_figures_test {
namespace {

class BuiltInFigure : public ::testing::TestWithParam<std::string> {};

TEST_P(BuiltInFigure, AgreesWithTheory) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("optbed_figure_" + GetParam() + std::to_string(getpid()));
  const FigureReport report = make_figure(find_figure_spec(GetParam()), {.directory = folder, .formats = {}},
                                          all_problems(), all_solvers());
  EXPECT_FALSE(report.curves.empty());
  int judged = 0;
  int with_theory = 0;
  for (const CurveReport& curve : report.curves) {
    EXPECT_NE(curve.comparison.verdict, Verdict::slower) << curve.label << ": " << curve.comparison.reason;
    EXPECT_NE(curve.comparison.verdict, Verdict::faster_than_bound)
        << curve.label << ": " << curve.comparison.reason;
    judged += curve.comparison.verdict == Verdict::agrees ? 1 : 0;
    with_theory += curve.comparison.theory ? 1 : 0;
  }
  EXPECT_GE(judged, with_theory - 1);  // one run may be too short for its factor
  for (const char* ending : {".csv", ".gp", ".md"}) {
    EXPECT_TRUE(std::filesystem::exists(folder / (GetParam() + ending))) << ending;
  }
  std::filesystem::remove_all(folder);
}

std::vector<std::string> names_of_figures() {
  std::vector<std::string> names;
  for (const BuiltInSpec& spec : built_in_figures()) names.push_back(spec.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(All, BuiltInFigure, ::testing::ValuesIn(names_of_figures()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace optbed::built_in_figures_test
