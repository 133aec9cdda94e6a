#include "experiments/batch/slurm_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "experiments/process.hpp"

namespace optbed::slurm_job_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

SlurmJob some_job() {
  return {.name = "first",
          .shards = 12,
          .program = "/opt/bin/optbed",
          .spec = "/home/ann/first.toml",
          .working_folder = "/home/ann",
          .folder = "/home/ann/first.slurm",
          .merged = "/home/ann/first.sqlite",
          .max_running = {},
          .time = {},
          .memory = {},
          .partition = {},
          .sbatch_options = {}};
}

// bash is asked what it takes the word for.
TEST(ShellQuoted, IsReadByBashAsItStood) {
  for (const std::string word :
       {"plain", "/a/b-c_d.e", "",   "two words", "it's", "'",   "''", "a\"b",  "$HOME", "`id`",
        "a\\b",  "*",          "#1", "~",         "a;b",  "a&b", "!x", "{1,2}", "ü",     "-n"}) {
    EXPECT_EQ(run_process({"bash", "-c", "printf '<%s>' " + shell_quoted(word)}).out, "<" + word + ">");
  }
  EXPECT_EQ(shell_quoted("/a/b-c_d.e"), "/a/b-c_d.e");
}

TEST(ArrayScript, AsksSlurmForATaskAShard) {
  const std::string text = array_script(some_job());
  EXPECT_THAT(text, StartsWith("#!/bin/bash\n#SBATCH --job-name=first\n#SBATCH --array=1-12\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --output=/home/ann/first.slurm/first.%a-of-12.log\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --signal=B:TERM@60\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --requeue\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --cpus-per-task=1\n"));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("--time")), Not(HasSubstr("--mem=")), Not(HasSubstr("--partition"))));
  EXPECT_THAT(text, HasSubstr("--shard \"$shard/$shards\" --store \"$store\" -j \"$SLURM_CPUS_PER_TASK\""));
}

TEST(ArrayScript, PassesOnWhatSlurmIsToKnow) {
  SlurmJob job = some_job();
  job.cpus_per_task = 8;
  job.max_running = 3;
  job.time = "1-12:00:00";
  job.memory = "4G";
  job.partition = "short,long";
  job.sbatch_options = {"--account=opt", "--comment=it's mine"};
  const std::string text = array_script(job);
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --array=1-12%3\n"));
  // Those of a person come last: of two, sbatch takes the later.
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --cpus-per-task=8\n#SBATCH --time=1-12:00:00\n#SBATCH --mem=4G\n"
                              "#SBATCH --partition=short,long\n#SBATCH --account=opt\n"
                              "#SBATCH '--comment=it'\"'\"'s mine'\n# The runs"));
}

// %a is Slurm's in the name of a log, and %% stands for the sign.
TEST(ArrayScript, DoublesThePercentSignsOfTheFolderInTheLogOnly) {
  SlurmJob job = some_job();
  job.folder = "/x/100%a";
  EXPECT_THAT(array_script(job),
              AllOf(HasSubstr("--output=/x/100%%a/first.%a-of-12.log\n"), HasSubstr("\nfolder=/x/100%a\n")));
}

TEST(MergeScript, TakesOneProcessorAndNoArray) {
  SlurmJob job = some_job();
  job.cpus_per_task = 8;
  const std::string text = merge_script(job);
  EXPECT_THAT(text, StartsWith("#!/bin/bash\n#SBATCH --job-name=first.merge\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --output=/home/ann/first.slurm/first.merge.log\n"));
  EXPECT_THAT(text, HasSubstr("\n#SBATCH --cpus-per-task=1\n"));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("--array")), Not(HasSubstr("--signal"))));
  EXPECT_THAT(text, HasSubstr("\nkept=/home/ann/first.sqlite\n"));
}

TEST(BothScripts, AreBashWhateverThePathsHold) {
  SlurmJob job = some_job();
  for (std::string* path : {&job.program, &job.spec, &job.working_folder, &job.folder, &job.merged}) {
    *path += "/it's (\"$1\") `id`; #";
  }
  for (const std::string& text : {array_script(job), merge_script(job)}) {
    const ProcessOutcome outcome = run_process({"bash", "-n", "-c", text});
    EXPECT_TRUE(outcome.succeeded()) << outcome.err;
  }
}

}  // namespace
}  // namespace optbed::slurm_job_test
