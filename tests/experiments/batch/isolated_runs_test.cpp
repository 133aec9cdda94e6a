#include "experiments/batch/isolated_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "experiments/batch/run_message.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::isolated_runs_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The registry's problems, and f = x^2/2 with something that happens at its first gradient.
ProblemRegistry problems_with(const std::string& name, void (*happens)()) {
  ProblemRegistry problems = all_problems();
  const auto make = [happens](const KeyValues&) -> std::unique_ptr<Problem> {
    return std::make_unique<testing::FunctionProblem>(Vector::Ones(1), [happens](const Vector& x, Vector& g) {
      happens();
      g = x;
      return x.squaredNorm() / 2;
    });
  };
  problems.add({name, "of a user", {}, {}, make});
  return problems;
}

void crash() { std::abort(); }
void leave() { _exit(7); }
void leave_in_order() { _exit(0); }
void be_killed() { std::raise(SIGKILL); }
void hang() {
  while (true) pause();
}

class IsolatedRuns : public ::testing::Test {
 protected:
  IsolatedRuns() {
    std::string path = (fs::temp_directory_path() / "optbed_isolated_XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~IsolatedRuns() override { fs::remove_all(folder_); }

  std::vector<FinishedRun> runs_of(const std::string& spec, const ProblemRegistry& problems, bool isolated,
                                   unsigned workers = 2) const {
    const SolverRegistry solvers = all_solvers();
    const Plan plan(parse_batch_spec(spec, "spec.toml", problems, solvers), problems, solvers);
    std::vector<std::size_t> numbers(plan.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i;
    const std::string path = (folder_ / (isolated ? "isolated" : "threads")).string();
    fs::remove(path);
    Store store(path, Store::Access::write);
    make_runs(plan, numbers, problems, solvers, store, {.workers = workers, .isolated = isolated});
    std::vector<FinishedRun> runs;
    for (const RunName& name : store.names()) runs.push_back(store.run(name));
    return runs;
  }

  // Of lbfgs on the problem called `name`, beside which rosenbrock must be solved as ever.
  FinishedRun run_of(const std::string& name, void (*happens)()) const {
    const std::string spec = "name = 's'\nproblems = ['rosenbrock', '" + name +
                             "']\nsolvers = ['lbfgs']\n[limits]\nmax_seconds = 0.05\n";
    FinishedRun found;
    for (FinishedRun& run : runs_of(spec, problems_with(name, happens), true)) {
      if (run.description.problem == name) {
        found = std::move(run);
      } else {
        EXPECT_TRUE(run.result.solved);
      }
    }
    return found;
  }

  fs::path folder_;
};

TEST_F(IsolatedRuns, AreTheSameAsThoseInThreads) {
  const std::string spec =
      "name = 's'\nproblems = ['rosenbrock', 'quadratic:n=3', 'nist_misra1a']\nstarts = ['standard', '10x']\n"
      "solvers = ['lbfgs', 'gauss_newton', 'cma_es', 'gradient_descent:learning_rate=1e3']\nseeds = [1, 2]\n"
      "unsupported = 'record'\n[limits]\nmax_iterations = 30\n[trace]\niterates = true\n";
  const ProblemRegistry problems = all_problems();
  const std::vector<FinishedRun> threads = runs_of(spec, problems, false);
  const std::vector<FinishedRun> isolated = runs_of(spec, problems, true, 3);
  ASSERT_EQ(threads.size(), 48);
  ASSERT_EQ(isolated.size(), threads.size());
  for (std::size_t i = 0; i < threads.size(); ++i) {
    EXPECT_EQ(isolated[i].name, threads[i].name);
    EXPECT_THAT(differences(isolated[i], threads[i]), IsEmpty()) << isolated[i].description.solver;
  }
}

TEST_F(IsolatedRuns, ThatCrashAreRowsBesideTheOthers) {
  const FinishedRun run = run_of("crashing", crash);
  EXPECT_EQ(run.stop, stop_at_crash);
  EXPECT_EQ(run.result.message, "its process was ended by SIGABRT (Aborted)");
  EXPECT_EQ(run.result.x.size(), 0);
  EXPECT_FALSE(run.result.solved);
  EXPECT_TRUE(has_failed(run));
}

TEST_F(IsolatedRuns, ThatLeaveTheProgramAreRowsWithTheExitCode) {
  EXPECT_EQ(run_of("leaving", leave).result.message, "its process ended by itself, with the exit code 7");
  EXPECT_EQ(run_of("leaving", leave).stop, stop_at_crash);
}

TEST_F(IsolatedRuns, ThatLeaveTheProgramInOrderHaveNoAnswerAllTheSame) {
  const FinishedRun run = run_of("leaving", leave_in_order);
  EXPECT_EQ(run.stop, stop_at_crash);
  EXPECT_EQ(run.result.message, "its process ended before its answer was sent");
}

TEST_F(IsolatedRuns, ThatAreKilledMaySayThatMemoryWasShort) {
  EXPECT_THAT(run_of("killed", be_killed).result.message, HasSubstr("SIGKILL (Killed), as the system does"));
}

TEST_F(IsolatedRuns, ThatHangEndAtTheirTimeLimit) {
  const FinishedRun run = run_of("hanging", hang);
  EXPECT_EQ(run.stop, to_string(StopReason::max_seconds));
  EXPECT_THAT(run.result.message, HasSubstr("killed"));
}

// Before it has said that its problem is made.
TEST_F(IsolatedRuns, WhoseProblemCannotBeMadeSayWhat) {
  ProblemRegistry problems = all_problems();
  int made = 0;
  problems.add(
      {"once", "made once, to plan with", {}, {}, [&made](const KeyValues&) -> std::unique_ptr<Problem> {
         if (++made > 1) throw InputError("d.csv: cannot be read");
         return std::make_unique<testing::FunctionProblem>(
             Vector::Ones(1), [](const Vector& x, Vector& g) { return (g = x).squaredNorm() / 2; });
       }});
  const std::vector<FinishedRun> runs =
      runs_of("name = 's'\nproblems = ['once']\nsolvers = ['lbfgs']\n", problems, true);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].stop, stop_at_exception);
  EXPECT_EQ(runs[0].result.message, "d.csv: cannot be read");
}

// A signal to the whole group is the parent's to answer.
TEST_F(IsolatedRuns, AreNotEndedByASignalToAll) {
  const FinishedRun run = run_of("signalled", [] {
    std::raise(SIGTERM);
    std::raise(SIGINT);
  });
  EXPECT_EQ(run.stop, to_string(StopReason::gradient_tolerance));
}

TEST_F(IsolatedRuns, ThatThrowSayWhat) {
  const FinishedRun run = run_of("throwing", [] { throw std::runtime_error("no gradient today"); });
  EXPECT_EQ(run.stop, stop_at_exception);
  EXPECT_EQ(run.result.message, "no gradient today");
}

TEST(RunMessage, ThatIsCutShortIsRefused) {
  FinishedRun run;
  run.stop = "stalled";
  run.trace = {.columns = {{"value"}}, .rows = 2, .values = {1, 2}};
  const std::vector<std::uint8_t> message = message_of(run);
  EXPECT_THAT(differences(run_of_message(message), run), IsEmpty());
  for (std::size_t size = 0; size < message.size(); ++size) {
    EXPECT_THROW(run_of_message({message.data(), size}), std::runtime_error) << size;
  }
}

}  // namespace
}  // namespace optbed::isolated_runs_test
