#include "experiments/batch/slurm_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace optbed {
namespace {

// Every `from` becomes `to`.
std::string replaced(const std::string& text, char from, std::string_view to) {
  std::string result;
  for (const char c : text) {
    if (c == from) {
      result += to;
    } else {
      result += c;
    }
  }
  return result;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:,=%@+").find(c) != std::string_view::npos;
}

std::string directive(const std::string& option) { return "#SBATCH " + shell_quoted(option) + "\n"; }

std::string directive(const std::string& name, const std::string& value) {
  return fmt::format("#SBATCH --{}={}\n", name, shell_quoted(value));
}

// What both jobs ask of Slurm. A later attempt's log goes on where the former ended.
std::string directives(const SlurmJob& job, const std::string& log, long cpus) {
  std::string text = directive("output", replaced(job.folder, '%', "%%") + "/" + log);
  text += directive("open-mode", "append");
  text += "#SBATCH --requeue\n";
  text += directive("cpus-per-task", std::to_string(cpus));
  if (job.time) text += directive("time", *job.time);
  if (job.memory) text += directive("mem", *job.memory);
  if (job.partition) text += directive("partition", *job.partition);
  for (const std::string& option : job.sbatch_options) text += directive(option);
  return text;
}

std::string paths(const SlurmJob& job) {
  return fmt::format("cd -- {}\noptbed={}\nspec={}\nfolder={}\n", shell_quoted(job.working_folder),
                     shell_quoted(job.program), shell_quoted(job.spec), shell_quoted(job.folder));
}

// What both scripts do with a store.
constexpr const char* store_on_the_node = R"bash(
echo "== job ${SLURM_JOB_ID:-by hand} on $(uname -n), $(date '+%Y-%m-%d %H:%M:%S')"

# A store must not be written on a network file system: it is made on this node's own disk, from what is kept
# of an earlier attempt.
for disk in "${SLURM_TMPDIR:-}" "${TMPDIR:-}" /tmp; do
  if [[ -d $disk && -w $disk ]]; then break; fi
done
node=$(mktemp -d -- "$disk/optbed.XXXXXXXX")
trap 'rm -rf -- "$node"' EXIT
store=$node/store.sqlite
if [[ -s $kept-wal ]]; then # what is in this log would be lost, or be taken for the new store's
  echo "$kept is being written, or was left by a program that was killed; 'optbed batch' into it mends that" >&2
  exit 3
fi
if [[ -e $kept ]]; then cp -- "$kept" "$store"; fi

# Puts a store in the place of the kept one, as a whole or not at all.
keep() {
  cp -- "$1" "$kept.part"
  mv -f -- "$kept.part" "$kept"
}
)bash";

constexpr const char* make_the_shard = R"bash(
# Slurm's TERM, some time before the limit, reaches this shell alone, which passes it on: the batch ends in
# order. So it runs in the background, for bash hears of no signal while it waits for a program in front.
"$optbed" batch "$spec" --shard "$shard/$shards" --store "$store" -j "$SLURM_CPUS_PER_TASK" --quiet &
batch=$!
trap 'kill -TERM "$batch" 2>/dev/null || true' TERM
status=0
wait "$batch" || status=$?
while kill -0 "$batch" 2>/dev/null; do # it was the signal that ended `wait`
  status=0
  wait "$batch" || status=$?
done

trap '' TERM # for the programs below, too: now every run is worth its copy
if [[ -s $store-wal ]]; then # the batch was killed, and its last runs are in the log beside the store
  "$optbed" merge "$node/whole.sqlite" "$store"
  store=$node/whole.sqlite
fi
if [[ -e $store ]]; then keep "$store"; fi
exit "$status"
)bash";

constexpr const char* merge_the_shards = R"bash(
shopt -s nullglob
stores=("$folder/$name".*-of-"$shards".sqlite)
if ((${#stores[@]} == 0)); then
  echo "no shard has left a store; the logs in $folder say why" >&2
  exit 1
fi
cp -- "${stores[@]}" "$node"
status=0
"$optbed" merge "$store" "$node/$name".*-of-"$shards".sqlite --expect "$spec" --shards "$shards" || status=$?
if ((status <= 1)); then keep "$store"; fi # 1: some runs are missing yet
exit "$status"
)bash";

}  // namespace

std::string shell_quoted(const std::string& word) {
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return word;
  return "'" + replaced(word, '\'', R"('"'"')") + "'";
}

std::string array_script(const SlurmJob& job) {
  const std::string at_a_time = job.max_running ? fmt::format("%{}", *job.max_running) : "";
  std::string text = "#!/bin/bash\n";
  text += directive("job-name", job.name);
  text += directive("array", fmt::format("1-{}{}", job.shards, at_a_time));
  text += "#SBATCH --signal=B:TERM@60\n";
  text += directives(job, fmt::format("{}.%a-of-{}.log", job.name, job.shards), job.cpus_per_task);
  text += fmt::format(
      "# The runs of the batch {} in {} {}, one a task. Written by 'optbed submit slurm'. Submitted again, a\n"
      "# task goes on where it was stopped.\n"
      "set -euo pipefail\n\n",
      job.name, job.shards, job.shards == 1 ? "shard" : "shards");
  text += paths(job);
  text += fmt::format(
      "shards={}\n"
      "shard=$SLURM_ARRAY_TASK_ID\n"
      "kept=$folder/{}.$shard-of-$shards.sqlite\n",
      job.shards, job.name);
  return text + store_on_the_node + make_the_shard;
}

std::string merge_script(const SlurmJob& job) {
  std::string text = "#!/bin/bash\n";
  text += directive("job-name", job.name + ".merge");
  text += directives(job, job.name + ".merge.log", 1);
  text += fmt::format(
      "# Merges the stores of the shards of the batch {} that are there, and says of which shards runs are\n"
      "# missing. Written by 'optbed submit slurm'. Can be run any time and as often as you like, by bash, "
      "too.\n"
      "set -euo pipefail\n\n",
      job.name);
  text += paths(job);
  text += fmt::format("name={}\nshards={}\nkept={}\n", job.name, job.shards, shell_quoted(job.merged));
  return text + store_on_the_node + merge_the_shards;
}

}  // namespace optbed
