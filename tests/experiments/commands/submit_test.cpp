// With programs of the names of Slurm's, which keep what they are told. tests/slurm.sh has the real ones.
#include <gmock/gmock.h>

#include "experiments/process.hpp"
#include "experiments/store/store.hpp"
#include "tests/experiments/command_line.hpp"

namespace optbed::submit_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Words;

namespace fs = std::filesystem;

const std::string first = R"(
name = "first"
problems = ["rosenbrock", "quadratic:n=10|100,kappa=10|1e4"]
solvers  = ["lbfgs", "gradient_descent:step=optimal|armijo"]
seeds    = [1, 2, 3]
[limits]
max_iterations = 1000
)";

// A hundred thousand runs of a millisecond or more.
const std::string endless = R"(
name = "endless"
problems = ["rosenbrock"]
solvers = ["metropolis_hastings"]
seeds = "1..100000"
[limits]
max_iterations = 10000
[trace]
trigger = "none"
)";

class Submit : public testing::CommandLine {
 protected:
  Submit() {
    fs::create_directories(folder_ / "bin");
    fs::create_directories(folder_ / "disk");
    work_ = folder_ / "it's \"#1\" $HOME 100%j";
    fs::create_directories(work_);
    write_in_work("first.toml", first);
    former_path_ = getenv("PATH");
    setenv("PATH", ((folder_ / "bin").string() + ":" + former_path_).c_str(), 1);
    setenv("CALLS", (folder_ / "calls").c_str(), 1);
    setenv("TMPDIR", (folder_ / "disk").c_str(), 1);
    setenv("SLURM_CPUS_PER_TASK", "1", 1);
    fake("sbatch",
         "[ \"$1\" != --version ] || exit 0\n"
         "echo \"sbatch $*\" >>\"$CALLS\"\n"
         "echo \"$((40 + $(wc -l <\"$CALLS\")));cluster\"\n");
    fake("scontrol", "echo 'MaxArraySize            = 1001'\n");
    fake("squeue", "true\n");
    fake("scancel", "echo \"scancel $*\" >>\"$CALLS\"\n");
  }
  ~Submit() override {
    setenv("PATH", former_path_.c_str(), 1);
    for (const char* name : {"CALLS", "TMPDIR", "SLURM_CPUS_PER_TASK", "SLURM_ARRAY_TASK_ID"}) unsetenv(name);
  }

  void fake(const std::string& name, const std::string& text) const {
    const fs::path path = folder_ / "bin" / name;
    std::ofstream(path) << "#!/bin/sh\n" << text;
    fs::permissions(path, fs::perms::owner_all);
  }

  void write_in_work(const std::string& name, const std::string& text) const {
    std::ofstream(work_ / name) << text;
  }

  std::string calls() const { return content_of(folder_ / "calls"); }

  ProgramOutput submit(const Words& words) const {
    Words all = {"submit", "slurm"};
    all.insert(all.end(), words.begin(), words.end());
    return run_program(all, work_);
  }

  fs::path script(const std::string& name) const { return work_ / "first.slurm" / name; }

  // What Slurm does with a task.
  ProcessOutcome run_task(const std::string& batch, int shard) const {
    setenv("SLURM_ARRAY_TASK_ID", std::to_string(shard).c_str(), 1);
    return run_process({"bash", (work_ / (batch + ".slurm") / "array.sh").string()}, "/");
  }

  ProcessOutcome run_merge() const { return run_process({"bash", script("merge.sh").string()}, "/"); }

  std::size_t runs_in(const fs::path& store) const { return Store(store, Store::Access::read).names().size(); }

  bool disk_is_empty() const { return fs::is_empty(folder_ / "disk"); }

  fs::path work_;
  std::string former_path_;
};

TEST_F(Submit, HandsTheArrayAndThenTheMergeToSbatch) {
  const ProgramOutput output = submit({"first.toml", "--shards", "4"});
  ASSERT_EQ(output.exit_code, 0) << output.err;
  EXPECT_EQ(calls(), "sbatch --parsable " + script("array.sh").string() +
                         "\nsbatch --parsable --dependency=afterany:41 " + script("merge.sh").string() + "\n");
  EXPECT_THAT(output.out, AllOf(HasSubstr("first: 42 runs in 4 shards"), HasSubstr("array  41  4 tasks"),
                                HasSubstr("merge  42  after them, into " + (work_ / "first.sqlite").string()),
                                HasSubstr("squeue --jobs=41,42")));
}

TEST_F(Submit, WaitsForEarlierJobsOfTheSameBatchOnly) {
  fake("squeue", "echo '9|" + (folder_ / "bin").string() +
                     "/array.sh'\nsed 's/^/10|/' \"$CALLS.array\"\nsed 's/^/7|/' \"$CALLS.array\"\n");
  write("calls.array", script("array.sh").string() + "\n");
  const ProgramOutput output = submit({"first.toml", "--shards", "4"});
  ASSERT_EQ(output.exit_code, 0) << output.err;
  EXPECT_THAT(calls(),
              HasSubstr("sbatch --parsable --dependency=afterany:7:10 " + script("array.sh").string() + "\n"));
  EXPECT_THAT(output.out, HasSubstr("starts when 7, 10, which are in the queue"));
}

TEST_F(Submit, DoesNothingWhereItCannotSeeTheQueue) {
  fake("squeue", "echo 'Unable to contact slurm controller' >&2\nexit 1\n");
  const ProgramOutput output = submit({"first.toml", "--shards", "4"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr("Unable to contact slurm controller"));
  EXPECT_FALSE(fs::exists(folder_ / "calls"));
}

TEST_F(Submit, DryWritesTheSameScriptsAndSubmitsNothing) {
  ASSERT_EQ(submit({"first.toml", "--shards", "4"}).exit_code, 0);
  const std::string array = content_of(script("array.sh"));
  const std::string merge = content_of(script("merge.sh"));
  fs::remove_all(work_ / "first.slurm");
  fs::remove(folder_ / "calls");
  setenv("PATH", (folder_ / "disk").c_str(), 1);  // no Slurm there
  const ProgramOutput output = submit({"first.toml", "--shards", "4", "--dry-run"});
  setenv("PATH", former_path_.c_str(), 1);
  ASSERT_EQ(output.exit_code, 0) << output.err;
  EXPECT_EQ(content_of(script("array.sh")), array);
  EXPECT_EQ(content_of(script("merge.sh")), merge);
  EXPECT_EQ(calls(), "");
  // The lines that it prints do what submit does.
  fake("lines", output.out.substr(output.out.find("  array=")));
  setenv("PATH", ((folder_ / "bin").string() + ":" + former_path_).c_str(), 1);
  const ProcessOutcome by_hand = run_process({"bash", (folder_ / "bin" / "lines").string()});
  ASSERT_TRUE(by_hand.succeeded()) << by_hand.err;
  EXPECT_EQ(calls(), "sbatch --parsable " + script("array.sh").string() + "\nsbatch --dependency=afterany:41 " +
                         script("merge.sh").string() + "\n");
}

TEST_F(Submit, MakesTheRunsOfAPlainBatch) {
  ASSERT_EQ(submit({"first.toml", "--shards", "3", "--dry-run"}).exit_code, 0);
  for (int shard = 1; shard <= 3; ++shard) {
    const ProcessOutcome task = run_task("first", shard);
    EXPECT_EQ(task.exit_status, 0) << task.err;
  }
  const ProcessOutcome merge = run_merge();
  EXPECT_EQ(merge.exit_status, 0) << merge.err;
  EXPECT_THAT(merge.out, HasSubstr("first: all 42 runs are there"));
  EXPECT_TRUE(disk_is_empty());
  ASSERT_EQ(run_program({"batch", "first.toml", "--store", "plain", "--quiet"}, work_).exit_code, 0);
  const Store merged(work_ / "first.sqlite", Store::Access::read);
  const Store plain(work_ / "plain", Store::Access::read);
  ASSERT_EQ(merged.names(), plain.names());
  merged.for_each(Store::Part::whole, [&plain](const FinishedRun& run) {
    EXPECT_THAT(differences(run, plain.run(run.name)), IsEmpty()) << run.description.solver;
  });
  const ProcessOutcome again = run_merge();
  EXPECT_EQ(again.exit_status, 0);
  EXPECT_THAT(again.out, Not(HasSubstr(" 1 runs added")));
  EXPECT_EQ(runs_in(work_ / "first.sqlite"), 42U);
  EXPECT_THAT(run_task("first", 1).out, HasSubstr(": 0 of "));  // all were there
  // It goes on from the merged store.
  EXPECT_EQ(submit({"first.toml", "--shards", "3", "--dry-run"}).exit_code, 0);
}

TEST_F(Submit, TheMergeSaysWhichShardsAreMissing) {
  ASSERT_EQ(submit({"first.toml", "--shards", "3", "--dry-run"}).exit_code, 0);
  const ProcessOutcome none = run_merge();
  EXPECT_EQ(none.exit_status, 1);
  EXPECT_THAT(none.err, HasSubstr("no shard has left a store"));
  ASSERT_EQ(run_task("first", 2).exit_status, 0);
  const ProcessOutcome one = run_merge();
  EXPECT_EQ(one.exit_status, 1);
  EXPECT_THAT(one.out, HasSubstr("runs are missing, of the shards 1, 3 (of 3)"));
  EXPECT_EQ(runs_in(work_ / "first.sqlite"), runs_in(script("first.2-of-3.sqlite")));
}

// As Slurm does some time before the limit, and as scancel does.
TEST_F(Submit, AStoppedTaskKeepsItsRunsAndGoesOnFromThem) {
  write_in_work("endless.toml", endless);
  ASSERT_EQ(submit({"endless.toml", "--shards", "2", "--dry-run"}).exit_code, 0);
  const fs::path kept = work_ / "endless.slurm" / "endless.1-of-2.sqlite";
  setenv("SLURM_ARRAY_TASK_ID", "1", 1);
  std::size_t before = 0;
  // The signal reaches the shell alone; the shell and the program; the program alone, which is killed.
  for (const std::string stop :
       {"kill -TERM $task", "kill -TERM -- -$task", "kill -KILL $(cat /proc/$task/task/$task/children)"}) {
    // A log of that size holds some commits of runs.
    const std::string text =
        "set -m; bash \"$1\" & task=$!\n"
        "until [[ -n $(find \"$TMPDIR\" -name '*-wal' -size +400k) ]]; do sleep 0.02; done\n" +
        stop + "; wait $task; echo \"status $?\"";
    const ProcessOutcome outcome =
        run_process({"bash", "-c", text, "", (work_ / "endless.slurm" / "array.sh").string()});
    ASSERT_TRUE(fs::exists(kept)) << outcome.err;
    EXPECT_THAT(outcome.out, Not(HasSubstr("status 0"))) << stop;
    const std::size_t now = runs_in(kept);
    EXPECT_GT(now, before) << stop << outcome.err;
    EXPECT_LT(now, 40000U);
    EXPECT_TRUE(disk_is_empty()) << stop;
    before = now;
  }
}

TEST_F(Submit, AStoreWithALogOfAKilledProgramIsLeftAlone) {
  ASSERT_EQ(submit({"first.toml", "--shards", "1", "--dry-run"}).exit_code, 0);
  ASSERT_EQ(run_task("first", 1).exit_status, 0);
  write_in_work("first.sqlite-wal", "something");
  const ProcessOutcome merge = run_merge();
  EXPECT_EQ(merge.exit_status, 3);
  EXPECT_THAT(merge.err, HasSubstr("by a program that was killed"));
  EXPECT_FALSE(fs::exists(work_ / "first.sqlite"));
}

TEST_F(Submit, SubmitsBothJobsOrNone) {
  fake("sbatch",
       "[ \"$1\" != --version ] || exit 0\n"
       "echo \"sbatch $*\" >>\"$CALLS\"\n"
       "case $2 in --dep*) echo 'the queue is full' >&2; exit 1;; esac\necho 41\n");
  const ProgramOutput output = submit({"first.toml", "--shards", "4"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, AllOf(HasSubstr("the queue is full"), HasSubstr("array 41 was cancelled again")));
  EXPECT_THAT(calls(), HasSubstr("\nscancel 41\n"));
  fake("scancel", "exit 1\n");
  EXPECT_THAT(submit({"first.toml", "--shards", "4"}).err, HasSubstr("cancel it yourself"));
}

TEST_F(Submit, PassesOnWhatSbatchRefuses) {
  fake("sbatch", "[ \"$1\" = --version ] || { echo 'sbatch: error: no such account' >&2; exit 1; }\n");
  const ProgramOutput output = submit({"first.toml", "--shards", "4"});
  EXPECT_EQ(output.exit_code, 3);
  EXPECT_THAT(output.err, HasSubstr("status 1: sbatch: error: no such account"));
  fake("sbatch", "[ \"$1\" = --version ] || echo hello\n");
  EXPECT_THAT(submit({"first.toml", "--shards", "4"}).err, HasSubstr("answered 'hello'"));
}

TEST_F(Submit, WritesNothingWhereItIsToldWrong) {
  const auto expect = [this](const Words& words, int exit_code, const std::string& message) {
    const ProgramOutput output = run_program(words, work_);
    EXPECT_EQ(output.exit_code, exit_code) << message;
    EXPECT_THAT(output.err, HasSubstr(message));
    EXPECT_FALSE(fs::exists(work_ / "first.slurm")) << message;
    EXPECT_EQ(calls(), "");
  };
  expect({"submit"}, 2, "name a scheduler");
  expect({"submit", "slrum", "first.toml", "--shards", "2"}, 2, "did you mean 'slurm'?");
  expect({"submit", "slurm", "--shards", "2"}, 2, "--spec is missing");
  expect({"submit", "slurm", "first.toml"}, 2, "--shards is missing");
  expect({"submit", "slurm", "first.toml", "--shards", "0"}, 2, "--shards");
  expect({"submit", "slurm", "first.toml", "--shards", "1001"}, 2, "up to 1000 tasks (MaxArraySize 1001)");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--max-running", "0"}, 2, "--max-running");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--cpus-per-task", "x"}, 2, "--cpus-per-task");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--time", "1\n#SBATCH --x"}, 2, "--time");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--sbatch-option=--array=1-9"}, 2, "--max-running");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--sbatch-option=--arr=1-9"}, 2, "--max-running");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--sbatch-option=account"}, 2,
         "an option of sbatch");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "-d", "a\\b"}, 2, "backslash");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--store", "none/out"}, 3, "does not exist");
  expect({"submit", "slurm", "first.toml", "--shards", "2", "--store", "first.toml"}, 3, "is not a store");
  expect({"submit", "slurm", "none.toml", "--shards", "2"}, 3, "none.toml");
  write_in_work("wrong.toml", "name = \"wrong\"\nproblems = [\"rosenbrok\"]\nsolvers = [\"lbfgs\"]\n");
  expect({"submit", "slurm", "wrong.toml", "--shards", "2"}, 2, "rosenbrock");
  setenv("PATH", (folder_ / "disk").c_str(), 1);
  expect({"submit", "slurm", "first.toml", "--shards", "2"}, 3, "--dry-run writes the scripts");
}

TEST_F(Submit, MergeExpectsABatch) {
  ASSERT_EQ(run_program({"batch", "first.toml", "--quiet", "--shard", "2/2"}, work_).exit_code, 0);
  const Words merge = {"merge", "all", "first.2-of-2.sqlite", "--expect", "first.toml"};
  const ProgramOutput some = run_program(merge, work_);
  EXPECT_EQ(some.exit_code, 1);
  EXPECT_THAT(some.out, AllOf(HasSubstr(" of 42 runs are missing\n"), Not(HasSubstr("shards"))));
  EXPECT_EQ(run_program({"merge", "all", "first.2-of-2.sqlite", "--shards", "2"}, work_).exit_code, 2);
  EXPECT_EQ(run_program({"merge", "other", "first.2-of-2.sqlite", "--expect", "none.toml"}, work_).exit_code,
            3);
  EXPECT_FALSE(fs::exists(work_ / "other"));
}

TEST_F(Submit, TakesAStudyOfTheProgramByItsName) {
  const ProgramOutput output =
      run_program({"submit", "slurm", "iteration_counts", "--shards", "4", "--dry-run"}, work_);
  ASSERT_EQ(output.exit_code, 0) << output.err;
  std::ifstream script(work_ / "iteration_counts.slurm" / "array.sh");
  const std::string text((std::istreambuf_iterator<char>(script)), std::istreambuf_iterator<char>());
  EXPECT_THAT(text, AllOf(HasSubstr("iteration_counts"), Not(HasSubstr("/iteration_counts'"))));
}

}  // namespace
}  // namespace optbed::submit_test
