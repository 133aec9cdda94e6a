#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <random>
#include <sstream>

#include "experiments/store/store.hpp"
#include "tests/experiments/command_line.hpp"

namespace optbed::batch_command_test {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Json;
using ::testing::StartsWith;
using testing::Words;

const std::string first = R"(
name = "first"
problems = ["rosenbrock", "quadratic:n=10|100,kappa=10|1e4"]     # values separated by | multiply
solvers  = ["lbfgs", "gradient_descent:step=optimal|armijo"]
seeds    = [1, 2, 3]
[limits]                                                          # the limits above, with underscores
max_iterations = 1000
gradient_tolerance = 1e-8
)";

// 4 runs a seed, of some tenths of a millisecond each.
std::string many(int seeds) {
  return "seeds = \"1.." + std::to_string(seeds) + "\"\n" + R"(
name = "many"
problems = ["quadratic:n=20,kappa=1e3"]
solvers = ["gradient_descent:learning_rate=0.0005|0.001", "metropolis_hastings", "simulated_annealing"]
[limits]
max_iterations = 1000
[trace]
trigger = "logarithmic"
)";
}

class Batch : public testing::CommandLine {
 protected:
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void expect_same_results(const std::string& a, const std::string& b) const {
    const Store one(path(a), Store::Access::read);
    const Store other(path(b), Store::Access::read);
    ASSERT_EQ(one.names(), other.names());
    one.for_each(Store::Part::whole, [&other](const FinishedRun& run) {
      EXPECT_THAT(differences(run, other.run(run.name)), IsEmpty()) << run.description.solver;
    });
  }

  // What the program takes to begin with its runs on this machine, as it is built.
  std::chrono::milliseconds start_time() const {
    write("one.toml", "name = \"one\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\n");
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(optbed({"batch", "one.toml", "--quiet"}).exit_code, 0);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  }

  std::size_t runs_in(const std::string& store) const {
    return Store(path(store), Store::Access::read).names().size();
  }
};

TEST_F(Batch, OfTheSmallestFormHasTheRunsThatRunMakes) {
  write("first.toml", first);
  const ProgramOutput output = optbed({"batch", "first.toml"});
  ASSERT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("42 of 42 runs made"));
  EXPECT_THAT(output.out, HasSubstr("1 pair skipped"));
  int looked_at = 0;
  Store(path("first.sqlite"), Store::Access::read)
      .for_each(Store::Part::whole, [this, &looked_at](const FinishedRun& stored) {
        if (stored.description.seed != 2) return;
        ++looked_at;
        const Json run =
            json_of({"run", "-p", stored.description.problem, "-s", stored.description.solver, "--seed", "2",
                     "--max-iterations", "1000", "--gradient-tolerance", "1e-8", "--json"});
        EXPECT_EQ(run["stop"], stored.stop);
        EXPECT_EQ(run["solved"], stored.result.solved);
        EXPECT_EQ(run["iterations"], stored.result.iterations);
        EXPECT_EQ(run["evaluations"]["value"], stored.result.evaluations.value);
        EXPECT_EQ(run["evaluations"]["gradient"], stored.result.evaluations.gradient);
        EXPECT_EQ(run["value"].get<double>(), stored.result.value);
        EXPECT_EQ(run["gap"].get<double>(), *stored.result.gap);
        EXPECT_EQ(run["gradient_norm"].get<double>(), stored.result.gradient_norm);
        EXPECT_EQ(run["x"][1].get<double>(), stored.result.x[1]);
        EXPECT_EQ(run["dimension"], stored.result.x.size());
      });
  EXPECT_EQ(looked_at, 14);
}

// Methods that draw random numbers have those that `run --seed` gives them.
TEST_F(Batch, HasTheRandomNumbersOfRun) {
  write("r.toml", "name = \"r\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"cma_es\"]\nseeds = [7]\n");
  ASSERT_EQ(optbed({"batch", "r.toml"}).exit_code, 0);
  const Json run = json_of({"run", "-p", "rosenbrock", "-s", "cma_es", "--seed", "7", "--json"});
  ASSERT_EQ(runs_in("r.sqlite"), 1U);
  Store(path("r.sqlite"), Store::Access::read).for_each(Store::Part::whole, [&run](const FinishedRun& stored) {
    EXPECT_EQ(run["x"][0].get<double>(), stored.result.x[0]);
    EXPECT_EQ(run["iterations"], stored.result.iterations);
  });
}

TEST_F(Batch, WritesNothingWhereTheSpecIsWrong) {
  write("b.toml", "name = \"b\"\nproblems = [\"rosenbrock\"]\nsolver = [\"lbfgs\"]\n");
  const ProgramOutput output = optbed({"batch", "b.toml", "--json-log", "log"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, AllOf(HasSubstr("b.toml:3:1"), HasSubstr("did you mean 'solvers'?")));
  std::filesystem::remove(path("b.toml"));
  EXPECT_TRUE(folder_is_empty());
  EXPECT_EQ(optbed({"batch", "b.toml"}).exit_code, 3);
  EXPECT_EQ(optbed({"batch"}).exit_code, 2);
}

TEST_F(Batch, HasTheSameResultsWhateverTheNumberOfThreads) {
  write("many.toml", many(500));
  ASSERT_EQ(optbed({"batch", "many.toml", "-j", "1", "--store", "one", "--quiet"}).exit_code, 0);
  const ProgramOutput two = optbed({"batch", "many.toml", "-j", "2", "--store", "two", "--quiet"});
  ASSERT_EQ(two.exit_code, 0);
  EXPECT_EQ(two.err, "");
  EXPECT_EQ(runs_in("one"), 2000U);
  expect_same_results("one", "two");
}

// Some of the kills come before the first run, and the last ones may find nothing left to do.
TEST_F(Batch, KilledAtFiftyMomentsTakesUpWhereItStopped) {
  write("many.toml", many(2000));
  const Words words = {"batch", "many.toml", "-j", "2", "--store", "s", "--quiet"};
  const std::chrono::milliseconds start = start_time();
  std::mt19937 random(6);
  std::size_t before = 0;
  int in_the_middle = 0;
  for (int i = 0; i < 50; ++i) {
    const auto most = static_cast<std::uint64_t>(start.count()) + 150;
    const std::chrono::milliseconds time = start / 2 + std::chrono::milliseconds(random() % most);
    const bool killed = run_program_until(words, folder_, time, SIGKILL).exit_code == 128 + SIGKILL;
    if (!std::filesystem::exists(path("s"))) continue;
    const std::size_t now = runs_in("s");
    EXPECT_GE(now, before);
    in_the_middle += killed && now > before;
    before = now;
  }
  EXPECT_GT(in_the_middle, 0);  // runs were stored, and then it was killed
  ASSERT_EQ(optbed(words).exit_code, 0);
  ASSERT_EQ(optbed({"batch", "many.toml", "--store", "undisturbed", "--quiet"}).exit_code, 0);
  EXPECT_EQ(runs_in("s"), 8000U);
  expect_same_results("s", "undisturbed");
}

TEST_F(Batch, InterruptedKeepsWhatWasFinished) {
  write("long.toml", R"(
name = "long"
problems = ["quadratic:n=20,kappa=1e3", "quadratic:n=2000,kappa=1e6"]
solvers = ["gradient_descent:learning_rate=1e-7"]
[limits]
max_iterations = 1000000000
[trace]
trigger = "logarithmic"
[[override]]
problem = "quadratic:n=20,kappa=1e3"
max_iterations = 10
)");
  const auto output = run_program_until({"batch", "long.toml", "-j", "2", "--json-log", "log"}, folder_,
                                        std::chrono::milliseconds(1000), SIGINT);
  EXPECT_EQ(output.exit_code, 130) << output.err;
  EXPECT_THAT(output.out, HasSubstr("1 of 2 runs made"));
  EXPECT_EQ(runs_in("long.sqlite"), 1U);
  std::ifstream log(path("log"));
  std::vector<Json> events;
  for (std::string line; std::getline(log, line);) events.push_back(Json::parse(line));
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0]["event"], "start");
  EXPECT_EQ(events[1]["event"], "run");
  EXPECT_EQ(events[1]["iterations"], 10);
  EXPECT_EQ(events[1]["dimension"], 20);
  EXPECT_EQ(events[2]["event"], "interrupted");
}

TEST_F(Batch, ShardsPartTheRunsAndMergeToTheWhole) {
  write("first.toml", first);
  ASSERT_EQ(optbed({"batch", "first.toml", "--quiet"}).exit_code, 0);
  Words merge = {"merge", "merged"};
  std::size_t sum = 0;
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    const ProgramOutput output = optbed({"batch", "first.toml", "--shard", shard, "--quiet"});
    ASSERT_EQ(output.exit_code, 0) << output.err;
    merge.push_back(std::string("first.") + shard[0] + "-of-3.sqlite");
    sum += runs_in(merge.back());
  }
  EXPECT_EQ(sum, 42U);
  ASSERT_EQ(optbed(merge).exit_code, 0);
  expect_same_results("first.sqlite", "merged");
  for (const char* wrong : {"0/3", "4/3", "1/0", "1", "a/b", "-1/3", "1/3/3"}) {
    EXPECT_EQ(optbed({"batch", "first.toml", "--shard", wrong}).exit_code, 2) << wrong;
  }
}

TEST_F(Batch, DryRunTellsWhatWouldBeRunAndWritesNothing) {
  write("first.toml", first);
  const ProgramOutput output = optbed({"batch", "first.toml", "--dry-run"});
  EXPECT_EQ(output.exit_code, 0);
  EXPECT_THAT(output.out, AllOf(HasSubstr("42 runs, 0 of them in first.sqlite already; 1 pair skipped"),
                                HasSubstr("gradient_descent:step=optimal on rosenbrock: the problem lacks"),
                                HasSubstr("lbfgs on quadratic:n=100,kappa=10"), HasSubstr("in the store")));
  std::filesystem::remove(path("first.toml"));
  EXPECT_TRUE(folder_is_empty());
}

TEST_F(Batch, MayBeAStudyOfTheProgram) {
  const Json studies = json_of({"list", "studies", "--json"});
  ASSERT_FALSE(studies.empty());
  for (const Json& study : studies) {
    const ProgramOutput output = optbed({"batch", study["name"], "--dry-run"});
    EXPECT_EQ(output.exit_code, 0) << output.err;
    EXPECT_THAT(optbed({"describe", study["name"]}).out, HasSubstr("optbed batch"));
  }
  EXPECT_THAT(optbed({"batch", "iteration_count"}).err, HasSubstr("did you mean 'iteration_counts'?"));
  EXPECT_EQ(optbed({"batch", "iteration_count"}).exit_code, 2);
}

TEST_F(Batch, SaysALineOfEachRunInAPipe) {
  write("r.toml", "name = \"r\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\", \"bfgs\"]\n");
  const ProgramOutput output = optbed({"batch", "r.toml", "-j", "1"});
  EXPECT_THAT(output.err, AllOf(StartsWith("1/2 "), HasSubstr("\n2/2 "),
                                HasSubstr("bfgs on rosenbrock seed 0: "
                                          "gradient_tolerance, 38 iterations")));
}

TEST_F(Batch, SaysOfARunTheStartAndTheLimitsInWhichTheRunsDiffer) {
  write("r.toml",
        "name = \"r\"\nproblems = [\"rosenbrock\"]\nsolvers = [\"lbfgs\"]\nstarts = [\"10x\"]\n"
        "[limits]\nmax_iterations = [3, 5]\nmax_evaluations = 1000\n");
  EXPECT_THAT(optbed({"batch", "r.toml", "--dry-run"}).out,
              HasSubstr("\n  lbfgs on rosenbrock, start 10x, seed 0 max_iterations 3\n"));
  const ProgramOutput output = optbed({"batch", "r.toml", "-j", "1", "--json-log", "log"});
  EXPECT_THAT(output.err, HasSubstr("lbfgs on rosenbrock start 10x max_iterations 3 seed 0: max_iterations"));
  EXPECT_THAT(output.err, HasSubstr("lbfgs on rosenbrock start 10x max_iterations 5 seed 0: max_iterations"));
  EXPECT_THAT(content_of("log"),
              AllOf(HasSubstr("\"max_iterations\":3.0"), HasSubstr("\"value_target\":null")));
  EXPECT_THAT(optbed({"table", "r.sqlite"}).err, HasSubstr("add max_iterations=5 or max_iterations=3"));
  EXPECT_EQ(optbed({"table", "r.sqlite", "max_iterations=3"}).exit_code, 0);
}

TEST_F(Batch, FailedRunsAreRowsThatCanBeRetried) {
  write("f.toml", R"(
name = "f"
problems = ["rosenbrock", "quadratic"]
solvers = ["lu", "gradient_descent:learning_rate=1e300"]
unsupported = "record"
)");
  EXPECT_THAT(optbed({"batch", "f.toml"}).out, HasSubstr("4 of 4 runs made"));
  const std::size_t failed = Store(path("f.sqlite"), Store::Access::read).names_of_failed().size();
  EXPECT_GE(failed, 2U);
  EXPECT_THAT(optbed({"batch", "f.toml"}).out, HasSubstr("0 of 4 runs made"));
  EXPECT_THAT(optbed({"batch", "f.toml", "--retry-failed"}).out,
              HasSubstr(std::to_string(failed) + " of 4 runs made"));
  EXPECT_EQ(runs_in("f.sqlite"), 4U);
}

TEST_F(Batch, RetryingKeepsTheOldRowUntilTheNewOneIsThere) {
  write("t.toml", R"(
name = "t"
problems = ["quadratic:n=20,kappa=1e3"]
solvers = ["gradient_descent:learning_rate=1e-9"]
[limits]
max_iterations = 1000000000
max_seconds = 1
[trace]
trigger = "logarithmic"
)");
  ASSERT_EQ(optbed({"batch", "t.toml", "--quiet"}).exit_code, 0);
  const RunName name = Store(path("t.sqlite"), Store::Access::read).names().at(0);
  const auto iterations = [&] {
    return Store(path("t.sqlite"), Store::Access::read).run(name).result.iterations;
  };
  const long before = iterations();
  const auto interrupted = run_program_until({"batch", "t.toml", "--retry-failed", "--quiet"}, folder_,
                                             start_time() + std::chrono::milliseconds(100), SIGINT);
  EXPECT_EQ(interrupted.exit_code, 130) << interrupted.err;
  EXPECT_EQ(iterations(), before);
  EXPECT_EQ(optbed({"batch", "t.toml", "--retry-failed", "--json-log", "/dev/no/log"}).exit_code, 3);
  EXPECT_EQ(iterations(), before);
  EXPECT_EQ(optbed({"batch", "t.toml", "--retry-failed", "--quiet"}).exit_code, 0);
  EXPECT_EQ(runs_in("t.sqlite"), 1U);
}

// Two settings are good, each on one of the problems: f = x'Ax/2 with eigenvalues in [1, kappa] falls by
// max |1 - eta lambda| an iteration, and grows where eta kappa > 2.
const std::string tuned = R"(
name = "tuned"
problems = ["quadratic:n=3,kappa=10", "quadratic:n=3,kappa=1000"]
solvers = ["lbfgs"]
seeds = [1, 2, 3]
[limits]
max_iterations = 50
[[tuning]]
solver = "gradient_descent"
seeds = [11, 12]
[tuning.options]
learning_rate = [1e-9, 1.8e-1, 1.9e-3, 10]
)";

TEST_F(Batch, ReportsTheSettingThatItsTrialsHaveChosen) {
  write("tuned.toml", tuned);
  const ProgramOutput output = optbed({"batch", "tuned.toml", "--quiet"});
  ASSERT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(output.out,
              AllOf(HasSubstr("4 settings (grid), each with 2 seeds a problem: 16 of 16 runs made"),
                    HasSubstr("on quadratic:n=3,kappa=10: gradient_descent:learning_rate=0.18,"),
                    HasSubstr("on quadratic:n=3,kappa=1000: gradient_descent:learning_rate=0.0019,"),
                    HasSubstr("tuned: 12 of 12 runs made")));
  Store(path("tuned.sqlite"), Store::Access::read).for_each(Store::Part::whole, [](const FinishedRun& run) {
    const RunDescription& description = run.description;
    EXPECT_EQ(description.is_trial, description.seed > 10);
    EXPECT_EQ(run.trace.rows == 0, description.is_trial);
    EXPECT_EQ(description.tuning, description.solver == "lbfgs" ? "" : "gradient_descent (tuned)");
  });
  EXPECT_THAT(optbed({"batch", "tuned.toml", "--quiet"}).out, HasSubstr("tuned: 0 of 12 runs made"));
}

TEST_F(Batch, ReplacesTheReportsOfASettingThatIsNotTheBestAnyMore) {
  const auto with_rates = [](const std::string& rates) {
    std::string text = tuned;
    const auto at = text.find("[1e-9, 1.8e-1, 1.9e-3, 10]");
    return text.replace(at, 26, rates);
  };
  write("tuned.toml", with_rates("[1e-9, 1e-3]"));
  ASSERT_EQ(optbed({"batch", "tuned.toml", "--quiet"}).exit_code, 0);
  write("tuned.toml", tuned);
  EXPECT_THAT(optbed({"batch", "tuned.toml", "--quiet"}).err,
              HasSubstr("has trials of 'gradient_descent (tuned)'"));
  write("tuned.toml", with_rates("[1e-9, 1e-3, 1.8e-1, 1.9e-3]"));
  ASSERT_EQ(optbed({"batch", "tuned.toml", "--quiet"}).exit_code, 0);
  EXPECT_EQ(runs_in("tuned.sqlite"), 4U * 2 * 2 + 12);
  EXPECT_EQ(optbed({"table", "tuned.sqlite"}).exit_code, 0);
}

// Trials and reports with other limits are other runs, and what they cost is not of these.
TEST_F(Batch, LeavesTheReportsOfOtherLimitsAsTheyAre) {
  write("tuned.toml", tuned);
  ASSERT_EQ(optbed({"batch", "tuned.toml", "--quiet"}).exit_code, 0);
  std::string longer = tuned;
  longer.replace(longer.find("max_iterations = 50"), 19, "max_iterations = 5000");
  write("longer.toml", longer);
  ASSERT_EQ(optbed({"batch", "longer.toml", "--store", "tuned.sqlite", "--quiet"}).exit_code, 0);
  EXPECT_EQ(runs_in("tuned.sqlite"), 2U * (4 * 2 * 2 + 12));
  EXPECT_THAT(optbed({"batch", "tuned.toml", "--quiet"}).out, HasSubstr("tuned: 0 of 12 runs made"));
  EXPECT_THAT(optbed({"table", "tuned.sqlite", "max_iterations=50"}).out,
              HasSubstr("each problem's best of 4 settings; chosen by 16 trials on 2 problems, "));
  EXPECT_THAT(optbed({"table", "tuned.sqlite", "max_iterations=50", "problem=quadratic:n=3,kappa=10"}).out,
              HasSubstr("each problem's best of 4 settings; chosen by 8 trials on 1 problem, "));
  const ProgramOutput chosen =
      optbed({"export", "tuned.sqlite", "max_iterations=50", "trial=no", "solver=gradient_descent (tuned)"});
  EXPECT_EQ(std::count(chosen.out.begin(), chosen.out.end(), '\n') -
                static_cast<long>(std::count(chosen.out.begin(), chosen.out.end(), '#')),
            1 + 6)
      << chosen.out << chosen.err;
}

TEST_F(Batch, MergingWithASpecLeavesTheReportsThatTheTrialsChose) {
  std::string few = tuned;
  few.replace(few.find("[1e-9, 1.8e-1, 1.9e-3, 10]"), 26, "[1e-9, 1e-3]");
  std::string more = tuned;
  more.replace(more.find("[1e-9, 1.8e-1, 1.9e-3, 10]"), 26, "[1e-9, 1e-3, 1.8e-1, 1.9e-3]");
  const auto make_and_merge = [this](const std::string& spec) {
    write("tuned.toml", spec);
    for (const char* shard : {"1/2", "2/2"}) {
      EXPECT_EQ(optbed({"batch", "tuned.toml", "--shard", shard, "--quiet"}).exit_code, 0);
    }
    return optbed({"merge", "merged", "tuned.1-of-2.sqlite", "tuned.2-of-2.sqlite", "--expect", "tuned.toml"});
  };
  EXPECT_THAT(make_and_merge(few).out, HasSubstr("all 20 runs are there"));
  EXPECT_THAT(make_and_merge(more).out,
              AllOf(HasSubstr("6 reports of settings that are not the best any more are removed"),
                    HasSubstr("all 28 runs are there")));
  EXPECT_EQ(optbed({"table", "merged"}).exit_code, 0);
  EXPECT_EQ(runs_in("merged"), 28U);
}

TEST_F(Batch, MakesAllRunsWhereItsLogCannotBeWrittenToTheEnd) {
  write("tuned.toml", tuned);
  const ProgramOutput output = optbed({"batch", "tuned.toml", "--quiet", "--json-log", "/dev/full"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr("/dev/full: cannot be written any more"));
  EXPECT_EQ(runs_in("tuned.sqlite"), 4U * 2 * 2 + 12);
}

TEST_F(Batch, SaysOnceThatASolverWithManySettingsIsSkipped) {
  std::string constrained = tuned;
  constrained.replace(constrained.find("\"quadratic:n=3,kappa=1000\""), 26, "\"circle\"");
  write("tuned.toml", constrained);
  EXPECT_THAT(
      optbed({"batch", "tuned.toml", "--dry-run"}).out,
      HasSubstr(
          "8 runs, 0 of them in tuned.sqlite already; 1 pair skipped\n  skipped: gradient_descent on circle"));
}

TEST_F(Batch, WritesNothingWhereASettingToTryCannotBeMade) {
  std::string wrong = tuned;
  wrong.replace(wrong.find("[1e-9, 1.8e-1, 1.9e-3, 10]"), 26, "[1e-9, -1]");
  write("tuned.toml", wrong);
  const ProgramOutput output = optbed({"batch", "tuned.toml", "--quiet"});
  EXPECT_EQ(output.exit_code, 2);
  EXPECT_THAT(output.err, HasSubstr("learning_rate = '-1' is not a real number in (0, inf)"));
  EXPECT_FALSE(std::filesystem::exists(path("tuned.sqlite")));
}

// Runs of one solver are many and short, those of the other few and long.
TEST_F(Batch, EstimatesASpecOfUnequalSolvers) {
  write("u.toml", R"(
name = "u"
problems = ["quadratic:n=2,kappa=10", "quadratic:n=3,kappa=10"]
solvers = ["newton", "gradient_descent:learning_rate=1e-9"]
seeds = "1..100"
[limits]
max_iterations = 300
[[override]]
solver = "gradient_descent"
problem = "quadratic:n=3,kappa=10"
skip = true
)");
  const std::string estimate = optbed({"batch", "u.toml", "--dry-run"}).out;
  ASSERT_EQ(optbed({"batch", "u.toml", "--quiet"}).exit_code, 0);
  double bytes = 0;
  Store(path("u.sqlite"), Store::Access::read).for_each(Store::Part::whole, [&bytes](const FinishedRun& run) {
    bytes += 500 +
             8.0 * static_cast<double>(run.trace.values.size() + static_cast<std::size_t>(run.result.x.size()));
  });
  const auto end = estimate.find(" MB in the store");
  ASSERT_NE(end, std::string::npos) << estimate;
  const auto begin = estimate.rfind(' ', end - 1);
  EXPECT_NEAR(std::stod(estimate.substr(begin, end - begin)), bytes / 1e6, 0.01 * bytes / 1e6) << estimate;
}

TEST_F(Batch, TellsWhatTuningWillCostAndHasCost) {
  write("tuned.toml", tuned);
  EXPECT_THAT(optbed({"batch", "tuned.toml", "--dry-run"}).out,
              AllOf(HasSubstr("4 settings (grid), each with 2 seeds a problem: 16 runs, 0 of them"),
                    HasSubstr("tuned: 12 runs, 0 of them")));
  ASSERT_EQ(optbed({"batch", "tuned.toml", "--quiet"}).exit_code, 0);
  EXPECT_THAT(optbed({"batch", "tuned.toml", "--dry-run"}).out, HasSubstr("tuned: 12 runs, 12 of them"));
  const std::string table = optbed({"table", "tuned.sqlite"}).out;
  EXPECT_THAT(table,
              HasSubstr("gradient_descent (tuned): each problem's best of 4 settings; chosen by 16 trials on 2 "
                        "problems, "));
  EXPECT_THAT(table, ::testing::Not(HasSubstr("learning_rate")));
  const std::string trials = optbed({"table", "tuned.sqlite", "trial=yes"}).out;
  EXPECT_THAT(trials,
              AllOf(HasSubstr("gradient_descent:learning_rate=1e-09"), ::testing::Not(HasSubstr("lbfgs"))));
}

TEST_F(Batch, WithATuningIsTheSameInShards) {
  write("tuned.toml", tuned);
  ASSERT_EQ(optbed({"batch", "tuned.toml", "--quiet"}).exit_code, 0);
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    ASSERT_EQ(optbed({"batch", "tuned.toml", "--shard", shard, "--quiet"}).exit_code, 0);
  }
  ASSERT_EQ(optbed({"merge", "merged", "tuned.1-of-3.sqlite", "tuned.2-of-3.sqlite", "tuned.3-of-3.sqlite"})
                .exit_code,
            0);
  expect_same_results("tuned.sqlite", "merged");
}

TEST_F(Batch, ReplayMakesTheSameRunAndNamesTheFirstRowThatDiffers) {
  write("first.toml", first);
  ASSERT_EQ(optbed({"batch", "first.toml", "--quiet"}).exit_code, 0);
  const std::string name = Store(path("first.sqlite"), Store::Access::read).names().front().text();
  const ProgramOutput same = optbed({"replay", "first.sqlite", name.substr(0, 12)});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("the same, bit by bit"));
  EXPECT_THAT(same.out, ::testing::Not(HasSubstr("in another environment")));
  EXPECT_EQ(optbed({"replay", "first.sqlite", ""}).exit_code, 2);
  EXPECT_THAT(optbed({"replay", "first.sqlite", "zz"}).err, HasSubstr("no run's name begins with 'zz'"));
  {
    Store store(path("first.sqlite"), Store::Access::write);
    FinishedRun changed = store.run(parse_run_name(name));
    changed.trace.values[changed.trace.rows + 2] += 1;
    Environment elsewhere = this_environment();
    elsewhere[4].second = "another processor";
    store.begin();
    store.erase(changed.name);
    store.insert(changed, elsewhere);
    store.commit();
  }
  const ProgramOutput other = optbed({"replay", "first.sqlite", name});
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_THAT(other.out, AllOf(HasSubstr("differs first in row 2, column value"),
                               HasSubstr("processor: another processor and ")));
}

TEST_F(Batch, ExportHasARowARunOrARowARowOfATrace) {
  write("r.toml", R"(
name = "r"
problems = ["rosenbrock"]
solvers = ["lbfgs", "newton"]
[trace]
iterates = true
)");
  ASSERT_EQ(optbed({"batch", "r.toml", "--quiet"}).exit_code, 0);
  const auto table = [this](const Words& words) {
    std::istringstream text(optbed(words).out);
    std::vector<std::string> lines;
    for (std::string line; std::getline(text, line);) {
      if (!line.starts_with('#')) lines.push_back(line);
    }
    return lines;
  };
  const auto wide = table({"export", "r.sqlite"});
  ASSERT_EQ(wide.size(), 3U);
  EXPECT_THAT(wide[0],
              StartsWith("run,problem,solver,start,seed,tuning,trial,dimension,stop,solved,iterations,"));
  EXPECT_THAT(wide[0], EndsWith(",max_iterations,max_evaluations,max_seconds,gradient_tolerance,value_target,"
                                "gap_tolerance"));
  EXPECT_THAT(wide[1], EndsWith(",10000,0,0,1e-08,,0"));
  std::size_t rows = 0;
  Store(path("r.sqlite"), Store::Access::read).for_each(Store::Part::whole, [&rows](const FinishedRun& run) {
    rows += run.trace.rows;
  });
  const auto traces = table({"export", "r.sqlite", "--long", "--format", "csv"});
  ASSERT_EQ(traces.size(), rows + 1);
  const auto commas = std::count(traces[0].begin(), traces[0].end(), ',');
  for (const std::string& line : traces) EXPECT_EQ(std::count(line.begin(), line.end(), ','), commas) << line;
  EXPECT_THAT(traces[1], HasSubstr("-1.2;1"));  // the start
  EXPECT_EQ(table({"export", "r.sqlite", "solver=newton"}).size(), 2U);
  EXPECT_THAT(table({"export", "r.sqlite", "solver=newton", "--long"})[1], HasSubstr("rosenbrock,newton,"));
  EXPECT_THAT(optbed({"export", "r.sqlite", "solver=newtom"}).err, HasSubstr("did you mean 'newton'"));
  EXPECT_EQ(optbed({"export", "r.sqlite", "n>9"}).exit_code, 2);
  EXPECT_EQ(optbed({"export", "r.sqlite", "--format", "xml"}).exit_code, 2);
  EXPECT_EQ(optbed({"export", "nothing.sqlite"}).exit_code, 3);
  EXPECT_EQ(optbed({"export", "r.toml"}).exit_code, 3);
}

TEST_F(Batch, MergeRefusesWhatIsNoStoreBeforeItWrites) {
  write("note.txt", "not a store");
  EXPECT_EQ(optbed({"merge", "out.sqlite", "note.txt"}).exit_code, 3);
  EXPECT_EQ(optbed({"merge", "out.sqlite"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(path("out.sqlite")));
}

}  // namespace
}  // namespace optbed::batch_command_test
