// submit: a batch as jobs of a cluster.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <sstream>

#include "experiments/batch/plan.hpp"
#include "experiments/batch/slurm_job.hpp"
#include "experiments/batch/stages.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/output_file.hpp"
#include "experiments/process.hpp"
#include "experiments/store/store_file.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

const char* const submit_example = "'optbed submit slurm first.toml --shards 16'";

// The whole path of what a person named. The scripts hold it in a line.
std::string absolute_path(const std::string& path) {
  std::string whole = fs::absolute(path).lexically_normal().string();
  if (whole.size() > 1 && whole.back() == '/') whole.pop_back();
  if (std::any_of(whole.begin(), whole.end(), [](unsigned char c) { return c < ' '; })) {
    throw UsageError(
        fmt::format("submit: the path '{}' holds a line's end or another control character", whole));
  }
  return whole;
}

std::string this_program() { return absolute_path(fs::read_symlink("/proc/self/exe").string()); }

std::optional<std::string> one_line(const program_options::variables_map& arguments, const std::string& name) {
  auto text = given(arguments, name);
  if (text && (text->empty() || text->find('\n') != std::string::npos)) {
    throw UsageError(fmt::format("submit: --{} '{}' must be a line, and not empty", name, *text));
  }
  return text;
}

// Those that say how the jobs hang together are not a person's to change.
void check_sbatch_option(const std::string& option) {
  if (option.size() < 2 || option.front() != '-' || option.find('\n') != std::string::npos) {
    throw UsageError(fmt::format(
        "submit: --sbatch-option '{}' must be an option of sbatch, as --sbatch-option=--account=NAME", option));
  }
  const auto is = [&option](const std::string& name, char letter) {
    const bool short_form = option[1] == letter && letter != '-';
    // sbatch takes the beginning of a long option for all of it.
    const std::string given_name = option.substr(0, option.find('='));
    return short_form || (given_name.size() > 2 && ("--" + name).starts_with(given_name));
  };
  if (is("array", 'a')) {
    throw UsageError("submit: the array is made by --shards and --max-running, not by --sbatch-option");
  }
  if (is("output", 'o') || is("wrap", '-') || is("parsable", '-')) {
    throw UsageError(fmt::format("submit: --sbatch-option '{}' does not go with what submit does", option));
  }
}

long read_count(const program_options::variables_map& arguments, const std::string& name, double most) {
  return parse_integer("submit", "--" + name, required(arguments, name, submit_example), between(1, most));
}

void check_scheduler(const std::optional<std::string>& scheduler) {
  if (!scheduler) {
    throw UsageError(fmt::format("submit: name a scheduler and a SPEC.toml; for example {}", submit_example));
  }
  if (*scheduler == "slurm") return;
  throw UsageError(fmt::format("submit: there is no scheduler '{}'{}\n  it is slurm; for example {}",
                               *scheduler, did_you_mean(*scheduler, {"slurm"}), submit_example));
}

SlurmJob read_job(const program_options::variables_map& arguments, const std::string& batch) {
  constexpr double most_shards = 1e6;
  constexpr double most_threads = 1024;
  SlurmJob job;
  job.name = batch;
  job.shards = read_count(arguments, "shards", most_shards);
  job.program = this_program();
  job.spec = *given(arguments, "spec");
  if (names_a_file(job.spec)) job.spec = absolute_path(job.spec);
  job.working_folder = absolute_path(".");
  job.folder = absolute_path(given(arguments, "directory").value_or(batch + ".slurm"));
  if (job.folder.find('\\') != std::string::npos) {
    throw UsageError(
        fmt::format("submit: {}: Slurm writes no logs to a path with a backslash; give another "
                    "with --directory",
                    job.folder));
  }
  job.merged = absolute_path(given(arguments, "store").value_or(batch + ".sqlite"));
  if (arguments.count("cpus-per-task"))
    job.cpus_per_task = read_count(arguments, "cpus-per-task", most_threads);
  if (arguments.count("max-running")) job.max_running = read_count(arguments, "max-running", most_shards);
  job.time = one_line(arguments, "time");
  job.memory = one_line(arguments, "memory");
  job.partition = one_line(arguments, "partition");
  if (arguments.count("sbatch-option")) {
    job.sbatch_options = arguments["sbatch-option"].as<std::vector<std::string>>();
  }
  for (const std::string& option : job.sbatch_options) check_sbatch_option(option);
  return job;
}

void check_merged_store(const std::string& path) {
  check_place(path);
  std::error_code none;
  if (fs::exists(path, none)) require_store(path);
}

void write_scripts(const SlurmJob& job) {
  std::error_code error;
  fs::create_directories(job.folder, error);
  if (error) throw InputError(fmt::format("{}: the folder cannot be made: {}", job.folder, error.message()));
  check_output_file(job.array_script_path());
  check_output_file(job.merge_script_path());
  write_output_file(job.array_script_path(), array_script(job));
  write_output_file(job.merge_script_path(), merge_script(job));
}

void require_sbatch() {
  const ProcessOutcome outcome = run_process({"sbatch", "--version"});
  if (outcome.found) return;
  throw InputError(
      fmt::format("submit: 'sbatch' cannot be run ({}): is this a machine of the cluster? --dry-run writes the "
                  "scripts, to be submitted from another",
                  outcome.err));
}

// The number at the beginning of a text, where there is one.
std::optional<long> leading_number(const std::string& text) {
  long number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() ? std::optional(number) : std::nullopt;
}

// A task's number is below MaxArraySize. A Slurm that does not tell it will refuse the array itself.
void check_array_size(long shards) {
  std::istringstream lines(run_process({"scontrol", "show", "config"}).out);
  const std::string key = "MaxArraySize";
  for (std::string line; std::getline(lines, line);) {
    const auto digits = line.find_first_of("0123456789");
    if (line.compare(0, key.size(), key) != 0 || digits == std::string::npos) continue;
    const long size = leading_number(line.substr(digits)).value_or(shards + 1);
    if (shards >= size) {
      throw UsageError(
          fmt::format("submit: --shards {}: this Slurm takes arrays of up to {} tasks (MaxArraySize {})",
                      shards, size - 1, size));
    }
  }
}

std::string trimmed_end(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

// The jobs of the same two scripts that are in the queue: two tasks at one shard would do its runs twice.
std::set<long> jobs_in_queue(const SlurmJob& job) {
  const ProcessOutcome outcome = run_process({"squeue", "--noheader", "--me", "--format=%F|%o"});
  if (!outcome.succeeded()) {
    throw InputError(
        fmt::format("submit: squeue does not say which jobs there are (status {}): {}; nothing was submitted",
                    outcome.exit_status, trimmed_end(outcome.err)));
  }
  std::istringstream lines(outcome.out);
  std::set<long> jobs;
  for (std::string line; std::getline(lines, line);) {
    const std::string script = line.substr(line.find('|') + 1);
    const bool same = script == job.array_script_path() || script == job.merge_script_path();
    if (const auto number = leading_number(line); number && same) jobs.insert(*number);
  }
  return jobs;
}

// The job's number. Throws InputError with what sbatch says.
long submitted(const std::string& script, const std::string& dependency) {
  std::vector<std::string> words = {"sbatch", "--parsable"};
  if (!dependency.empty()) words.push_back("--dependency=" + dependency);
  words.push_back(script);
  const ProcessOutcome outcome = run_process(words);
  if (!outcome.succeeded()) {
    throw InputError(fmt::format("submit: sbatch refused {} with status {}: {}", script, outcome.exit_status,
                                 trimmed_end(outcome.err + outcome.out)));
  }
  // Where there are many clusters, ;NAME follows.
  if (const auto number = leading_number(outcome.out)) return *number;
  throw InputError(fmt::format("submit: sbatch answered '{}' to {}, which is no job's number",
                               trimmed_end(outcome.out), script));
}

struct SubmittedJobs {
  long array;
  long merge;
};

// Both or none. The merge comes after the end of every task, not only of those that succeed: what is there is
// merged, and the job's log says what is missing. Otherwise one bad task would leave it in the queue for ever.
SubmittedJobs submit_both(const SlurmJob& job, const std::set<long>& earlier) {
  const long array = submitted(job.array_script_path(),
                               earlier.empty() ? "" : fmt::format("afterany:{}", fmt::join(earlier, ":")));
  try {
    return {array, submitted(job.merge_script_path(), fmt::format("afterany:{}", array))};
  } catch (const InputError& error) {
    const bool cancelled = run_process({"scancel", std::to_string(array)}).succeeded();
    throw InputError(fmt::format("{}\n  the array {} {}", error.what(), array,
                                 cancelled ? "was cancelled again, so nothing is submitted"
                                           : "is submitted, and scancel failed: cancel it yourself"));
  }
}

void print_by_hand(const SlurmJob& job) {
  fmt::print("nothing is submitted; where the paths are the same, these lines do it:\n");
  fmt::print("  array=$(sbatch --parsable {})\n", shell_quoted(job.array_script_path()));
  fmt::print("  sbatch --dependency=afterany:\"${{array%%;*}}\" {}\n", shell_quoted(job.merge_script_path()));
}

void print_submitted(const SlurmJob& job, const SubmittedJobs& jobs, const std::set<long>& earlier) {
  fmt::print("array  {}  {} {}\n", jobs.array, job.shards, job.shards == 1 ? "task" : "tasks");
  if (!earlier.empty()) {
    fmt::print("       starts when {}, which {} in the queue for this batch, {} ended\n",
               fmt::join(earlier, ", "), earlier.size() == 1 ? "is" : "are",
               earlier.size() == 1 ? "has" : "have");
  }
  fmt::print("merge  {}  after them, into {}\n", jobs.merge, job.merged);
  fmt::print("'squeue --jobs={},{}' shows them; the same command again goes on with what was stopped\n",
             jobs.array, jobs.merge);
}

int submit(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("scheduler", text("slurm"), "what runs the cluster")(
      "spec", text("SPEC"), "the batch: a file SPEC.toml, or a study that the program has")(
      "shards", text("N"), "tasks, each with its part of the runs")(
      "store", text("OUT.sqlite"), "where the merge job puts all runs (NAME.sqlite, after the batch's name)")(
      "directory,d", text("DIR"), "of the scripts, the logs and the shards' stores (NAME.slurm)")(
      "cpus-per-task", text("C"), "of each task, which runs as many threads (1)")(
      "max-running", text("M"), "tasks at a time (as many as Slurm lets)")(
      "time", text("T"), "limit of a task, as sbatch writes it: minutes, or days-hours:minutes:seconds")(
      "memory", text("SIZE"), "of a task, as 4G")("partition", text("P"), "where the jobs run")(
      "sbatch-option", program_options::value<std::vector<std::string>>()->value_name("OPTION"),
      "another of sbatch's, as --sbatch-option=--account=NAME; can be repeated")(
      "dry-run", "write the scripts, and say how they are submitted");
  program_options::positional_options_description positional;
  positional.add("scheduler", 1).add("spec", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;
  check_scheduler(given(*arguments, "scheduler"));
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  const BatchSpec spec = find_batch_spec(required(*arguments, "spec", submit_example), problems, solvers);
  std::size_t runs = Plan(spec, problems, solvers).size();
  for (const Tuning& tuning : spec.tunings)
    runs += Plan(spec_of_trials(spec, tuning), problems, solvers).size();
  const SlurmJob job = read_job(*arguments, spec.name);
  check_merged_store(job.merged);
  const bool dry_run = arguments->count("dry-run") > 0;
  std::set<long> earlier;
  if (!dry_run) {
    require_sbatch();
    check_array_size(job.shards);
    earlier = jobs_in_queue(job);
  }
  write_scripts(job);
  fmt::print("{}: {} runs in {} {}; scripts, logs and the shards' stores in {}\n", job.name, runs, job.shards,
             job.shards == 1 ? "shard" : "shards", job.folder);
  if (dry_run) {
    print_by_hand(job);
    return 0;
  }
  print_submitted(job, submit_both(job, earlier), earlier);
  return 0;
}

}  // namespace

Command submit_command() {
  Command command{
      "submit",
      "submit slurm SPEC.toml|STUDY --shards N [--store OUT.sqlite] [-d DIR] [--cpus-per-task C] "
      "[--max-running "
      "M] [--time T] [--memory SIZE] [--partition P] [--sbatch-option=OPTION]… [--dry-run]",
      "Makes a batch on a cluster: an array of jobs, one a shard, and a job that merges their stores.",
      {}};
  command.run = [command](const auto& words) { return submit(command, words); };
  return command;
}

}  // namespace optbed
