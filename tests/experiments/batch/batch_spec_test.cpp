#include "experiments/batch/batch_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "experiments/batch/alternatives.hpp"
#include "experiments/batch/plan.hpp"
#include "problems/all_problems.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::batch_spec_test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const ProblemRegistry problems = all_problems();
const SolverRegistry solvers = all_solvers();

BatchSpec spec(const std::string& text) { return parse_batch_spec(text, "b.toml", problems, solvers); }
Plan plan(const std::string& text) { return Plan(spec(text), problems, solvers); }

std::string error_of(const std::string& text) {
  try {
    plan(text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return {};
}

template <class T>
std::vector<T> values(const std::vector<Placed<T>>& placed) {
  std::vector<T> all;
  all.reserve(placed.size());
  for (const auto& one : placed) all.push_back(one.value);
  return all;
}

const std::string small = R"(
name = "small"
problems = ["rosenbrock", "quadratic:n=10|100,kappa=10|1e4"]
solvers  = ["lbfgs", "gradient_descent:step=optimal|armijo"]
seeds    = [1, 2, 3]
)";

TEST(Alternatives, MultiplyTheValuesBetweenBarsWithTheLastVaryingFastest) {
  EXPECT_THAT(alternatives("quadratic:n=10|100,kappa=10|1e4"),
              ElementsAre("quadratic:n=10,kappa=10", "quadratic:n=10,kappa=1e4", "quadratic:n=100,kappa=10",
                          "quadratic:n=100,kappa=1e4"));
}

TEST(Alternatives, LeaveATextWithoutBarsAsItIs) {
  const std::string text = "curve_fit:data=a.csv,model=\"pow(x, b1)\"";
  EXPECT_THAT(alternatives(text), ElementsAre(text));
}

TEST(Alternatives, KeepValuesWithCommasReadable) {
  for (const std::string& text : alternatives("curve_fit:start=1|2,model=\"f(a, b)\"")) {
    EXPECT_EQ(parse_specification(text).options[1].second, "f(a, b)") << text;
  }
}

TEST(Alternatives, RefuseAnEmptyValue) {
  EXPECT_THROW(alternatives("quadratic:n=10|"), UsageError);
  EXPECT_THROW(alternatives("quadratic:n=|10"), UsageError);
}

TEST(BatchSpec, OfTheSmallestFormHasTheDefaultsOfRun) {
  const BatchSpec read = spec(small + "[limits]\nmax_iterations = 1000\ngradient_tolerance = 1e-6\n");
  EXPECT_EQ(read.name, "small");
  EXPECT_EQ(read.problems.size(), 5U);
  EXPECT_THAT(values(read.solvers),
              ElementsAre("lbfgs", "gradient_descent:step=optimal", "gradient_descent:step=armijo"));
  EXPECT_THAT(read.seeds.value, ElementsAre(1, 2, 3));
  EXPECT_THAT(values(read.starts), ElementsAre("standard"));
  EXPECT_EQ(read.limits.front().max_iterations, 1000);
  EXPECT_EQ(read.limits.front().gradient_tolerance, 1e-6);
  EXPECT_EQ(read.trace.trigger.kind, Trigger::Kind::every);
}

TEST(BatchSpec, ErrorsNameTheFileTheLineAndTheColumn) {
  EXPECT_THAT(error_of("name = \"a\"\nproblem = [\"rosenbrock\"]\n"),
              AllOf(StartsWith("b.toml:2:1: "), HasSubstr("did you mean 'problems'?")));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrok\"]\nsolvers = [\"lbfgs\"]\n"),
              AllOf(StartsWith("b.toml:2:13: "), HasSubstr("did you mean 'rosenbrock'?")));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"landscape\"]\nsolvers = [\"lbfgs\"]\n"),
              HasSubstr("did you mean 'landscapes'?"));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\n"), StartsWith("b.toml:"));
  EXPECT_THAT(error_of(small + "[limits]\nmax_iterations = -1\n"), HasSubstr("b.toml:7:18"));
  EXPECT_THAT(error_of(small + "[trace]\nproperties = [\"valu\"]\n"), HasSubstr("did you mean 'value'?"));
}

TEST(BatchSpec, RefusesAnEmptyProduct) {
  EXPECT_THAT(error_of("name = \"a\"\nproblems = []\nsolvers = [\"lbfgs\"]\n"), HasSubstr("needs 'problems'"));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrock\"]\n"), HasSubstr("needs 'solvers'"));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\nseeds = []\n"),
              HasSubstr("'seeds' is empty"));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lu\"]\n"),
              HasSubstr("nothing to run"));
}

TEST(BatchSpec, RefusesMoreRunsThanAProgramCanNumber) {
  EXPECT_THAT(
      error_of("name = \"a\"\nproblems = [\"quadratic:n=2|3|4|5|6|7|8|9|10|11|12\"]\nsolvers = [\"lbfgs\"]\n"
               "seeds = \"1..10000000\"\n"),
      HasSubstr("the batch has 1.1e+08 runs (11 pairs with their limits, 1 starts, 10000000 seeds), more "
                "than 1e+08"));
}

TEST(BatchSpec, RefusesTwoRunsOfTheSameName) {
  const std::string twice =
      "name = \"a\"\nproblems = [\"rosenbrock\",\n \"rosenbrock\"]\nsolvers = [\"lbfgs\"]\n";
  EXPECT_THAT(error_of(twice), AllOf(StartsWith("b.toml:3:2: "), HasSubstr("also at b.toml:2:13")));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"quadratic:n=2|2\"]\nsolvers = [\"lbfgs\"]\n"),
              HasSubstr("is there twice"));
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\nseeds = [1, 1]\n"),
              HasSubstr("the seed 1 is there twice"));
}

// Moré, Garbow & Hillstrom (1981) have 35 problems; NIST's nonlinear sets are 27, the linear ones 11.
TEST(BatchSpec, KnowsNamedSetsAndGivesTheirMembersTheOptions) {
  const std::string begin = "name = \"a\"\nsolvers = [\"lbfgs\"]\nproblems = ";
  EXPECT_EQ(spec(begin + "[\"mgh\"]\n").problems.size(), 35U);
  EXPECT_EQ(spec(begin + "[\"nist\"]\n").problems.size(), 38U);
  const BatchSpec scaled = spec(begin + "[\"mgh:start_scale=1|10\"]\n");
  ASSERT_EQ(scaled.problems.size(), 70U);
  EXPECT_THAT(scaled.problems[1].value, ::testing::EndsWith(":start_scale=10"));
  EXPECT_THAT(values(spec(begin + "[\"convex\"]\n").problems), ::testing::Contains("logistic_regression"));
  EXPECT_THAT(values(spec(begin + "[\"convex\"]\n").problems),
              ::testing::Not(::testing::Contains("rosenbrock")));
}

TEST(BatchSpec, ReadsStartsSeedsAndTrace) {
  const BatchSpec read = spec(R"(
name = "a"
problems = ["rosenbrock"]
solvers = ["lbfgs"]
starts = ["standard", "10x", [1.5, -2]]
seeds = "5..8"
[trace]
trigger = "logarithmic"
points_per_decade = 4
properties = ["value", "evaluations"]
iterates = true
)");
  EXPECT_THAT(values(read.starts), ElementsAre("standard", "10x", "1.5;-2"));
  EXPECT_THAT(read.seeds.value, ElementsAre(5, 6, 7, 8));
  EXPECT_EQ(read.trace.trigger.kind, Trigger::Kind::logarithmic);
  EXPECT_EQ(read.trace.trigger.points_per_decade, 4);
  EXPECT_TRUE(read.trace.value && read.trace.evaluations && read.trace.iterates);
  EXPECT_FALSE(read.trace.seconds || read.trace.gradient_norm || read.trace.properties);
}

TEST(BatchSpec, RefusesStartsAndSeedsThatMakeNoSense) {
  const std::string begin = "name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\n";
  EXPECT_THAT(error_of(begin + "starts = [\"tenx\"]\n"), HasSubstr("b.toml:4:11"));
  EXPECT_THAT(error_of(begin + "starts = [[1, 2, 3]]\n"), HasSubstr("3 numbers"));
  EXPECT_THAT(error_of(begin + "starts = [\"standard\", \"1x\"]\n"),
              HasSubstr("the start standard is there twice"));
  EXPECT_THAT(error_of(begin + "starts = [\"10x\", \"1e1x\"]\n"), HasSubstr("the start 10x is there twice"));
  EXPECT_THAT(error_of(begin + "starts = []\n"), HasSubstr("b.toml:4:10: a batch: 'starts' is empty"));
  EXPECT_THAT(error_of(begin + "seeds = \"8..5\"\n"), HasSubstr("'8..5' goes down"));
  EXPECT_THAT(error_of(begin + "seeds = \"1..10000001\"\n"), HasSubstr("more than 10000000 seeds"));
  EXPECT_THAT(error_of(begin + "seeds = 3\n"), HasSubstr("or a range as \"1..100\", found integer"));
  EXPECT_THAT(error_of(begin + "seeds = \"-1..5\"\n"), HasSubstr("FIRST..LAST"));
  EXPECT_THAT(error_of(begin + "seeds = [-1]\n"), HasSubstr("at least 0"));
  EXPECT_THAT(error_of("name = \"../a\"\n"), HasSubstr("'name'"));
}

TEST(BatchSpec, RefusesWhatTheTriggerDoesNotAskFor) {
  EXPECT_THAT(error_of(small + "[trace]\ntrigger = \"logarithmic\"\ninterval = 5\n"),
              HasSubstr("'interval' goes with trigger = \"every\" only"));
  EXPECT_THAT(error_of(small + "[trace]\npoints_per_decade = 5\n"),
              HasSubstr("'points_per_decade' goes with trigger = \"logarithmic\" only"));
  EXPECT_EQ(spec(small + "[trace]\ninterval = 5\n").trace.trigger.interval, 5);
  // What another file said of its trigger is no part of what the run is named after.
  const testing::TemporaryFile included("[trace]\ntrigger = \"logarithmic\"\npoints_per_decade = 3\n", ".toml");
  const std::string include = "include = [\"" + included.path() + "\"]\n";
  const std::string end = small.substr(small.find("problems")) + "[trace]\ntrigger = \"every\"\n";
  const RunDescription with = plan("name = \"b\"\n" + include + end).run(0);
  EXPECT_EQ(run_name(with, "1"), run_name(plan("name = \"b\"\n" + end).run(0), "1"));
}

TEST(BatchSpec, SaysWhatTheFileIsThatWasMeant) {
  const auto error_of_name = [](const std::string& name) -> std::string {
    try {
      find_batch_spec(name, problems, solvers);
    } catch (const std::exception& error) {
      return error.what();
    }
    return "none";
  };
  const testing::TemporaryFile written(small, ".toml");
  const std::string& path = written.path();
  EXPECT_THAT(error_of_name(path.substr(0, path.size() - 5)), HasSubstr("did you mean the file " + path));
  const testing::TemporaryFile store(std::string("SQLite format 3\0", 16), ".sqlite");
  EXPECT_THAT(error_of_name(store.path()), HasSubstr("is a store of runs, not the spec of a batch"));
}

TEST(BatchSpec, OverridesAreOfThePairsTheyName) {
  const Plan overridden = plan(small + R"(
[limits]
max_iterations = 100
[[override]]
solver = "gradient_descent"
max_iterations = 5000
[[override]]
problem = "quadratic:n=10,kappa=10"
solver = "gradient_descent:step=armijo"
max_evaluations = 7
[[override]]
problem = "rosenbrock"
solver = "gradient_descent:step=armijo"
skip = true
)");
  for (std::size_t i = 0; i < overridden.size(); ++i) {
    const RunDescription run = overridden.run(i);
    EXPECT_EQ(run.limits.max_iterations, run.solver == "lbfgs" ? 100 : 5000);
    const bool named = run.problem == "quadratic:n=10,kappa=10" && run.solver == "gradient_descent:step=armijo";
    EXPECT_EQ(run.limits.max_evaluations, named ? 7 : 0);
  }
  EXPECT_EQ(overridden.skipped().size(), 2U);
  EXPECT_THAT(error_of(small + "[[override]]\nproblem = \"beale\"\nskip = true\n"),
              HasSubstr("b.toml:6:1: [[override]] fits no pair of this batch: problem 'beale', solver 'any'"));
}

TEST(BatchSpec, SeveralLimitsMultiply) {
  const std::string several =
      small + "[limits]\nmax_iterations = [10, 100]\ngradient_tolerance = [1e-3, 1e-6]\n";
  const Plan multiplied = plan(several);
  ASSERT_EQ(multiplied.size(), 4 * plan(small).size());
  std::set<std::pair<long, double>> found;
  std::set<std::string> names;
  for (std::size_t i = 0; i < multiplied.size(); ++i) {
    const RunDescription run = multiplied.run(i);
    found.emplace(run.limits.max_iterations, run.limits.gradient_tolerance);
    names.insert(run_name(run, "1").text());
  }
  EXPECT_THAT(found, ElementsAre(std::pair(10L, 1e-6), std::pair(10L, 1e-3), std::pair(100L, 1e-6),
                                 std::pair(100L, 1e-3)));
  EXPECT_EQ(names.size(), multiplied.size());
  EXPECT_EQ(multiplied.run(0).limits.max_iterations, 100);  // the largest first
}

// With the same number of iterations for both, the pairs of lbfgs differ in the tolerance alone.
TEST(BatchSpec, AnOverrideOfOneOfSeveralLimitsMakesNoRunTwice) {
  const std::string several =
      small + "[limits]\nmax_iterations = [10, 100]\ngradient_tolerance = [1e-3, 1e-6]\n";
  const Plan plain = plan(several);
  const Plan overridden = plan(several + "[[override]]\nsolver = \"lbfgs\"\nmax_iterations = 7\n");
  const auto runs_of_lbfgs = [](const Plan& all) {
    std::set<std::string> names;
    std::size_t count = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const RunDescription run = all.run(i);
      if (run.solver != "lbfgs") continue;
      ++count;
      names.insert(run_name(run, "1").text());
    }
    EXPECT_EQ(names.size(), count);
    return count;
  };
  EXPECT_EQ(2 * runs_of_lbfgs(overridden), runs_of_lbfgs(plain));
}

TEST(BatchSpec, AnIncludedListOfLimitsIsOverruledOrMultiplied) {
  const testing::TemporaryFile included("[limits]\nmax_iterations = [10, 100]\nmax_seconds = 2\n", ".toml");
  const std::string begin = "name = \"a\"\ninclude = [\"" + included.path() +
                            "\"]\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\n";
  const auto limits = [&](const std::string& lines) { return spec(begin + "[limits]\n" + lines).limits; };
  EXPECT_THAT(limits("max_iterations = 9\n"), ElementsAre(Limits{.max_iterations = 9, .max_seconds = 2}));
  EXPECT_EQ(limits("max_evaluations = [5, 50]\n").size(), 4U);
  EXPECT_EQ(limits("max_seconds = 3\n").size(), 2U);
}

TEST(BatchSpec, RefusesListsOfLimitsThatMakeNoSense) {
  EXPECT_THAT(error_of(small + "[limits]\nmax_iterations = [10, 10]\n"),
              AllOf(StartsWith("b.toml:7:23: "), HasSubstr("'max_iterations' has 10 twice")));
  EXPECT_THAT(error_of(small + "[limits]\nmax_iterations = []\n"), HasSubstr("'max_iterations' is empty"));
  EXPECT_THAT(error_of(small + "[limits]\nmax_iterations = [1, 2.5]\n"),
              HasSubstr("must be an integer, or a list of integers, found floating-point"));
  EXPECT_THAT(error_of(small + "[limits]\nmax_seconds = [1, -1]\n"), HasSubstr("must be at least 0"));
  EXPECT_THAT(
      error_of(small + "[limits]\nmax_iterations = [1, 2]\n[[tuning]]\nsolver = \"momentum\"\nseeds = [9]\n"
                       "[tuning.options]\nlearning_rate = [0.1, 0.2]\n"),
      HasSubstr("[limits] has 2 combinations of values"));
}

TEST(BatchSpec, ALaterOverrideLeavesASkipThatItDoesNotMention) {
  const std::string skipping = small + "[[override]]\nsolver = \"lbfgs\"\nskip = true\n";
  EXPECT_EQ(plan(skipping + "[[override]]\nproblem = \"rosenbrock\"\nmax_iterations = 5\n").size(),
            plan(skipping).size());
  EXPECT_EQ(plan(skipping + "[[override]]\nproblem = \"rosenbrock\"\nskip = false\n").size(),
            plan(skipping).size() + 3);
}

TEST(BatchSpec, HasWhatTwoSetsShareOnce) {
  const auto problems_of = [](const std::string& list) {
    return spec("name = \"a\"\nsolvers = [\"lbfgs\"]\nproblems = [" + list + "]\n").problems.size();
  };
  const std::size_t both = problems_of("\"mgh\", \"quadratics\"");
  EXPECT_LT(both, problems_of("\"mgh\"") + problems_of("\"quadratics\""));
  EXPECT_EQ(problems_of("\"quadratics\", \"mgh\""), both);
  EXPECT_EQ(problems_of("\"rosenbrock\", \"mgh\""), problems_of("\"mgh\""));
  EXPECT_EQ(problems_of("\"mgh\", \"rosenbrock\", \"quadratic:n=3\""), problems_of("\"mgh\"") + 1);
}

TEST(BatchSpec, SaysWhichSetsThereAre) {
  EXPECT_THAT(error_of("name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"mgh\"]\n"),
              HasSubstr("there is no solver 'mgh'\n  'optbed list solvers' lists them; sets of solvers: all"));
}

TEST(BatchSpec, IncludesAFileThatItMayOverrule) {
  const testing::TemporaryFile included(
      "problems = [\"beale\"]\nseeds = [4]\n[limits]\nmax_iterations = 7\nmax_evaluations = 70\n", ".toml");
  const std::string name = std::filesystem::path(included.path()).filename().string();
  const std::string text =
      "name = \"a\"\ninclude = [\"" + name +
      "\"]\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\n[limits]\nmax_iterations = 9\n";
  const std::string file = (std::filesystem::path(included.path()).parent_path() / "b.toml").string();
  const BatchSpec read = parse_batch_spec(text, file, problems, solvers);
  EXPECT_THAT(values(read.problems), ElementsAre("beale", "rosenbrock"));
  EXPECT_THAT(read.seeds.value, ElementsAre(4));
  EXPECT_EQ(read.limits.front().max_iterations, 9);
  EXPECT_EQ(read.limits.front().max_evaluations, 70);
  EXPECT_EQ(read.texts.size(), 2U);
}

TEST(BatchSpec, MayNotIncludeItself) {
  const std::string file = ::testing::TempDir() + "itself.toml";
  std::ofstream(file) << "include = [\"itself.toml\"]\n";
  EXPECT_THROW(parse_batch_spec("name = \"a\"\ninclude = [\"itself.toml\"]\n", file, problems, solvers),
               UsageError);
  std::filesystem::remove(file);
  EXPECT_THROW(spec("name = \"a\"\ninclude = [\"not_there.toml\"]\n"), InputError);
}

TEST(Plan, HasEachRunOnceAndTheLargestFirst) {
  const Plan all = plan(small);
  // 5 problems, 3 solvers, 3 seeds; the optimal step needs mu and L, which Rosenbrock's function has not.
  ASSERT_EQ(all.size(), (5 * 3 - 1) * 3U);
  ASSERT_EQ(all.skipped().size(), 1U);
  EXPECT_EQ(all.skipped()[0].solver, "gradient_descent:step=optimal");
  std::set<RunName> names;
  bool past_the_large = false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const RunDescription run = all.run(i);
    names.insert(run_name(run, "1"));
    const bool large = run.problem.find("n=100") != std::string::npos;
    EXPECT_FALSE(large && past_the_large);
    past_the_large = !large;
    EXPECT_EQ(all.spec().problems[all.problem_of(i)].value, run.problem);
  }
  EXPECT_EQ(names.size(), all.size());
}

TEST(Plan, KeepsPairsThatDoNotFitWhereItIsTold) {
  const Plan all =
      plan("name = \"a\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lu\"]\nunsupported = \"record\"\n");
  EXPECT_EQ(all.size(), 1U);
  EXPECT_TRUE(all.skipped().empty());
}

}  // namespace
}  // namespace optbed::batch_spec_test
