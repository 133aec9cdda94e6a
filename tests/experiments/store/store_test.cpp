#include "experiments/store/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "experiments/batch/perform.hpp"
#include "experiments/store/lock_file.hpp"
#include "experiments/store/merge.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"

namespace optbed::store_test {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

FinishedRun performed(const RunDescription& run) {
  static const ProblemRegistry problems = all_problems();
  static const SolverRegistry solvers = all_solvers();
  return perform(
      run_name(run, "1"), run, [&run] { return std::shared_ptr<const Problem>(problems.make(run.problem)); },
      solvers, [] { return false; });
}

FinishedRun rosenbrock(std::uint64_t seed = 0) {
  return performed({.problem = "rosenbrock", .solver = "lbfgs", .seed = seed, .trace = {.iterates = true}});
}

class StoreFile : public ::testing::Test {
 protected:
  StoreFile() {
    std::string path = (fs::temp_directory_path() / "optbed_store_XXXXXX").string();
    folder_ = mkdtemp(path.data());
  }
  ~StoreFile() override { fs::remove_all(folder_); }

  std::string path(const std::string& name = "s.sqlite") const { return (folder_ / name).string(); }

  void write(const std::vector<FinishedRun>& runs, const std::string& name = "s.sqlite") const {
    Store store(path(name), Store::Access::write);
    store.begin();
    for (const FinishedRun& run : runs) store.insert(run, this_environment());
    store.commit();
  }

  std::string content(const std::string& name = "s.sqlite") const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }

  // What opening it to write says; the file must be as before.
  std::string refusal() const {
    const std::string before = content();
    std::string said;
    for (const auto access : {Store::Access::read, Store::Access::write}) {
      try {
        const Store store(path(), access);
      } catch (const InputError& error) {
        said = error.what();
      }
    }
    EXPECT_EQ(content(), before);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
    return said;
  }

  fs::path folder_;
};

// RFC 4122, 4.3: computed by Python's uuid.uuid5 of the text that the name is made of.
TEST(RunName, IsTheUuidOfWhatDeterminesTheRun) {
  RunDescription run{.problem = "rosenbrock", .solver = "lbfgs", .seed = 1, .limits = {.max_iterations = 1000}};
  EXPECT_EQ(run_name(run, "0.1.0").text(), "06d7380db8da5b099d2e0af823c75f02");
  EXPECT_EQ(parse_run_name("06d7380db8da5b099d2e0af823c75f02"), run_name(run, "0.1.0"));
}

TEST(RunName, DiffersWhereAnythingThatDeterminesTheRunDoes) {
  const RunDescription run{.problem = "rosenbrock", .solver = "lbfgs"};
  std::vector<RunDescription> others(15, run);
  others[0].problem = "beale";
  others[1].solver = "bfgs";
  others[2].start = "10x";
  others[3].seed = 1;
  others[4].limits.max_iterations = 1;
  others[5].limits.max_evaluations = 1;
  others[6].limits.max_seconds = 1;
  others[7].limits.gradient_tolerance = 1e-7;
  others[8].limits.value_target = 0;
  others[9].limits.gap_tolerance = 1;
  others[10].trace.trigger.interval = 2;
  others[11].trace.distance = false;
  others[12].trace.iterates = true;
  others[13].tuning = "lbfgs (tuned)";
  others[14].tuning = "lbfgs (tuned)";
  others[14].is_trial = true;
  std::set<RunName> names = {run_name(run, "1"), run_name(run, "2")};
  for (const RunDescription& other : others) names.insert(run_name(other, "1"));
  EXPECT_EQ(names.size(), 17U);
}

// So that a shard has all trials that choose the setting of its runs.
TEST(RunName, OfATuningLeadsItsTrialsAndItsRunsIntoOneShard) {
  const RunDescription run{.problem = "rosenbrock", .solver = "lbfgs:memory=5", .seed = 1, .tuning = "tuned"};
  RunDescription trial = run;
  trial.solver = "lbfgs:memory=9";
  trial.seed = 2;
  trial.is_trial = true;
  EXPECT_NE(run_name(run, "1"), run_name(trial, "1"));
  EXPECT_EQ(shard_name(run, "1"), shard_name(trial, "1"));
  trial.problem = "beale";
  EXPECT_NE(shard_name(run, "1"), shard_name(trial, "1"));
}

// A share of 1/4 of 4000 has the standard deviation sqrt(4000 * 3/16) = 27: within 5 of them.
TEST(RunName, PartsAreOfEqualSize) {
  std::array<int, 4> counts{};
  RunDescription run{.problem = "rosenbrock", .solver = "lbfgs"};
  for (run.seed = 0; run.seed < 4000; ++run.seed) ++counts[run_name(run, "1").part(4)];
  for (const int count : counts) EXPECT_NEAR(count, 1000, 5 * 27.4);
}

TEST_F(StoreFile, GivesBackWhatWasPutIn) {
  const FinishedRun run =
      performed({.problem = "rosenbrock",
                 .solver = "newton",
                 .start = "1.5;-2",
                 .seed = 9007199254740993U,  // no double has this value
                 .limits = {.max_iterations = 5, .max_evaluations = 70, .value_target = 0.1},
                 .trace = {.trigger = {.kind = Trigger::Kind::logarithmic, .points_per_decade = 3},
                           .seconds = false,
                           .iterates = true}});
  write({run});
  const Store store(path(), Store::Access::read);
  const FinishedRun read = store.run(run.name);
  EXPECT_THAT(differences(run, read), IsEmpty());
  EXPECT_EQ(run_name(read.description, "1"), run.name);
  EXPECT_EQ(read.result.seconds, run.result.seconds);
  EXPECT_EQ(read.trace.columns.back(), (TraceColumn{"x", 2}));
  EXPECT_EQ(store.environment_of(run.name), this_environment());
  EXPECT_THAT(store.names(), ElementsAre(run.name));
  EXPECT_THROW(store.run(RunName{}), std::out_of_range);
}

TEST_F(StoreFile, GivesBackNumbersThatAreNotFinite) {
  FinishedRun run = rosenbrock();
  run.result.value = nan;
  run.result.gap = infinity;
  run.result.gradient_norm = -infinity;
  run.result.distance = std::nullopt;
  run.result.best = std::nullopt;
  run.trace.values[3] = nan;
  run.trace.values[4] = -0.0;
  run.trace.values[5] = infinity;
  write({run});
  const FinishedRun read = Store(path(), Store::Access::read).run(run.name);
  EXPECT_THAT(differences(run, read), IsEmpty());
  EXPECT_TRUE(std::isnan(read.result.value));
  EXPECT_FALSE(read.result.best);
  EXPECT_TRUE(std::signbit(read.trace.values[4]));
}

TEST_F(StoreFile, HasTheViewsThatOtherProgramsRead) {
  const FinishedRun run = rosenbrock(3);
  write({rosenbrock(1), run, rosenbrock(2)});
  const SQLite::Database database(path(), SQLite::OPEN_READONLY);
  SQLite::Statement runs(database, "SELECT * FROM runs WHERE run = ?");
  runs.bind(1, run.name.text());
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(runs.getColumnCount()));
  for (int i = 0; i < runs.getColumnCount(); ++i) names.emplace_back(runs.getColumnName(i));
  EXPECT_THAT(names, ElementsAre("run", "problem", "solver", "start", "seed", "dimension", "stop", "solved",
                                 "iterations", "value_evaluations", "gradient_evaluations", "value", "gap",
                                 "gradient_norm", "seconds", "tuning", "trial"));
  ASSERT_TRUE(runs.executeStep());
  EXPECT_EQ(runs.getColumn("problem").getString(), "rosenbrock");
  EXPECT_EQ(runs.getColumn("seed").getInt(), 3);
  EXPECT_EQ(runs.getColumn("gradient_evaluations").getInt(), run.result.evaluations.gradient);
  EXPECT_EQ(runs.getColumn("value").getDouble(), run.result.value);

  SQLite::Statement trace(database, "SELECT data, rows, width FROM traces WHERE run = ? AND name = ?");
  for (std::size_t j = 0; j < run.trace.columns.size(); ++j) {
    trace.reset();
    trace.bind(1, run.name.text());
    trace.bind(2, run.trace.columns[j].name);
    ASSERT_TRUE(trace.executeStep()) << run.trace.columns[j].name;
    EXPECT_EQ(trace.getColumn(1).getInt64(), static_cast<std::int64_t>(run.trace.rows));
    const SQLite::Column data = trace.getColumn(0);
    const auto numbers = run.trace.column(j);
    ASSERT_EQ(static_cast<std::size_t>(data.getBytes()), numbers.size_bytes());
    EXPECT_EQ(std::memcmp(data.getBlob(), numbers.data(), numbers.size_bytes()), 0);
  }
}

TEST_F(StoreFile, IsAsBeforeWithoutACommit) {
  write({rosenbrock(1)});
  {
    Store store(path(), Store::Access::write);
    store.begin();
    store.insert(rosenbrock(2), this_environment());
    store.erase(rosenbrock(1).name);
  }
  EXPECT_THAT(Store(path(), Store::Access::read).names(), ElementsAre(rosenbrock(1).name));
}

TEST_F(StoreFile, ForgetsARunWithItsTrace) {
  write({rosenbrock(1), rosenbrock(2)});
  {
    Store store(path(), Store::Access::write);
    store.begin();
    store.erase(rosenbrock(1).name);
    store.commit();
  }
  const SQLite::Database database(path(), SQLite::OPEN_READONLY);
  EXPECT_EQ(SQLite::Statement(database, "SELECT 1 FROM trace_numbers").executeStep(), true);
  SQLite::Statement count(database, "SELECT count(*) FROM trace_numbers");
  ASSERT_TRUE(count.executeStep());
  EXPECT_EQ(count.getColumn(0).getInt(), 1);
}

TEST_F(StoreFile, LeavesAForeignFileAlone) {
  std::ofstream(path()) << "a,b\n1,2\n";
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path()), HasSubstr("not a store")));
  fs::resize_file(path(), 0);
  EXPECT_THAT(refusal(), HasSubstr("not a store"));
  fs::remove(path());
  {
    SQLite::Database foreign(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    foreign.exec("CREATE TABLE t(a)");
  }
  EXPECT_THAT(refusal(), HasSubstr("is an SQLite file, but not a store"));
}

TEST_F(StoreFile, LeavesAStoreOfAnotherVersionAlone) {
  write({rosenbrock()});
  for (const char* version : {"0", "1", "3"}) {
    {
      SQLite::Database database(path(), SQLite::OPEN_READWRITE);
      database.exec(std::string("PRAGMA user_version = ") + version + "; PRAGMA journal_mode = DELETE");
    }
    EXPECT_THAT(refusal(), HasSubstr(std::string("a store of version ") + version));
  }
}

TEST_F(StoreFile, LeavesAStoreThatIsCutShortAlone) {
  write({rosenbrock()});
  const auto size = fs::file_size(path());
  for (const auto kept : {size - 1, size / 2, std::uintmax_t{50}}) {
    fs::resize_file(path(), kept);
    EXPECT_THAT(refusal(), HasSubstr("cut short")) << kept << " of " << size;
  }
}

TEST_F(StoreFile, SaysWhereItIsDamaged) {
  write({rosenbrock(1), rosenbrock(2)});
  {
    std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::size_t page = 32768;
    file.seekp(page);  // the second page and all after it
    const std::string rubbish(fs::file_size(path()) - page, '\x5a');
    file << rubbish;
  }
  try {
    const Store store(path(), Store::Access::read);
    store.names();
    FAIL() << "nothing was said";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("is damaged"));
  }
}

TEST_F(StoreFile, SaysWhereARowIsDamaged) {
  for (const char* damage : {"UPDATE results SET run = 'zz'", "UPDATE results SET iterations = 'many'",
                             "UPDATE trace_numbers SET numbers = x''"}) {
    fs::remove(path());
    write({rosenbrock(1)});
    SQLite::Database(path(), SQLite::OPEN_READWRITE).exec(damage);
    const Store store(path(), Store::Access::read);
    try {
      store.for_each(Store::Part::whole, [](const FinishedRun&) {});
      FAIL() << damage;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("is damaged")) << damage;
    }
  }
}

// What SQLite would take for a part of the new file.
TEST_F(StoreFile, IsNotMadeBesideTheRemainsOfAnother) {
  std::ofstream(path() + "-wal") << "the last runs of a store that was moved";
  try {
    const Store store(path(), Store::Access::write);
    FAIL() << "it was made";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("s.sqlite-wal, which may hold the last runs"));
  }
  EXPECT_FALSE(fs::exists(path()));
  EXPECT_GT(fs::file_size(path() + "-wal"), 0U);
}

TEST_F(StoreFile, IsOneFileWhenItIsClosed) {
  write({rosenbrock(1)});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1);
}

TEST_F(StoreFile, HasOneLockWhateverItIsCalled) {
  write({rosenbrock(1)});
  fs::create_symlink(path(), path("link"));
  const Store held(path("link"), Store::Access::write);
  EXPECT_TRUE(fs::exists(path() + "-lock"));
  EXPECT_FALSE(fs::exists(path("link") + "-lock"));
  fs::create_symlink(path("nothing"), path("dangling"));
  EXPECT_THROW(Store(path("dangling"), Store::Access::write), InputError);
  EXPECT_TRUE(fs::is_symlink(path("dangling")));
}

TEST_F(StoreFile, WithAnotherNameIsNotWrittenTo) {
  write({rosenbrock(1)});
  fs::create_hard_link(path(), path("other"));
  const std::string before = content();
  EXPECT_THROW(Store(path(), Store::Access::write), InputError);
  EXPECT_THROW(Store(path("other"), Store::Access::write), InputError);
  EXPECT_EQ(content(), before);
  EXPECT_EQ(Store(path("other"), Store::Access::read).size(), 1);
}

TEST_F(StoreFile, SaysThatItWasRemovedWhileRunsWereWritten) {
  Store store(path(), Store::Access::write);
  store.begin();
  store.insert(rosenbrock(1), this_environment());
  store.commit();
  fs::remove(path());
  store.begin();
  store.insert(rosenbrock(2), this_environment());
  try {
    store.commit();
    FAIL() << "the runs are nowhere";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("was removed or replaced while runs were written to it"));
  }
}

TEST_F(StoreFile, MayBeMissingOnlyWhereItIsMade) {
  EXPECT_THROW(Store(path(), Store::Access::read), InputError);
  EXPECT_THROW(Store(path("no/such.sqlite"), Store::Access::write), InputError);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(StoreFile, OfAnotherProcessIsWaitedForAndThenRefusedWithItsNumber) {
  const LockFile held(path(), std::chrono::milliseconds(0));
  try {
    const LockFile second(path(), std::chrono::milliseconds(100));
    FAIL() << "two hold it";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("in use by process " + std::to_string(getpid()) + " on "));
  }
}

TEST_F(StoreFile, IsGivenOnToTheOneThatWaits) {
  auto held = std::make_unique<LockFile>(path(), std::chrono::milliseconds(0));
  std::jthread waiting([this] { const LockFile second(path(), std::chrono::seconds(5)); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  held.reset();
  waiting.join();
  EXPECT_TRUE(fs::is_empty(folder_));
}

// What was committed before the disk was full is there afterwards.
TEST_F(StoreFile, OnAFullDiskKeepsWhatWasCommitted) {
  const std::string disk = path("disk");
  fs::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=4m") != 0)
    GTEST_SKIP() << "only root can make a small disk";
  struct Unmount {
    const std::string& disk;
    ~Unmount() { umount(disk.c_str()); }
  };
  const Unmount at_the_end{disk};
  const std::string file = disk + "/s.sqlite";
  std::size_t committed = 0;
  std::string said;
  try {
    Store store(file, Store::Access::write);
    for (; committed < 10000; ++committed) {
      store.begin();
      store.insert(rosenbrock(committed), this_environment());
      store.commit();
    }
  } catch (const InputError& error) {
    said = error.what();
  }
  EXPECT_THAT(said, HasSubstr("the disk is full"));
  EXPECT_GT(committed, 10U);
  EXPECT_EQ(Store(file, Store::Access::read).names().size(), committed);
}

// No clock ends a run twice at the same iteration.
TEST_F(StoreFile, MergesRunsThatRanOutOfTime) {
  FinishedRun first = rosenbrock(1);
  first.stop = "max_seconds";
  FinishedRun second = first;
  second.result.iterations += 1;
  write({first}, "a");
  write({second}, "b");
  Store into(path("a"), Store::Access::write);
  const Merge count = merge(into, Store(path("b"), Store::Access::read));
  EXPECT_EQ(count.added + count.replaced, 0);
  EXPECT_EQ(count.there_already, 1);
  EXPECT_EQ(into.run(first.name).result.iterations, first.result.iterations);
}

// Whichever of the two comes first.
TEST_F(StoreFile, MergesToTheRunThatWasNotCutOff) {
  const FinishedRun whole = rosenbrock(1);
  for (const char* stop : {"max_seconds", stop_at_crash, stop_at_exception}) {
    FinishedRun cut = whole;
    cut.stop = stop;
    cut.result.iterations = 0;
    for (const bool whole_first : {true, false}) {
      fs::remove(path("a"));
      fs::remove(path("b"));
      write({whole_first ? whole : cut}, "a");
      write({whole_first ? cut : whole}, "b");
      Store into(path("a"), Store::Access::write);
      const Merge count = merge(into, Store(path("b"), Store::Access::read));
      EXPECT_EQ(count.replaced, whole_first ? 0 : 1) << stop;
      EXPECT_THAT(differences(into.run(whole.name), whole), IsEmpty()) << stop;
    }
  }
}

TEST_F(StoreFile, MergesAndMergingAgainChangesNothing) {
  write({rosenbrock(1), rosenbrock(2)}, "a");
  write({rosenbrock(2), rosenbrock(3)}, "b");
  Store into(path("out"), Store::Access::write);
  const Store a(path("a"), Store::Access::read);
  const Store b(path("b"), Store::Access::read);
  EXPECT_EQ(merge(into, a).added, 2);
  const Merge second = merge(into, b);
  EXPECT_EQ(second.added, 1);
  EXPECT_EQ(second.there_already, 1);
  EXPECT_EQ(into.size(), 3);
  EXPECT_EQ(merge(into, a).added, 0);
  EXPECT_EQ(merge(into, b).there_already, 2);
  for (const std::uint64_t seed : {1, 2, 3}) {
    EXPECT_THAT(differences(into.run(rosenbrock(seed).name), rosenbrock(seed)), IsEmpty()) << seed;
  }
}

TEST_F(StoreFile, RefusesToMergeOtherResultsOfTheSameRunAndAddsNothing) {
  FinishedRun other = rosenbrock(2);
  other.trace.values[other.trace.rows + 1] += 1;  // row 1 of the column after `iteration`
  write({rosenbrock(2)}, "a");
  write({rosenbrock(1), other}, "b");
  Store into(path("a"), Store::Access::write);
  try {
    merge(into, Store(path("b"), Store::Access::read));
    FAIL() << "merged";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(other.name.text()), HasSubstr("row 1, column value")));
  }
  EXPECT_EQ(into.size(), 1);
  into.begin();  // it can be written to afterwards
  into.insert(rosenbrock(4), this_environment());
  into.commit();
  EXPECT_EQ(into.size(), 2);
}

TEST(Differences, AreInTheBitsWhateverTheSeconds) {
  const FinishedRun run = rosenbrock();
  FinishedRun other = run;
  other.result.seconds += 1;
  EXPECT_THAT(differences(run, other), IsEmpty());
  other.result.value = std::nextafter(run.result.value, 1);
  other.result.x[1] = std::nextafter(run.result.x[1], 2);
  other.stop = "stalled";
  EXPECT_THAT(differences(run, other),
              ElementsAre("stop: gradient_tolerance and stalled", HasSubstr("value: "), HasSubstr("x2: ")));
}

TEST(Perform, KeepsTheReasonOfARunThatThrows) {
  const FinishedRun run = performed({.problem = "rosenbrock", .solver = "lbfgs", .start = "1;2;3"});
  EXPECT_EQ(run.stop, stop_at_exception);
  EXPECT_THAT(run.result.message, HasSubstr("the start has 3 numbers"));
  EXPECT_TRUE(has_failed(run));
  EXPECT_EQ(performed({.problem = "nothing", .solver = "lbfgs"}).stop, stop_at_exception);
}

}  // namespace
}  // namespace optbed::store_test
