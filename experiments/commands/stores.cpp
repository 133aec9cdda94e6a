// The commands on stores: merge, export, replay.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <set>

#include "experiments/batch/replay.hpp"
#include "experiments/batch/stages.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/commands/report_arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/store/export_csv.hpp"
#include "experiments/store/merge.hpp"
#include "experiments/version.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

std::vector<std::string> all_given(const program_options::variables_map& arguments, const std::string& name) {
  return arguments.count(name) ? arguments[name].as<std::vector<std::string>>() : std::vector<std::string>();
}

// The batch of which a store should hold every run, in so many shards.
struct ExpectedBatch {
  ProblemRegistry problems = all_problems();
  SolverRegistry solvers = all_solvers();
  BatchSpec spec;
  long shards = 1;
};

std::optional<ExpectedBatch> read_expected(const program_options::variables_map& arguments) {
  constexpr double most = 1e6;
  const auto spec = given(arguments, "expect");
  const auto shards = given(arguments, "shards");
  if (!spec && shards) throw UsageError("merge: --shards goes with --expect SPEC.toml");
  if (!spec) return std::nullopt;
  ExpectedBatch expected;
  expected.spec = find_batch_spec(*spec, expected.problems, expected.solvers);
  if (shards)
    expected.shards = static_cast<long>(parse_integer("merge", "--shards", *shards, between(1, most)));
  return expected;
}

void keep_chosen_reports(const ExpectedBatch& expected, Store& store) {
  if (expected.spec.tunings.empty()) return;
  const auto reports = chosen_reports(expected.spec, store, expected.problems, expected.solvers);
  const std::size_t superseded = reports ? erase_superseded(*reports, store) : 0;
  if (superseded > 0)
    fmt::print("{} reports of settings that are not the best any more are removed\n", superseded);
}

// Returns the exit code.
int report_missing(const ExpectedBatch& expected, const Store& store) {
  const std::string& name = expected.spec.name;
  const MissingRuns missing = missing_runs(expected.spec, store, expected.problems, expected.solvers);
  if (missing.runs.empty()) {
    fmt::print("{}: all {} runs are there\n", name, missing.of);
    return 0;
  }
  std::set<std::uint64_t> shards;
  for (const RunDescription& run : missing.runs) {
    shards.insert(shard_name(run, version()).part(static_cast<std::uint64_t>(expected.shards)) + 1);
  }
  fmt::print("{}: {} of {} runs are missing", name, missing.runs.size(), missing.of);
  if (expected.shards > 1) fmt::print(", of the shards {} (of {})", fmt::join(shards, ", "), expected.shards);
  fmt::print("\n");
  return exit_check_failed;
}

int merge_stores(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("store", program_options::value<std::vector<std::string>>()->value_name("FILE"),
                        "the store to add to, made where it does not exist, and those to add")(
      "expect", text("SPEC.toml"), "then say which runs of this batch are missing: exit 1")(
      "shards", text("N"), "of which shards of N, too");
  program_options::positional_options_description positional;
  positional.add("store", -1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  const std::vector<std::string> paths = all_given(*arguments, "store");
  if (paths.size() < 2)
    throw UsageError("merge: name the store to make and those to add: OUT.sqlite IN.sqlite…");
  const std::optional<ExpectedBatch> expected = read_expected(*arguments);
  for (std::size_t i = 1; i < paths.size(); ++i) {
    std::error_code none;
    if (std::filesystem::equivalent(paths[i], paths[0], none)) {
      throw UsageError(fmt::format("merge: {} cannot be added to itself", paths[i]));
    }
    const Store readable(paths[i], Store::Access::read);  // nothing is made where one of them is no store
  }
  Store into(paths[0], Store::Access::write);
  for (std::size_t i = 1; i < paths.size(); ++i) {
    const Merge merged = merge(into, Store(paths[i], Store::Access::read));
    fmt::print("{}: {} runs added, {} were there\n", paths[i], merged.added, merged.there_already);
    if (merged.replaced > 0) {
      fmt::print("  {} were there cut off by the clock, a crash or an exception, and are replaced\n",
                 merged.replaced);
    }
  }
  if (expected) keep_chosen_reports(*expected, into);
  fmt::print("{}: {} runs\n", paths[0], into.size());
  return expected ? report_missing(*expected, into) : 0;
}

// Throws UsageError where no run is selected, or the filter has a name that none of them has.
void require_some_run(const Store& store, const RunFilter& filter) {
  RunFilter::Vocabulary vocabulary;
  bool is_any_selected = filter.text().empty();
  store.for_each(Store::Part::without_numbers, [&](const FinishedRun& run) {
    vocabulary.add(run);
    is_any_selected |= filter.accepts(run);
  });
  filter.require_names_in(vocabulary);
  if (!is_any_selected) throw UsageError(fmt::format("no run in {} fits '{}'", store.path(), filter.text()));
}

int export_store(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  add_store_words(options);
  options.add_options()("long", "a row for each row of the traces, not each run")(
      "format", program_options::value<std::string>()->value_name("FORMAT"), "csv");
  const auto arguments = read_arguments(command, words, options, store_words());
  if (!arguments) return 0;
  if (const auto format = given(*arguments, "format")) parse_choice("export", "--format", *format, {"csv"});
  const auto [stores, filter] = read_stores_and_filter(command, *arguments, 1);
  const Store store(stores.front(), Store::Access::read);
  require_some_run(store, filter);
  const RunSelection selects = [&filter = filter](const FinishedRun& run) { return filter.accepts(run); };
  (arguments->count("long") ? export_long : export_wide)(store, selects, stdout);
  return 0;
}

void print_each(const char* heading, const std::vector<std::string>& lines) {
  if (!lines.empty()) fmt::print("{}\n", heading);
  for (const std::string& line : lines) fmt::print("  {}\n", line);
}

int replay_run(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("store", text("STORE"), "the store")("run", text("RUN"),
                                                             "the run's name, or the beginning of it");
  program_options::positional_options_description positional;
  positional.add("store", 1).add("run", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  const std::string example = "'optbed replay first.sqlite 3fa1'";
  const Store store(required(*arguments, "store", example), Store::Access::read);
  catch_interruption();
  const Replay again =
      replay(store, required(*arguments, "run", example), all_problems(), all_solvers(), interrupted);
  if (again.interrupted) return exit_interrupted;
  const RunDescription& run = again.stored.description;
  fmt::print("{}: {} on {}, start {}, seed {}\n", again.stored.name.text(), run.solver, run.problem, run.start,
             run.seed);
  if (again.results.empty()) {
    fmt::print("the same, bit by bit: results, last point, {} rows of trace\n", again.stored.trace.rows);
  }
  print_each("differs (in the store, and now):", again.results);
  print_each("in another environment (then, and now):", again.environment);
  return again.results.empty() ? 0 : exit_check_failed;
}

}  // namespace

Command merge_command() {
  Command command{"merge",
                  "merge OUT.sqlite IN.sqlite… [--expect SPEC.toml [--shards N]]",
                  "Joins stores; refuses runs on which they disagree.",
                  {}};
  command.run = [command](const auto& words) { return merge_stores(command, words); };
  return command;
}

Command export_command() {
  Command command{"export",
                  "export STORE [FILTER…] [--long] [--format csv]",
                  "Prints a store as CSV: a row a run, or a row a row of the traces.",
                  {}};
  command.run = [command](const auto& words) { return export_store(command, words); };
  return command;
}

Command replay_command() {
  Command command{"replay", "replay STORE RUN", "Makes one run of a store again and compares bit by bit.", {}};
  command.run = [command](const auto& words) { return replay_run(command, words); };
  return command;
}

}  // namespace optbed
