#include "experiments/reports/stored_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed::stored_runs_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

FinishedRun run_of(const RunDescription& description) {
  FinishedRun run;
  run.name = run_name(description, "1");
  run.description = description;
  run.stop = "max_iterations";
  run.result.x.setZero(2);
  return run;
}

class StoredRuns : public ::testing::Test {
 protected:
  StoredRuns() {
    std::string path = (fs::temp_directory_path() / "optbed_stored_runs_XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~StoredRuns() override { fs::remove_all(folder_); }

  std::string store_of(const std::string& name, const std::vector<RunDescription>& runs) const {
    std::string path = (folder_ / name).string();
    Store store(path, Store::Access::write);
    store.begin();
    for (const RunDescription& run : runs) store.insert(run_of(run), this_environment());
    store.commit();
    return path;
  }

  static std::vector<StoredRun> read(const std::string& path) {
    return read_runs(Store(path, Store::Access::read), RunFilter({}, all_problems(), all_solvers()));
  }

  std::string refusal(const std::vector<RunDescription>& runs) const {
    try {
      read(store_of("refused.sqlite", runs));
    } catch (const UsageError& error) {
      return error.what();
    }
    return "none";
  }

  fs::path folder_;
};

std::vector<std::string> texts(const std::vector<StoredRun>& runs) {
  std::vector<std::string> all;
  all.reserve(runs.size());
  for (const StoredRun& run : runs) all.push_back(run.problem + " " + run.solver);
  return all;
}

// 10, 010 and 1e1 are one number in three texts. Equivalent, they would leave the order to the solvers, whose
// order across them is none: newton after lbfgs, whatever the problem.
TEST_F(StoredRuns, HaveOneOrderHoweverTheirNumbersAreWritten) {
  std::vector<RunDescription> runs;
  for (const char* problem : {"quadratic:n=1e1", "quadratic:n=9", "quadratic:n=10", "quadratic:n=010"}) {
    for (const char* solver : {"newton", "lbfgs"}) runs.push_back({.problem = problem, .solver = solver});
  }
  const auto expected = ElementsAre("quadratic:n=9 newton", "quadratic:n=9 lbfgs", "quadratic:n=010 newton",
                                    "quadratic:n=010 lbfgs", "quadratic:n=10 newton", "quadratic:n=10 lbfgs",
                                    "quadratic:n=1e1 newton", "quadratic:n=1e1 lbfgs");
  int number = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    std::rotate(runs.begin(), runs.begin() + 1, runs.end());
    for (int turned = 0; turned < 2; ++turned) {
      std::reverse(runs.begin(), runs.end());
      EXPECT_THAT(texts(read(store_of(std::to_string(number++), runs))), expected);
    }
  }
}

TEST_F(StoredRuns, KnowTheLimitsInWhichTwoDiffer) {
  const RunDescription run{.problem = "beale", .solver = "lbfgs"};
  RunDescription other = run;
  other.limits.max_iterations = 20;
  EXPECT_THAT(refusal({run, other}), HasSubstr("add max_iterations=10000 or max_iterations=20 to the filter"));
}

TEST_F(StoredRuns, KnowTheLimitThatOneOfTwoLacks) {
  const RunDescription run{.problem = "beale", .solver = "lbfgs"};
  RunDescription other = run;
  other.limits.value_target = 0.25;
  for (const auto& runs : {std::vector{run, other}, std::vector{other, run}}) {
    fs::remove(folder_ / "refused.sqlite");
    EXPECT_THAT(refusal(runs),
                AllOf(HasSubstr("add value_target=0.25 to the filter"), Not(HasSubstr("version"))));
  }
}

}  // namespace
}  // namespace optbed::stored_runs_test
