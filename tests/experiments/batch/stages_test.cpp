#include "experiments/batch/stages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "experiments/version.hpp"
#include "problems/all_problems.hpp"

namespace optbed::stages_test {
namespace {

namespace fs = std::filesystem;

constexpr double infinity = std::numeric_limits<double>::infinity();

// Trials with results of our own: settings 1, 2, 3 of gradient descent with three seeds.
class Choice : public ::testing::Test {
 protected:
  Choice() {
    std::string path = (fs::temp_directory_path() / "optbed_stages_XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~Choice() override { fs::remove_all(folder_); }

  struct Outcome {
    double value;
    long iterations = 10;
    bool solved = false;
    std::string stop = "max_iterations";
  };

  // outcomes[setting][seed]
  TuningChoice choice(const std::string& measure, const std::vector<std::vector<Outcome>>& outcomes) {
    const std::string text =
        "name = 'c'\nproblems = ['rosenbrock']\n[[tuning]]\nsolver = 'gradient_descent'\nseeds = "
        "[1, 2, 3]\nmeasure = '" +
        measure + "'\n[tuning.options]\nlearning_rate = [1, 2, 3]\n";
    const ProblemRegistry problems = all_problems();
    const SolverRegistry solvers = all_solvers();
    const BatchSpec spec = parse_batch_spec(text, "c.toml", problems, solvers);
    const Plan trials(spec_of_trials(spec, spec.tunings[0]), problems, solvers);
    Store store((folder_ / "s").string(), Store::Access::write);
    store.begin();
    for (std::size_t i = 0; i < trials.size(); ++i) {
      FinishedRun run;
      run.description = trials.run(i);
      run.name = run_name(run.description, version());
      const auto setting = static_cast<std::size_t>(run.description.solver.back() - '1');
      const Outcome& outcome = outcomes.at(setting).at(run.description.seed - 1);
      run.result.value = outcome.value;
      run.result.iterations = outcome.iterations;
      run.result.solved = outcome.solved;
      run.stop = outcome.stop;
      store.insert(run, this_environment());
    }
    store.commit();
    const std::vector<TuningChoice> choices = choices_of(spec.tunings[0], trials, store);
    EXPECT_EQ(choices.size(), 1U);
    return choices.at(0);
  }

  fs::path folder_;
};

TEST_F(Choice, IsTheLeastMedianValue) {
  const TuningChoice best = choice("value", {{{0}, {9}, {9}}, {{5}, {4}, {3}}, {{7}, {7}, {0}}});
  EXPECT_EQ(best.setting, "gradient_descent:learning_rate=2");
  EXPECT_EQ(best.value, 4);
}

TEST_F(Choice, TakesAValueThatIsNotANumberOrOfAFailedRunForTheWorst) {
  const TuningChoice best = choice("value", {{{std::nan("")}, {infinity}, {0}},
                                             {{-5, 1, false, "exception"}, {-5, 1, false, "exception"}, {-5}},
                                             {{7}, {std::nan("")}, {8}}});
  EXPECT_EQ(best.setting, "gradient_descent:learning_rate=3");
  EXPECT_EQ(best.value, 8);
}

TEST_F(Choice, TakesWhatARunHadReachedWhenItsTimeWasUp) {
  const std::vector<Outcome> timed(3, {5, 1, false, "max_seconds"});
  const std::vector<Outcome> diverged(3, {1, 1, false, "diverged"});
  EXPECT_EQ(choice("value", {diverged, timed, std::vector<Outcome>(3, {7})}).setting,
            "gradient_descent:learning_rate=2");
}

TEST_F(Choice, ByIterationsPrefersSettingsThatSolve) {
  const TuningChoice best = choice("iterations", {{{-9, 1}, {-9, 1}, {-9, 1}},
                                                  {{1, 30, true}, {1, 40, true}, {1, 50, false}},
                                                  {{1, 20, true}, {1, 45, true}, {1, 46, true}}});
  EXPECT_EQ(best.setting, "gradient_descent:learning_rate=2");
  EXPECT_EQ(best.cost, 40);
}

TEST_F(Choice, ByIterationsIsTheLeastValueWhereNoneSolves) {
  EXPECT_EQ(choice("iterations", {{{3}, {3}, {3}}, {{2}, {2}, {2}}, {{4}, {4}, {4}}}).setting,
            "gradient_descent:learning_rate=2");
}

TEST_F(Choice, IsNoneWhereNothingEndsWithANumber) {
  const std::vector<Outcome> bad(3, {std::nan("")});
  EXPECT_EQ(choice("value", {bad, bad, bad}).setting, "");
}

TEST(Stages, ReportAChosenSettingOnItsProblemOnly) {
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  const std::string text =
      "name = 'c'\nproblems = ['rosenbrock', 'beale']\n[[tuning]]\nsolver = 'gradient_descent'\n"
      "seeds = [1]\n[tuning.options]\nlearning_rate = [1, 2]\n"
      "[[override]]\nsolver = 'gradient_descent'\nproblem = 'beale'\nmax_iterations = 7\n";
  const BatchSpec spec = parse_batch_spec(text, "c.toml", problems, solvers);
  EXPECT_EQ(Plan(spec, problems, solvers).size(), 2U);
  const BatchSpec reports = spec_of_reports(spec, {{{"rosenbrock", "gradient_descent:learning_rate=1"},
                                                    {"beale", "gradient_descent:learning_rate=2"}}});
  const Plan plan(reports, problems, solvers);
  ASSERT_EQ(plan.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const RunDescription run = plan.run(i);
    const bool is_beale = run.problem == "beale";
    EXPECT_EQ(run.solver, is_beale ? "gradient_descent:learning_rate=2" : "gradient_descent:learning_rate=1");
    EXPECT_EQ(run.limits.max_iterations == 7, is_beale);
    EXPECT_EQ(run.tuning, "gradient_descent (tuned)");
  }
  // Where no setting was any good there is nothing to run, which is no error.
  EXPECT_EQ(Plan(spec_of_reports(spec, {{}}), problems, solvers).size(), 0U);
}

}  // namespace
}  // namespace optbed::stages_test
