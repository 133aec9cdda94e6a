#include "experiments/figures/figure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "problems/all_problems.hpp"

namespace optbed::figure_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A folder of a test's own, which make_figure has to make.
class Figure : public ::testing::Test {
 protected:
  void TearDown() override { fs::remove_all(folder_); }

  FigureReport make(const std::string& text) const {
    return make_figure(parse_figure_spec(text, "f.toml"), settings_, all_problems(), all_solvers());
  }

  std::string error_of(const std::string& text) const {
    try {
      make(text);
    } catch (const UsageError& error) {
      return error.what();
    }
    return {};
  }

  std::string content(const std::string& name) const {
    std::ifstream stream(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
  }

  fs::path folder_ = fs::path(::testing::TempDir()) / ("optbed_figure_" + std::to_string(getpid())) / "a b";
  FigureSettings settings_ = {.directory = folder_};
};

const std::string two_runs = R"(
name = "mine"
problem = "quadratic:eigenvalues=1;3"
x0 = [1, 1]
[limits]
max_iterations = 20
gradient_tolerance = 0
[[run]]
label = "it's {a}_b, \"c\" | d"
solver = "gradient_descent:learning_rate=0.5"
[[run]]
label = "fast"
solver = "momentum:learning_rate=0.1"
[[panel]]
kind = "paths"
[[panel]]
kind = "convergence"
title = "x_1 & {y}"
quantity = "distance"
[[panel]]
kind = "convergence"
quantity = "coordinate_error"
coordinates = [2]
key = "top_right"
)";

// A PATH on which there is no program, for the time of its life.
class EmptyPath {
 public:
  EmptyPath() {
    if (const char* path = std::getenv("PATH")) before_ = path;
    setenv("PATH", "/nonexistent", 1);
  }
  EmptyPath(const EmptyPath&) = delete;
  EmptyPath& operator=(const EmptyPath&) = delete;
  ~EmptyPath() { setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

// The fields of a CSV line, with quotes taken off.
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> found(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      found.emplace_back();
    } else {
      found.back() += c;
    }
  }
  return found;
}

// The rows of one run of a figure's CSV, by column.
std::map<std::string, std::vector<double>> run_of_csv(const std::string& csv, const std::string& run) {
  std::istringstream stream(csv);
  std::string line;
  std::getline(stream, line);
  const std::vector<std::string> names = fields(line);
  std::map<std::string, std::vector<double>> columns;
  while (std::getline(stream, line)) {
    const std::vector<std::string> row = fields(line);
    if (row.size() != names.size() || row[0] != run) continue;
    for (std::size_t i = 1; i + 3 < row.size(); ++i)  // label, solver and problem stand last
      columns[names[i]].push_back(row[i].empty() ? std::nan("") : std::strtod(row[i].c_str(), nullptr));
  }
  return columns;
}

TEST_F(Figure, OfAUsersSpecIsWrittenWithItsDataScriptAndCaption) {
  const FigureReport report = make(two_runs);
  EXPECT_EQ(report.not_drawn, "");
  EXPECT_EQ(report.gnuplot_warnings, "");
  for (const std::string ending : {".csv", "_contours.csv", ".gp", ".md", ".svg", ".png", ".pdf"}) {
    EXPECT_TRUE(fs::exists(folder_ / ("mine" + ending))) << ending;
  }
  EXPECT_EQ(report.files.size(), 7u);
  EXPECT_THAT(content("mine.png"), StartsWith("\x89PNG"));
  EXPECT_THAT(content("mine.pdf"), StartsWith("%PDF"));
  EXPECT_THAT(content("mine.svg"), HasSubstr("it's {a}_b"));
}

TEST_F(Figure, WritesOnlyTheFormatsThatAreAskedFor) {
  settings_.formats = {FigureFormat::png};
  make(two_runs);
  EXPECT_TRUE(fs::exists(folder_ / "mine.png"));
  EXPECT_FALSE(fs::exists(folder_ / "mine.svg"));
  EXPECT_THAT(content("mine.md"), HasSubstr("(mine.png)"));
}

TEST_F(Figure, ShowsExactlyTheNumbersOfTheTrace) {
  settings_.formats = {};
  make(two_runs);
  const auto problem = all_problems().make("quadratic:eigenvalues=1;3");
  const auto solver = all_solvers().make("gradient_descent:learning_rate=0.5");
  const Result result = minimize(*problem, *solver,
                                 {.limits = {.max_iterations = 20, .gradient_tolerance = 0},
                                  .trace = {.iterates = true},
                                  .start = Vector::Ones(2)});
  auto columns = run_of_csv(content("mine.csv"), "1");
  for (const std::string name : {"iteration", "value", "gap", "distance", "gradient_norm"}) {
    EXPECT_EQ(columns[name], result.trace.column(name)) << name;
  }
  EXPECT_EQ(columns["evaluations"], result.trace.column("gradient_evaluations"));
  for (std::size_t row = 0; row < result.trace.rows(); ++row) {
    EXPECT_EQ(columns["x1"][row], result.trace.iterate(row)[0]);
    EXPECT_EQ(columns["x2"][row], result.trace.iterate(row)[1]);
    EXPECT_EQ(columns["error_x2"][row], result.trace.iterate(row)[1]);
  }
}

// Gradient descent at 2/(L + mu) on eigenvalues 1 and 3: both factors are +-1/2 (Polyak 1987, section 1.4), so
// the bound is attained at every iteration.
TEST_F(Figure, DrawsTheBoundOfTheoryBesideTheRun) {
  settings_.formats = {};
  const FigureReport report = make(two_runs);
  auto columns = run_of_csv(content("mine.csv"), "1");
  ASSERT_EQ(columns["theory_distance"].size(), 21u);
  for (std::size_t k = 0; k < 21; ++k) {
    EXPECT_NEAR(columns["theory_distance"][k], std::sqrt(2.0) * std::pow(0.5, k), 1e-14) << k;
    EXPECT_NEAR(columns["distance"][k], columns["theory_distance"][k], 1e-14) << k;
  }
  EXPECT_EQ(report.curves[0].comparison.verdict, Verdict::agrees);
  EXPECT_THAT(report.lines[0], HasSubstr("agrees"));
}

TEST_F(Figure, ReportsALinePerCurveInAlignedColumns) {
  settings_.formats = {};
  const FigureReport report = make(two_runs);
  ASSERT_EQ(report.lines.size(), 2u);
  EXPECT_EQ(report.lines[0].find("measured"), report.lines[1].find("measured"));
  EXPECT_EQ(report.lines[0].find("theory"), report.lines[1].find("theory"));
  EXPECT_THAT(report.lines[1], StartsWith("fast "));
}

TEST_F(Figure, WithoutGnuplotStillWritesDataScriptAndCaption) {
  const FigureReport report = [this] {
    const EmptyPath path;
    return make(two_runs);
  }();
  EXPECT_THAT(report.not_drawn, HasSubstr("gnuplot-nox"));
  for (const std::string ending : {".csv", "_contours.csv", ".gp", ".md"}) {
    EXPECT_TRUE(fs::exists(folder_ / ("mine" + ending))) << ending;
  }
  EXPECT_FALSE(fs::exists(folder_ / "mine.svg"));

  // The script is whole: gnuplot draws it later.
  EXPECT_EQ(std::system(("cd '" + folder_.string() + "' && gnuplot mine.gp").c_str()), 0);
  EXPECT_TRUE(fs::exists(folder_ / "mine.svg"));
}

TEST_F(Figure, SaysWhatAFailingGnuplotSaidAndLeavesNoOldPictureBehind) {
  make(two_runs);
  ASSERT_TRUE(fs::exists(folder_ / "mine.svg"));
  const fs::path broken = folder_ / "broken_gnuplot";
  std::ofstream(broken) << "#!/bin/sh\necho 'line 3: no such terminal' >&2\nexit 5\n";
  chmod(broken.c_str(), 0755);
  settings_.gnuplot = broken.string();
  const FigureReport report = make(two_runs);
  EXPECT_THAT(report.not_drawn, HasSubstr("status 5"));
  EXPECT_THAT(report.not_drawn, HasSubstr("no such terminal"));
  EXPECT_FALSE(fs::exists(folder_ / "mine.svg"));
}

TEST_F(Figure, NoticesAGnuplotThatDrawsNothing) {
  settings_.gnuplot = "true";
  EXPECT_THAT(make(two_runs).not_drawn, HasSubstr("made no"));
}

TEST_F(Figure, OfASpecThatDoesNotFitTogetherIsRefusedBeforeAnythingIsWritten) {
  struct Case {
    std::string run;
    std::string panel;
    std::string place;
    std::string names;
  };
  const std::string convergence = "[[panel]]\nkind = \"convergence\"\n";
  const std::string paths = "[[panel]]\nkind = \"paths\"\n";
  const std::vector<Case> cases = {
      {"solver = \"momentm\"\nproblem = \"quadratic\"\n", convergence,
       "f.toml:2:10: ", "did you mean 'momentum'"},
      {"solver = \"momentum\"\nproblem = \"quadratik\"\n", convergence,
       "f.toml:3:11: ", "did you mean 'quadratic'"},
      {"solver = \"gradient_descent:learning_rat=1\"\nproblem = \"quadratic\"\n", convergence,
       "f.toml:2:10: ", "did you mean 'learning_rate'"},
      {"solver = \"gradient_descent:learning_rate=-1\"\nproblem = \"quadratic\"\n", convergence,
       "f.toml:2:10: ", "learning_rate"},
      {"solver = \"gauss_newton\"\nproblem = \"quadratic\"\n", convergence, "f.toml:2:10: ", "lacks"},
      {"solver = \"momentum\"\nproblem = \"quadratic\"\nx0 = [1, 2, 3]\n", convergence,
       "f.toml:4:6: ", "dimension 2"},
      {"solver = \"momentum\"\nproblem = \"quadratic:n=3\"\n", paths, "f.toml:4:1: ", "2 variables"},
      {"solver = \"gradient_descent\"\nproblem = \"saddle\"\n", convergence, "f.toml:4:1: ", "minimum"},
      {"solver = \"momentum\"\nproblem = \"quadratic\"\n",
       convergence + "quantity = \"coordinate\"\ncoordinates = [3]\n", "f.toml:4:1: ", "no coordinate 3"}};
  for (const Case& bad : cases) {
    const std::string error = error_of("[[run]]\n" + bad.run + bad.panel);
    EXPECT_THAT(error, StartsWith(bad.place));
    EXPECT_THAT(error, HasSubstr(bad.names));
    EXPECT_FALSE(fs::exists(folder_)) << error;
  }
}

TEST_F(Figure, IntoAFolderThatCannotBeMadeIsAnInputErrorThatNamesIt) {
  fs::create_directories(folder_.parent_path());
  std::ofstream(folder_) << "a file stands here";
  try {
    make(two_runs);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(folder_.string()));
  }
}

// (1 - eta lambda)^k with eta = 0.5 and the eigenvalues 1 and 3, which is 0.5^k for both.
TEST_F(Figure, HoldsTheErrorInEigenvectorsAgainstItsRecurrence) {
  const FigureReport report = make(R"(
problem = "quadratic:eigenvalues=1;3"
[limits]
max_iterations = 3
gradient_tolerance = 0
[[run]]
solver = "gradient_descent:learning_rate=0.5"
[[panel]]
kind = "convergence"
quantity = "mode"
modes = [1, 2]
)");
  EXPECT_EQ(report.gnuplot_warnings, "");
  std::istringstream csv(content("f.csv"));
  std::string line;
  std::getline(csv, line);
  const std::vector<std::string> names = fields(line);
  for (int k = 0; k <= 3; ++k) {
    std::getline(csv, line);
    const std::vector<std::string> row = fields(line);
    for (const char* name : {"mode_1", "mode_2", "theory_mode_1", "theory_mode_2"}) {
      const auto column = std::find(names.begin(), names.end(), name) - names.begin();
      EXPECT_EQ(std::stod(row.at(static_cast<std::size_t>(column))), std::pow(0.5, k)) << name << " " << k;
    }
  }
  EXPECT_THAT(content("f.gp"), HasSubstr("theory_mode_2"));
}

// Start and minimiser have the same second coordinate, and a log panel comes before one with negative
// coordinates.
TEST_F(Figure, ChoosesRangesThatGnuplotTakesWithoutAWord) {
  const FigureReport report = make(R"(
problem = "rosenbrock"
[[run]]
solver = "gradient_descent:step=armijo"
max_iterations = 100
[[panel]]
kind = "convergence"
x_scale = "log"
[[panel]]
kind = "paths"
)");
  EXPECT_EQ(report.not_drawn, "");
  EXPECT_EQ(report.gnuplot_warnings, "");
}

// gnuplot itself puts ten numbers on every axis, however short.
TEST_F(Figure, OfANarrowPanelHasRoomBetweenTheNumbersOfItsAxis) {
  make(R"(
problem = "rosenbrock"
[limits]
max_iterations = 20000
gradient_tolerance = 0
[[run]]
solver = "gradient_descent:learning_rate=1e-4"
[[panel]]
kind = "convergence"
width = 5
)");
  EXPECT_THAT(content("f.gp"), HasSubstr("set xtics 10000\n"));
}

// A quote and a comma in one field of a CSV confuse gnuplot's count of columns.
TEST_F(Figure, TakesAnyLabelAndCutsOneThatIsWiderThanThePage) {
  const std::string words =
      "with, \\\"quotes\\\", and on and on and on and on and on and on and on and on and on";
  const FigureReport report = make("problem = \"rosenbrock\"\n[[run]]\nlabel = \"" + words +
                                   "\"\nsolver = \"bfgs\"\n[[panel]]\nkind = \"convergence\"\nagainst = "
                                   "\"evaluations\"\nwidth = 6\n");
  EXPECT_EQ(report.not_drawn, "");
  EXPECT_EQ(report.gnuplot_warnings, "");
  EXPECT_THAT(content("f.gp"), HasSubstr("with, \"quotes\", and on"));
  EXPECT_THAT(content("f.gp"), HasSubstr("…'"));
}

TEST_F(Figure, OfARunThatDivergesStaysWithinItsRanges) {
  const FigureReport report = make(R"(
problem = "quadratic:eigenvalues=1;3"
[limits]
max_iterations = 2000
[[run]]
solver = "gradient_descent:learning_rate=10"
[[panel]]
kind = "paths"
[[panel]]
kind = "convergence"
)");
  EXPECT_EQ(report.not_drawn, "");
  EXPECT_EQ(report.curves[0].stop, StopReason::diverged);
}

}  // namespace
}  // namespace optbed::figure_test
