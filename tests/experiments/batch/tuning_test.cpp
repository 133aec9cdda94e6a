#include "experiments/batch/tuning.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "experiments/batch/batch_spec.hpp"
#include "problems/all_problems.hpp"
#include "problems/specification.hpp"

namespace optbed::tuning_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const ProblemRegistry problems = all_problems();
const SolverRegistry solvers = all_solvers();

BatchSpec spec(const std::string& tuning) {
  const std::string begin = "name = 't'\nproblems = ['rosenbrock']\nseeds = [1]\n";
  return parse_batch_spec(begin + tuning, "t.toml", problems, solvers);
}

std::vector<std::string> settings(const std::string& tuning) { return spec(tuning).tunings.at(0).settings; }

std::string error_of(const std::string& tuning) {
  try {
    spec(tuning);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

double option(const std::string& setting, const std::string& name) {
  for (const auto& [key, value] : parse_specification(setting).options) {
    if (key == name) return std::stod(value);
  }
  return std::nan("");
}

const std::string head = "[[tuning]]\nsolver = 'momentum'\nseeds = [9]\n";

TEST(Tuning, TriesEveryPointOfAGrid) {
  EXPECT_THAT(
      settings(head + "[tuning.options]\nlearning_rate = {from = 0.01, to = 1, points = 3, scale = "
                      "'logarithmic'}\nmomentum = [0.5, 0.9]\n"),
      ElementsAre("momentum:learning_rate=0.01,momentum=0.5", "momentum:learning_rate=0.01,momentum=0.9",
                  "momentum:learning_rate=0.1,momentum=0.5", "momentum:learning_rate=0.1,momentum=0.9",
                  "momentum:learning_rate=1,momentum=0.5", "momentum:learning_rate=1,momentum=0.9"));
  EXPECT_THAT(
      settings("[[tuning]]\nsolver = 'lbfgs'\nseeds = '2..3'\n[tuning.options]\nmemory = {from = 2, to = 6, "
               "points = 3, scale = 'integer'}\n"),
      ElementsAre("lbfgs:memory=2", "lbfgs:memory=4", "lbfgs:memory=6"));
}

// 200 uniform draws: each half of a logarithmic range has 100 with the standard deviation sqrt(200)/2 = 7.
TEST(Tuning, DrawsDifferentRandomSettingsEvenlyOverTheScale) {
  const std::string text = head +
                           "search = 'random'\nbudget = 200\n[tuning.options]\nlearning_rate = {from = 1e-4, "
                           "to = 1, scale = 'logarithmic'}\nmomentum = [0.5, 0.9]\n";
  const std::vector<std::string> drawn = settings(text);
  ASSERT_THAT(drawn, SizeIs(200));
  EXPECT_THAT(std::set<std::string>(drawn.begin(), drawn.end()), SizeIs(200));
  int below = 0;
  int first = 0;
  for (const std::string& setting : drawn) {
    const double rate = option(setting, "learning_rate");
    EXPECT_GE(rate, 1e-4);
    EXPECT_LE(rate, 1);
    below += rate < 1e-2;
    first += option(setting, "momentum") == 0.5;
  }
  EXPECT_NEAR(below, 100, 5 * 7.1);
  EXPECT_NEAR(first, 100, 5 * 7.1);
  EXPECT_EQ(settings(text), drawn);
  EXPECT_NE(settings("[[tuning]]\ndraw = 1\n" + text.substr(text.find("solver"))), drawn);
}

TEST(Tuning, KeepsItsRandomValuesWithinANarrowRange) {
  const std::vector<std::string> drawn = settings(
      head + "search = 'random'\nbudget = 50\n[tuning.options]\nmomentum = {from = 0.9995, to = 0.99999}\n");
  for (const std::string& setting : drawn) {
    EXPECT_GE(option(setting, "momentum"), 0.9995);
    EXPECT_LE(option(setting, "momentum"), 0.99999);
  }
}

TEST(Tuning, OfIntegersReachesBothEnds) {
  const std::vector<std::string> drawn = settings(
      "[[tuning]]\nsolver = 'lbfgs'\nseeds = [9]\nsearch = 'random'\nbudget = 4\n[tuning.options]\nmemory = "
      "{from = 3, to = 6, scale = 'integer'}\n");
  EXPECT_THAT(drawn, ::testing::UnorderedElementsAre("lbfgs:memory=3", "lbfgs:memory=4", "lbfgs:memory=5",
                                                     "lbfgs:memory=6"));
}

TEST(Tuning, SaysWhatIsWrongAndWhere) {
  const std::string options = "[tuning.options]\nlearning_rate = [0.1, 0.2]\n";
  EXPECT_EQ(error_of(head + options), "none");
  EXPECT_THAT(error_of(head), HasSubstr("t.toml:4:1: [[tuning]] needs [tuning.options]"));
  EXPECT_THAT(error_of("[[tuning]]\nsolver = 'momentum'\n" + options),
              HasSubstr("needs 'seeds' for its trials"));
  EXPECT_THAT(error_of("[[tuning]]\nsolver = 'momentun'\n" + options), HasSubstr("did you mean 'momentum'"));
  EXPECT_THAT(error_of("[[tuning]]\nsolver = 'momentum'\nseeds = [1]\n" + options),
              HasSubstr("t.toml:6:9: [[tuning]]: the seed 1 is among the batch's 'seeds' too"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rat = [0.1]\n"),
              HasSubstr("t.toml:8:1: [tuning.options] of momentum has no key 'learning_rat'; did you mean "
                        "'learning_rate'?"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rate = []\n"), HasSubstr("has no values to try"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rate = {from = 1, to = 0.1}\n"),
              HasSubstr("'from' must be less than 'to'"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rate = {from = 0, to = 1, points = 2, scale = "
                              "'logarithmic'}\n"),
              HasSubstr("needs 'from' > 0"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rate = {from = 0, to = 1}\n"),
              HasSubstr("needs 'points'"));
  EXPECT_THAT(error_of("[[tuning]]\nsolver = 'momentum:learning_rate=1'\nseeds = [9]\n" + options),
              HasSubstr("'learning_rate' is fixed to 1"));
  EXPECT_THAT(error_of(head + "search = 'random'\n" + options), HasSubstr("needs a 'budget'"));
  EXPECT_THAT(error_of(head + "search = 'random'\nbudget = 1000000000\n" + options),
              HasSubstr("is more than 1000000"));
  EXPECT_THAT(error_of(head + "label = ''\n" + options), HasSubstr("'label' is empty"));
  EXPECT_THAT(error_of(head + "search = 'random'\nbudget = 3\n" + options),
              HasSubstr("no 3 different settings were found, only 2"));
  EXPECT_THAT(error_of(head + "budget = 2\n[tuning.options]\nlearning_rate = [0.1, 0.2, 0.3]\n"),
              HasSubstr("more settings than the budget of 2"));
  EXPECT_THAT(error_of(head + options + head + options), HasSubstr("give each [[tuning]] a 'label'"));
  EXPECT_THAT(error_of(head + "[tuning.options]\nlearning_rate = [0.1, 1e-1]\n"),
              HasSubstr("has the value 0.1 twice"));
  EXPECT_THAT(
      error_of("solvers = ['bfgs']\n[[tuning]]\nsolver = 'momentum'\nlabel = 'bfgs'\nseeds = [9]\n" + options),
      HasSubstr("the label 'bfgs' is a solver of the batch"));
  EXPECT_THAT(
      error_of("[[tuning]]\nsolver = 'lbfgs'\nseeds = [9]\n[tuning.options]\nmemory = {from = 2.5, to = 6, "
               "points = 2, scale = 'integer'}\n"),
      HasSubstr("needs integers at its ends"));
}

}  // namespace
}  // namespace optbed::tuning_test
