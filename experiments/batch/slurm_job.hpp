// A batch as two jobs of Slurm: an array of which each task makes one shard, and one that merges their stores.
//
// A store never lies on a network file system while it is written: a task takes up the store that an earlier
// attempt left in the folder, works on a copy on its node's own disk, and at its end, be it by a signal, puts
// the copy in the place of the former by renaming. So whatever ends a task, the folder holds one whole store of
// its shard or none.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace optbed {

struct SlurmJob {
  std::string name;  // the batch's: letters, digits, _, - and dots
  long shards = 1;

  // Absolute paths of one line. The folder is without backslashes, too, for which Slurm has a meaning of its
  // own.
  std::string program;
  std::string spec;            // or the name of a study
  std::string working_folder;  // from where the spec's files of data are found
  std::string folder;          // of the scripts, the logs and the shards' stores
  std::string merged;          // the store of all

  // Options of sbatch, in its words.
  long cpus_per_task = 1;
  std::optional<long> max_running;  // tasks of the array at a time
  std::optional<std::string> time;
  std::optional<std::string> memory;
  std::optional<std::string> partition;
  std::vector<std::string>
      sbatch_options;  // whole ones, as "--account=optimization"; they come last and so win

  std::string array_script_path() const { return folder + "/array.sh"; }
  std::string merge_script_path() const { return folder + "/merge.sh"; }
};

// The texts of the two scripts, for sbatch; the second runs by itself, too.
std::string array_script(const SlurmJob& job);
std::string merge_script(const SlurmJob& job);

// The word as bash and sbatch's directives read it, whatever it holds but a line's end, and for sbatch a
// backslash: 'as it stands'.
std::string shell_quoted(const std::string& word);

}  // namespace optbed
