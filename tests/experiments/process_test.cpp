#include "experiments/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

namespace optbed::process_test {
namespace {

using ::testing::HasSubstr;

ProcessOutcome shell(const std::string& text, const std::filesystem::path& folder = ".") {
  return run_process({"sh", "-c", text}, folder);
}

TEST(Process, KeepsWhatItSaysApartAndItsStatus) {
  const ProcessOutcome outcome = shell("echo result; echo complaint >&2; exit 7");
  EXPECT_TRUE(outcome.found);
  EXPECT_FALSE(outcome.succeeded());
  EXPECT_EQ(outcome.exit_status, 7);
  EXPECT_EQ(outcome.out, "result\n");
  EXPECT_EQ(outcome.err, "complaint\n");
  EXPECT_TRUE(shell("true").succeeded());
}

TEST(Process, EndedByASignalHasItsNumber) { EXPECT_EQ(shell("kill -TERM $$").exit_status, 128 + SIGTERM); }

// More than a pipe holds (64 kB), in turns: who reads one of them to its end first waits for ever.
TEST(Process, MaySayMuchOnBoth) {
  const ProcessOutcome outcome = shell(
      "i=0; while [ $i -lt 3 ]; do head -c 100000 /dev/zero >&2; head -c 100000 /dev/zero; i=$((i + 1)); done");
  EXPECT_EQ(outcome.out.size(), 300000U);
  EXPECT_EQ(outcome.err.size(), 300000U);
}

TEST(Process, GetsItsWordsAsTheyStand) {
  const std::string word = "a b;'\"$HOME`id`\n*";
  EXPECT_EQ(run_process({"printf", "%s|%s", word, ""}).out, word + "|");
}

TEST(Process, RunsInItsFolderWithNothingToRead) {
  EXPECT_EQ(shell("pwd", "/").out, "/\n");
  EXPECT_EQ(shell("cat").out, "");
}

TEST(Process, ThatIsNotThereIsSaid) {
  const ProcessOutcome outcome = run_process({"no-such-program-as-this"});
  EXPECT_FALSE(outcome.found);
  EXPECT_FALSE(outcome.succeeded());
  EXPECT_THAT(outcome.err, HasSubstr("No such file"));
}

}  // namespace
}  // namespace optbed::process_test
