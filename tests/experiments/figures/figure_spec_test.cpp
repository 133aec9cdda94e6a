#include "experiments/figures/figure_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/built_in_specs.hpp"
#include "experiments/figures/figure_run.hpp"
#include "experiments/figures/find_figure_spec.hpp"
#include "problems/all_problems.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::figure_spec_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// What the spec's error says; empty where there is none.
std::string error_of(const std::string& text) {
  try {
    parse_figure_spec(text, "f.toml");
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

const std::string run = "[[run]]\nsolver = \"newton\"\nproblem = \"quadratic\"\n";
const std::string panel = "[[panel]]\nkind = \"convergence\"\n";

TEST(FigureSpec, TakesTheSmallestSpec) {
  const FigureSpec spec = parse_figure_spec(run + panel, "folder/my_figure.toml");
  EXPECT_EQ(spec.name, "my_figure");
  EXPECT_EQ(spec.title, "my_figure");
  ASSERT_EQ(spec.runs.size(), 1u);
  EXPECT_EQ(spec.runs[0].label, "newton");
  EXPECT_EQ(spec.panels[0].runs, std::vector<std::size_t>{0});
  EXPECT_TRUE(spec.panels[0].log_y);
}

TEST(FigureSpec, GivesRunsTheFiguresProblemStartAndLimitsUnlessTheyHaveTheirOwn) {
  const FigureSpec spec = parse_figure_spec(R"(
problem = "quadratic"
x0 = [3, 4]
[limits]
max_iterations = 7
gradient_tolerance = 0
[[run]]
label = "a"
solver = "newton"
[[run]]
label = "b"
solver = "newton"
problem = "rosenbrock"
max_iterations = 9
[[panel]]
kind = "convergence"
runs = ["b"]
)",
                                            "f.toml");
  EXPECT_EQ(spec.runs[0].problem.value, "quadratic");
  EXPECT_EQ(spec.runs[0].x0->value, (std::vector<double>{3, 4}));
  EXPECT_EQ(spec.runs[0].limits.max_iterations, 7);
  EXPECT_EQ(spec.runs[1].problem.value, "rosenbrock");
  EXPECT_FALSE(spec.runs[1].x0.has_value());  // the start belongs to the other problem
  EXPECT_EQ(spec.runs[1].limits.max_iterations, 9);
  EXPECT_EQ(spec.runs[1].limits.gradient_tolerance, 0);
  EXPECT_EQ(spec.panels[0].runs, std::vector<std::size_t>{1});
}

// Each text, and how its error begins and what it names.
struct BadSpec {
  std::string text;
  std::string place;
  std::string names;
};

class BadFigureSpec : public ::testing::TestWithParam<BadSpec> {};

TEST_P(BadFigureSpec, IsRefusedWithItsPlace) {
  const std::string error = error_of(GetParam().text);
  EXPECT_THAT(error, StartsWith(GetParam().place));
  EXPECT_THAT(error, HasSubstr(GetParam().names));
}

INSTANTIATE_TEST_SUITE_P(
    Everywhere, BadFigureSpec,
    ::testing::Values(
        BadSpec{"titel = \"x\"\n" + run + panel, "f.toml:1:1: ", "did you mean 'title'"},
        BadSpec{run + "  solvr = 1\n" + panel, "f.toml:4:3: ", "did you mean 'solver'"},
        BadSpec{run + panel + "quantty = \"gap\"\n", "f.toml:6:1: ", "did you mean 'quantity'"},
        BadSpec{run + panel + "levels = [1]\n", "f.toml:6:1: ", "of convergence has no key 'levels'"},
        BadSpec{"[limits]\nmax_iteration = 3\n" + run + panel, "f.toml:2:1: ", "did you mean 'max_iterations'"},
        BadSpec{"columns = \"two\"\n" + run + panel,
                "f.toml:1:11: ", "'columns' must be an integer, found string"},
        BadSpec{"x0 = [1, \"a\"]\n" + run + panel, "f.toml:1:10: ", "list of numbers"},
        BadSpec{"run = 3\n", "f.toml:1:7: ", "[[run]]"},
        BadSpec{run + "max_iterations = -1\n" + panel, "f.toml:4:18: ", "at least 0"},
        BadSpec{run + panel + "quantity = \"gaps\"\n", "f.toml:6:12: ", "did you mean 'gap'"},
        BadSpec{run + panel + "runs = [\"newtn\"]\n", "f.toml:6:9: ", "did you mean 'newton'"},
        BadSpec{run + panel + "x_range = [2, 1]\n", "f.toml:6:11: ", "ascending"},
        BadSpec{run + panel + "x_range = [2]\n", "f.toml:6:11: ", "two numbers"},
        BadSpec{run + panel + "y_range = [0, 1]\n", "f.toml:6:11: ", "positive on a log axis"},
        BadSpec{run + panel + "quantity = \"coordinate\"\n", "f.toml:4:1: ", "'coordinates'"},
        BadSpec{run + panel + "quantity = \"mode\"\n", "f.toml:4:1: ", "'modes'"},
        BadSpec{run + panel + "modes = [1]\n", "f.toml:6:9: ", "quantity = \"mode\""},
        BadSpec{run + panel + "quantity = \"mode\"\nmodes = [0]\n", "f.toml:7:9: ", "from 1"},
        BadSpec{run + panel + "[[panel.reference]]\nfactor = 1\npower = 2\n", "f.toml:6:1: ", "either"},
        BadSpec{run + run + panel, "f.toml:5:10: ", "two runs are labelled 'newton'"},
        BadSpec{"[[run]]\nsolver = \"newton\"\n" + panel, "f.toml:1:1: ", "needs 'problem'"},
        BadSpec{"[[run]]\nproblem = \"quadratic\"\n" + panel, "f.toml:1:1: ", "needs 'solver'"},
        BadSpec{"name = \"../up\"\n" + run + panel, "f.toml:1:8: ", "files are named by it"},
        BadSpec{"title = \"two\\nlines\"\n" + run + panel, "f.toml:1:9: ", "one line"},
        BadSpec{run, "f.toml: ", "[[panel]]"}, BadSpec{panel, "f.toml: ", "[[run]]"},
        BadSpec{"title = \"open\n", "f.toml:1:", ""}));

TEST(FigureSpec, ThatCannotBeReadIsAnInputError) {
  EXPECT_THROW(read_figure_spec("/no/such/folder/spec.toml"), InputError);
}

TEST(FigureSpec, IsReadFromAFile) {
  const testing::TemporaryFile file(run + panel, ".toml");
  EXPECT_EQ(find_figure_spec(file.path()).runs.size(), 1u);
}

TEST(BuiltInSpecs, AnUnknownNameIsOfferedTheNearest) {
  try {
    find_figure_spec("sublinaer");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'sublinear'"));
  }
}

TEST(BuiltInSpecs, AreNamedByTheirFilesAndHaveATitleAndACaption) {
  EXPECT_GE(built_in_figures().size(), 6u);
  for (const BuiltInSpec& spec : built_in_figures()) {
    SCOPED_TRACE(spec.name);
    const FigureSpec figure = find_figure_spec(spec.name);
    EXPECT_EQ(figure.name, spec.name);
    EXPECT_NE(figure.title, spec.name);
    EXPECT_GT(figure.caption.size(), 100u);
  }
}

TEST(BuiltInSpecs, HaveProblemsSolversAndPanelsThatExist) {
  for (const BuiltInSpec& spec : built_in_figures()) {
    SCOPED_TRACE(spec.name);
    EXPECT_NO_THROW(prepare_runs(find_figure_spec(spec.name), all_problems(), all_solvers()));
  }
}

}  // namespace
}  // namespace optbed::figure_spec_test
