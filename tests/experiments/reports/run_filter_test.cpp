#include "experiments/reports/run_filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"

namespace optbed::run_filter_test {
namespace {

using ::testing::HasSubstr;

FinishedRun run_of(const std::string& problem, const std::string& solver, Index n = 2) {
  FinishedRun run;
  run.description.problem = problem;
  run.description.solver = solver;
  run.description.seed = 1;
  run.stop = "gradient_tolerance";
  run.result.x.setZero(n);
  run.result.iterations = 20;
  run.result.evaluations = {.value = 3, .gradient = 4, .hessian = 5};
  run.result.solved = true;
  return run;
}

bool accepts(const std::vector<std::string>& words, const FinishedRun& run) {
  return RunFilter(words, all_problems(), all_solvers()).accepts(run);
}

std::string complaint(const std::vector<std::string>& words) {
  try {
    RunFilter(words, all_problems(), all_solvers());
  } catch (const UsageError& error) {
    return error.what();
  }
  return "none";
}

TEST(RunFilter, AcceptsEveryRunWithoutWords) { EXPECT_TRUE(accepts({}, run_of("beale", "lbfgs"))); }

TEST(RunFilter, TakesANameForAllItsOptionsAndAFullStringForItself) {
  const FinishedRun run = run_of("quadratic:n=10,kappa=1e4", "lbfgs:memory=5");
  EXPECT_TRUE(accepts({"problem=quadratic"}, run));
  EXPECT_TRUE(accepts({"solver=bfgs,lbfgs"}, run));
  EXPECT_FALSE(accepts({"solver=bfgs"}, run));
  EXPECT_FALSE(accepts({"problem=quadratic:n=10"}, run));
  EXPECT_TRUE(accepts({"problem!=quadratic:n=10"}, run));
  EXPECT_FALSE(accepts({"problem!=beale,quadratic"}, run));
}

TEST(RunFilter, TellsTheCommasOfAFullStringFromThoseOfAList) {
  const std::string words = "problem=beale,quadratic:n=10,kappa=1e4,saddle";
  EXPECT_TRUE(accepts({words}, run_of("quadratic:n=10,kappa=1e4", "lbfgs")));
  EXPECT_TRUE(accepts({words}, run_of("beale", "lbfgs")));
  EXPECT_TRUE(accepts({words}, run_of("saddle", "lbfgs")));
  EXPECT_FALSE(accepts({words}, run_of("quadratic:n=10", "lbfgs")));
}

TEST(RunFilter, KnowsTheNamedSets) {
  EXPECT_TRUE(accepts({"problem=mgh"}, run_of("brown_dennis", "lbfgs")));
  EXPECT_TRUE(accepts({"problem=nist,mgh"}, run_of("brown_dennis:factor=10", "lbfgs")));
  EXPECT_FALSE(accepts({"problem=mgh"}, run_of("quadratic", "lbfgs")));
  EXPECT_TRUE(accepts({"problem=convex"}, run_of("quadratic", "lbfgs")));
}

TEST(RunFilter, ComparesNumbers) {
  const FinishedRun run = run_of("beale", "lbfgs", 100);
  EXPECT_FALSE(accepts({"n<100"}, run));
  EXPECT_TRUE(accepts({"n<=100"}, run));
  EXPECT_TRUE(accepts({"dimension>=100"}, run));
  EXPECT_FALSE(accepts({"n>100"}, run));
  EXPECT_TRUE(accepts({"n=10,100"}, run));
  EXPECT_FALSE(accepts({"n!=10,100"}, run));
  EXPECT_TRUE(accepts({"seed=1,2"}, run));
  EXPECT_TRUE(accepts({"evaluations=12", "gradient_evaluations=4", "iterations>10"}, run));
  EXPECT_TRUE(accepts({"max_iterations=1e4"}, run));  // the default of Limits
}

TEST(RunFilter, HasAllWordsHold) {
  const FinishedRun run = run_of("beale", "lbfgs");
  EXPECT_TRUE(accepts({"n<100", "solved=yes", "stop=gradient_tolerance", "start=standard"}, run));
  EXPECT_FALSE(accepts({"n<100", "solved=no"}, run));
  EXPECT_TRUE(accepts({"solved!=no"}, run));
}

TEST(RunFilter, WhatIsNotKnownFitsNoComparison) {
  const FinishedRun run = run_of("beale", "lbfgs");  // without a gap
  EXPECT_FALSE(accepts({"gap<1"}, run));
  EXPECT_FALSE(accepts({"gap>=1"}, run));
  EXPECT_FALSE(accepts({"gap!=1"}, run));
}

TEST(RunFilter, NamesTheWordThatIsWrongAndTheNearestKey) {
  EXPECT_THAT(complaint({"n<3", "problm=mgh"}), HasSubstr("'problm=mgh'"));
  EXPECT_THAT(complaint({"problm=mgh"}), HasSubstr("did you mean 'problem'?"));
  EXPECT_THAT(complaint({"iteratoins<3"}), HasSubstr("did you mean 'iterations'?"));
  EXPECT_THAT(complaint({"n<many"}), HasSubstr("'many'"));
  EXPECT_THAT(complaint({"n=1,"}), HasSubstr("n = ''"));
  EXPECT_THAT(complaint({"solver<lbfgs"}), HasSubstr("'solver<lbfgs'"));
  EXPECT_THAT(complaint({"solved=maybe"}), HasSubstr("yes, no"));
  EXPECT_THAT(complaint({"solver="}), HasSubstr("'solver='"));
  EXPECT_THAT(complaint({"mgh"}), HasSubstr("KEY=VALUE"));
}

TEST(RunFilter, NamesWhatNoRunHasAndTheNearestThatOneHas) {
  RunFilter::Vocabulary vocabulary;
  vocabulary.add(run_of("quadratic:n=10", "lbfgs"));
  const auto complaint_of = [&vocabulary](const std::string& word) -> std::string {
    try {
      RunFilter({word}, all_problems(), all_solvers()).require_names_in(vocabulary);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(complaint_of("problem=quadratic"), "none");
  EXPECT_EQ(complaint_of("problem=quadratic:n=10"), "none");
  EXPECT_EQ(complaint_of("problem=mgh"), "none");  // a set need not have been run as a whole
  EXPECT_THAT(complaint_of("solver=lbgfs"), HasSubstr("did you mean 'lbfgs'?"));
  EXPECT_THAT(complaint_of("problem=mhg"), HasSubstr("did you mean 'mgh'?"));
  EXPECT_THAT(complaint_of("problem=quadratic:n=11"), HasSubstr("did you mean 'quadratic:n=10'?"));
}

TEST(RunFilter, TellsItsWordsFromStores) {
  EXPECT_TRUE(is_filter_word("n<100"));
  EXPECT_TRUE(is_filter_word("problem=a/b"));
  EXPECT_FALSE(is_filter_word("first.sqlite"));
  EXPECT_FALSE(is_filter_word("./n=1.sqlite"));
  EXPECT_FALSE(is_filter_word("mgh"));
}

}  // namespace
}  // namespace optbed::run_filter_test
