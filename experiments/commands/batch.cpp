#include "experiments/batch/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "experiments/batch/progress.hpp"
#include "experiments/batch/rehearsal.hpp"
#include "experiments/batch/runner.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/output_file.hpp"
#include "experiments/version.hpp"
#include "problems/all_problems.hpp"

namespace optbed {
namespace {

// --shard I/N: the I-th of N parts of all runs, I from 1.
struct Shard {
  long number = 1;
  long count = 1;

  bool holds(const RunName& run) const {
    return run.part(static_cast<std::uint64_t>(count)) == static_cast<std::uint64_t>(number - 1);
  }
};

Shard read_shard(const program_options::variables_map& arguments) {
  const auto text = given(arguments, "shard");
  if (!text) return {};
  constexpr double most = 1e6;
  const auto slash = text->find('/');
  if (slash == std::string::npos) {
    throw UsageError(fmt::format("--shard '{}': write I/N, as 1/4 for the first of four parts", *text));
  }
  Shard shard;
  shard.count =
      parse_integer("batch", "--shard, the number of parts", text->substr(slash + 1), between(1, most));
  shard.number = parse_integer("batch", "--shard, the part", text->substr(0, slash),
                               between(1, static_cast<double>(shard.count)));
  return shard;
}

unsigned read_workers(const program_options::variables_map& arguments) {
  constexpr double most = 1024;
  const auto text = given(arguments, "jobs");
  if (text) return static_cast<unsigned>(parse_integer("batch", "-j", *text, between(1, most)));
  return std::max(1U, std::thread::hardware_concurrency());
}

std::string store_path(const program_options::variables_map& arguments, const Plan& plan, const Shard& shard) {
  if (const auto path = given(arguments, "store")) return *path;
  if (shard.count == 1) return plan.spec().name + ".sqlite";
  return fmt::format("{}.{}-of-{}.sqlite", plan.spec().name, shard.number, shard.count);
}

// What the command is told, besides the spec.
struct BatchArguments {
  std::string store;
  unsigned workers;
  Shard shard;
  bool isolated;
  bool retry_failed;
  bool quiet;
  std::string json_log;  // empty: none
};

bool holds(const std::vector<RunName>& ascending, const RunName& name) {
  return std::binary_search(ascending.begin(), ascending.end(), name);
}

// Of a shard's runs, the numbers of those that are yet to be made.
struct Remaining {
  std::vector<std::size_t> numbers;
  std::size_t in_shard = 0;
};

Remaining remaining_runs(const Plan& plan, const Shard& shard, const std::vector<RunName>& there) {
  Remaining remaining;
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const RunName name = run_name(plan.run(i), version());
    if (!shard.holds(name)) continue;
    ++remaining.in_shard;
    if (!holds(there, name)) remaining.numbers.push_back(i);
  }
  return remaining;
}

// Those that need not be made, ascending.
std::vector<RunName> names_to_keep(const Store& store, bool retry_failed) {
  std::vector<RunName> names = store.names();
  if (!retry_failed) return names;
  const std::vector<RunName> failed = store.names_of_failed();
  std::erase_if(names, [&failed](const RunName& name) { return holds(failed, name); });
  return names;
}

void print_skipped(const Plan& plan) {
  constexpr std::size_t shown = 10;
  const auto& skipped = plan.skipped();
  for (std::size_t i = 0; i < std::min(shown, skipped.size()); ++i) {
    fmt::print("  skipped: {} on {}: {}\n", skipped[i].solver, skipped[i].problem, skipped[i].why);
  }
  if (skipped.size() > shown) fmt::print("  … and {} pairs more\n", skipped.size() - shown);
}

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.3g} kB", bytes / 1e3);
  return bytes < 1e9 ? fmt::format("{:.3g} MB", bytes / 1e6) : fmt::format("{:.3g} GB", bytes / 1e9);
}

void print_estimate(const Rehearsal& sample, unsigned workers) {
  fmt::print("from {} of them{}: about {} with {} {}, {} in the store\n", sample.runs,
             sample.cut_short ? ", which did not all end within 5 s (so more than)" : "",
             duration_text(sample.seconds / workers), workers, workers == 1 ? "thread" : "threads",
             size_text(sample.bytes));
}

int dry_run(const Plan& plan, const BatchArguments& arguments, const ProblemRegistry& problems,
            const SolverRegistry& solvers) {
  constexpr std::size_t shown = 5;
  constexpr std::chrono::seconds time(5);
  std::vector<RunName> there;
  std::error_code none;
  if (std::filesystem::exists(arguments.store, none)) {
    there = names_to_keep(Store(arguments.store, Store::Access::read), arguments.retry_failed);
  }
  const Remaining remaining = remaining_runs(plan, arguments.shard, there);
  const std::size_t missing = remaining.numbers.size();
  fmt::print("{}: {} runs, {} of them in {} already; {} pairs skipped\n", plan.spec().name, remaining.in_shard,
             remaining.in_shard - missing, arguments.store, plan.skipped().size());
  print_skipped(plan);
  if (missing == 0) return 0;
  fmt::print("the largest:\n");
  for (std::size_t i = 0; i < std::min(shown, missing); ++i) {
    const RunDescription run = plan.run(remaining.numbers[i]);
    fmt::print("  {} on {}, start {}, seed {}\n", run.solver, run.problem, run.start, run.seed);
  }
  print_estimate(rehearse(plan, remaining.numbers, problems, solvers, time), arguments.workers);
  return 0;
}

// Keeps the spec, forgets what is to be made again, and says what is missing.
Remaining prepare(Store& store, const Plan& plan, const BatchArguments& arguments) {
  Remaining remaining = remaining_runs(plan, arguments.shard, names_to_keep(store, arguments.retry_failed));
  store.begin();
  for (const auto& [name, text] : plan.spec().texts) store.keep_spec(name, text);
  if (arguments.retry_failed) {
    for (const std::size_t number : remaining.numbers) store.erase(run_name(plan.run(number), version()));
  }
  store.commit();
  return remaining;
}

int make_missing_runs(const Plan& plan, const BatchArguments& arguments, const ProblemRegistry& problems,
                      const SolverRegistry& solvers) {
  if (!arguments.json_log.empty()) check_output_file(arguments.json_log);
  Store store(arguments.store, Store::Access::write);
  const Remaining remaining = prepare(store, plan, arguments);
  catch_interruption();
  Progress progress(
      {.runs = remaining.numbers.size(), .quiet = arguments.quiet, .json_log = arguments.json_log});
  make_runs(plan, remaining.numbers, problems, solvers, store,
            {.workers = arguments.workers,
             .isolated = arguments.isolated,
             .interrupted = interrupted,
             .stored = [&progress](const FinishedRun& run) { progress.stored(run); },
             .while_running = [&progress] { progress.refresh(); }});
  progress.end(interrupted() ? "interrupted" : "end");
  fmt::print("{}: {} of {} runs made in {}, {} failed; {} were there; {} pairs skipped; in {}\n",
             plan.spec().name, progress.done(), remaining.in_shard, duration_text(progress.seconds()),
             progress.failed(), remaining.in_shard - remaining.numbers.size(), plan.skipped().size(),
             arguments.store);
  return interrupted() ? exit_interrupted : 0;
}

int batch(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("spec", text("SPEC.toml"), "the batch")(
      "store", text("FILE"), "the store (NAME.sqlite, after the batch's name)")(
      "jobs,j", text("N"), "threads (one a core)")("shard", text("I/N"),
                                                   "only the I-th of N parts of the runs")(
      "isolate", "a process for each run: one that crashes, or hangs past its max_seconds, becomes a row")(
      "dry-run", "say what would be run, with an estimate of time and size; write nothing")(
      "retry-failed",
      "make again the runs that threw, were not supported, met a number that is not finite, or "
      "ran out of time")("quiet", "no progress")("json-log", text("FILE"),
                                                 "append an object a line: of each run, at once");
  program_options::positional_options_description positional;
  positional.add("spec", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  if (!arguments->count("spec"))
    throw UsageError("batch: name a SPEC.toml; for example 'optbed batch first.toml'");

  BatchArguments told{.store = {},
                      .workers = read_workers(*arguments),
                      .shard = read_shard(*arguments),
                      .isolated = arguments->count("isolate") > 0,
                      .retry_failed = arguments->count("retry-failed") > 0,
                      .quiet = arguments->count("quiet") > 0,
                      .json_log = given(*arguments, "json-log").value_or("")};
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  const Plan plan(read_batch_spec(*given(*arguments, "spec"), problems, solvers), problems, solvers);
  told.store = store_path(*arguments, plan, told.shard);
  return arguments->count("dry-run") ? dry_run(plan, told, problems, solvers)
                                     : make_missing_runs(plan, told, problems, solvers);
}

}  // namespace

Command batch_command() {
  Command command{
      "batch",
      "batch SPEC.toml [--store FILE] [-j N] [--shard I/N] [--isolate] [--dry-run] [--retry-failed] "
      "[--quiet] [--json-log FILE]",
      "Makes all runs of a spec that the store does not have yet: the same command goes on where it "
      "stopped.",
      {}};
  command.run = [command](const auto& words) { return batch(command, words); };
  return command;
}

}  // namespace optbed
