#include "experiments/batch/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "experiments/batch/progress.hpp"
#include "experiments/batch/rehearsal.hpp"
#include "experiments/batch/runner.hpp"
#include "experiments/batch/stages.hpp"
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

  bool holds(const RunDescription& run) const {
    if (count == 1) return true;
    const auto parts = static_cast<std::uint64_t>(count);
    return shard_name(run, version()).part(parts) == static_cast<std::uint64_t>(number - 1);
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

std::string store_path(const program_options::variables_map& arguments, const std::string& name,
                       const Shard& shard) {
  const auto path = given(arguments, "store");
  if (path && path->empty()) throw UsageError("--store '': name a file, or leave it out");
  if (path) return *path;
  if (shard.count == 1) return name + ".sqlite";
  return fmt::format("{}.{}-of-{}.sqlite", name, shard.number, shard.count);
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
    const RunDescription run = plan.run(i);
    if (!shard.holds(run)) continue;
    ++remaining.in_shard;
    const bool is_there = !there.empty() && holds(there, run_name(run, version()));
    if (!is_there) remaining.numbers.push_back(i);
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

std::string skipped_text(const Plan& plan) {
  const std::size_t count = plan.skipped().size();
  return fmt::format("{} {} skipped", count, count == 1 ? "pair" : "pairs");
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
             sample.cut_short ? " (roughly: the last was cut off after 5 s)" : "",
             duration_text(sample.seconds / workers), workers, workers == 1 ? "thread" : "threads",
             size_text(sample.bytes));
}

// The runs that a person may name, all problems and solvers among them.
struct Registries {
  ProblemRegistry problems = all_problems();
  SolverRegistry solvers = all_solvers();

  Plan plan(BatchSpec spec) const { return {std::move(spec), problems, solvers}; }
};

std::string text_of_tuning(const Tuning& tuning) {
  return fmt::format("{}: {} settings ({}), each with {} {} a problem", tuning.label, tuning.settings.size(),
                     tuning.search, tuning.seeds.value.size(),
                     tuning.seeds.value.size() == 1 ? "seed" : "seeds");
}

// A plan's counts, its largest runs and what it will cost. Returns how many runs are missing.
std::size_t print_plan(const Plan& plan, const std::string& name, const std::vector<RunName>& there,
                       const BatchArguments& arguments, const Registries& registries) {
  constexpr std::size_t shown = 5;
  constexpr std::chrono::seconds time(5);
  const Remaining remaining = remaining_runs(plan, arguments.shard, there);
  const std::size_t missing = remaining.numbers.size();
  fmt::print("{}: {} runs, {} of them in {} already; {}\n", name, remaining.in_shard,
             remaining.in_shard - missing, arguments.store, skipped_text(plan));
  print_skipped(plan);
  if (missing == 0) return 0;
  fmt::print("the largest:\n");
  for (std::size_t i = 0; i < std::min(shown, missing); ++i) {
    const RunDescription run = plan.run(remaining.numbers[i]);
    fmt::print("  {} on {}, start {}, seed {}{}\n", run.solver, run.problem, run.start, run.seed,
               limits_text(differing_limits(plan.spec().limits), run.limits));
  }
  if (arguments.isolated) {
    fmt::print("without an estimate: --isolate is for runs that may take the program down\n");
    return missing;
  }
  print_estimate(rehearse(plan, remaining.numbers, registries.problems, registries.solvers, time),
                 arguments.workers);
  return missing;
}

int dry_run(const BatchSpec& spec, const BatchArguments& arguments, const Registries& registries) {
  std::unique_ptr<Store> store;
  std::vector<RunName> there;
  std::error_code none;
  if (std::filesystem::exists(arguments.store, none)) {
    store = std::make_unique<Store>(arguments.store, Store::Access::read);
    there = names_to_keep(*store, arguments.retry_failed);
  }
  std::vector<std::vector<TuningChoice>> choices;
  std::size_t missing_trials = 0;
  for (const Tuning& tuning : spec.tunings) {
    const Plan trials = registries.plan(spec_of_trials(spec, tuning));
    missing_trials += print_plan(trials, text_of_tuning(tuning), there, arguments, registries);
    if (store) choices.push_back(choices_of(tuning, trials, *store));
  }
  // As long as trials are missing, with the untuned options in place of those that they will choose.
  const bool are_chosen = store && missing_trials == 0;
  print_plan(registries.plan(are_chosen ? spec_of_reports(spec, choices) : spec), spec.name, there, arguments,
             registries);
  return 0;
}

int make_missing_runs(const Plan& plan, const std::string& name, const BatchArguments& arguments,
                      const Registries& registries, Store& store) {
  const Remaining remaining =
      remaining_runs(plan, arguments.shard, names_to_keep(store, arguments.retry_failed));
  Progress progress({.runs = remaining.numbers.size(),
                     .quiet = arguments.quiet,
                     .json_log = arguments.json_log,
                     .shown_limits = differing_limits(plan.spec().limits)});
  make_runs(plan, remaining.numbers, registries.problems, registries.solvers, store,
            {.workers = arguments.workers,
             .isolated = arguments.isolated,
             .replaces = arguments.retry_failed,
             .interrupted = interrupted,
             .stored = [&progress](const FinishedRun& run) { progress.stored(run); },
             .while_running = [&progress] { progress.refresh(); }});
  progress.end(interrupted() ? "interrupted" : "end");
  fmt::print("{}: {} of {} runs made in {}, {} failed; {} were there; {}; in {}\n", name, progress.done(),
             remaining.in_shard, duration_text(progress.seconds()), progress.failed(),
             remaining.in_shard - remaining.numbers.size(), skipped_text(plan), arguments.store);
  if (!interrupted()) return progress.log_is_complete() ? 0 : exit_bad_file;
  fmt::print("interrupted: the same command goes on from here\n");
  return exit_interrupted;
}

void print_choices(const std::vector<TuningChoice>& choices, TuningMeasure measure) {
  for (const TuningChoice& choice : choices) {
    if (choice.setting.empty()) {
      fmt::print(
          "  on {}: no setting's median run ends in order with a number, so there is nothing to report\n",
          choice.problem);
    } else if (choice.cost) {
      fmt::print("  on {}: {}, median {} {:.6g}, value {:.6g}\n", choice.problem, choice.setting,
                 to_string(measure), *choice.cost, choice.value);
    } else {
      fmt::print("  on {}: {}, median value {:.6g}\n", choice.problem, choice.setting, choice.value);
    }
  }
}

// Throws UsageError where the log would be written into the store, or into the spec.
void check_log(const std::string& log, const std::string& store, const std::string& spec) {
  check_output_file(log);
  std::error_code none;
  const auto file = [&none](const std::string& path) { return std::filesystem::weakly_canonical(path, none); };
  for (const std::string& other : {store, spec}) {
    if (file(log) != file(other)) continue;
    throw UsageError(fmt::format("--json-log {}: is what the batch is made with, too: name another file", log));
  }
}

int make_all_stages(const BatchSpec& spec, const BatchArguments& arguments, const Registries& registries) {
  // What is wrong with it is told before anything is written.
  registries.plan(spec);
  std::vector<Plan> trials;
  trials.reserve(spec.tunings.size());
  for (const Tuning& tuning : spec.tunings) trials.push_back(registries.plan(spec_of_trials(spec, tuning)));
  if (!arguments.json_log.empty()) check_log(arguments.json_log, arguments.store, spec.file);
  Store store(arguments.store, Store::Access::write);
  for (const Tuning& tuning : spec.tunings) require_trials_of(tuning, store);
  store.begin();
  for (const auto& [name, text] : spec.texts) store.keep_spec(name, text);
  store.commit();
  catch_interruption();
  int worst = 0;  // exit code: a log that cannot be written ends no runs
  std::vector<std::vector<TuningChoice>> choices;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const Tuning& tuning = spec.tunings[i];
    worst = std::max(worst, make_missing_runs(trials[i], text_of_tuning(tuning), arguments, registries, store));
    if (interrupted()) return exit_interrupted;
    choices.push_back(choices_of(tuning, trials[i], store));
    print_choices(choices.back(), tuning.measure);
  }
  const Plan reports = registries.plan(spec_of_reports(spec, choices));
  const std::size_t superseded = erase_superseded(reports, store);
  if (superseded > 0)
    fmt::print("{} reports of settings that are not the best any more are replaced\n", superseded);
  return std::max(worst, make_missing_runs(reports, spec.name, arguments, registries, store));
}

int batch(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("spec", text("SPEC"), "the batch: a file SPEC.toml, or a study that the program has")(
      "store", text("FILE"), "the store (NAME.sqlite, after the batch's name)")(
      "jobs,j", text("N"), "threads (one a core)")("shard", text("I/N"),
                                                   "only the I-th of N parts of the runs")(
      "isolate", "a process for each run: one that crashes, or hangs past its max_seconds, becomes a row")(
      "dry-run", "say what would be run, with an estimate of time and size; write nothing")(
      "retry-failed",
      "make again the runs that threw, crashed, were not supported, met a number that is not finite, or "
      "ran out of time")("quiet", "no progress")("json-log", text("FILE"),
                                                 "append an object a line: of each run, at once");
  program_options::positional_options_description positional;
  positional.add("spec", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  if (!arguments->count("spec"))
    throw UsageError("batch: name a SPEC.toml, or a study, as in 'optbed batch iteration_counts'");

  BatchArguments told{.store = {},
                      .workers = read_workers(*arguments),
                      .shard = read_shard(*arguments),
                      .isolated = arguments->count("isolate") > 0,
                      .retry_failed = arguments->count("retry-failed") > 0,
                      .quiet = arguments->count("quiet") > 0,
                      .json_log = given(*arguments, "json-log").value_or("")};
  const Registries registries;
  const BatchSpec spec = find_batch_spec(*given(*arguments, "spec"), registries.problems, registries.solvers);
  told.store = store_path(*arguments, spec.name, told.shard);
  return arguments->count("dry-run") ? dry_run(spec, told, registries)
                                     : make_all_stages(spec, told, registries);
}

}  // namespace

Command batch_command() {
  Command command{
      "batch",
      "batch SPEC.toml|STUDY [--store FILE] [-j N] [--shard I/N] [--isolate] [--dry-run] [--retry-failed] "
      "[--quiet] [--json-log FILE]",
      "Makes all runs of a spec that the store does not have yet: the same command goes on where it "
      "stopped.",
      {}};
  command.run = [command](const auto& words) { return batch(command, words); };
  return command;
}

}  // namespace optbed
