// The runs of a store as the statistics take them.
#pragma once

#include <string>
#include <vector>

#include "analysis/profiles/anytime.hpp"
#include "analysis/statistics/run_table.hpp"
#include "experiments/reports/run_filter.hpp"
#include "experiments/store/store.hpp"

namespace optbed {

// `problem` is the full string, and says where the run started, unless at the problem's own start. `solver` is
// the full string, or what a tuning calls a solver whose setting it has chosen.
struct StoredRun : RunRecord {
  std::string stop;
  RunName name = {};
  Limits limits = {};
};

// Those that the filter accepts, without the trials of tunings unless it asks for them; in the order of the
// registries' names, so that it depends neither on how many threads made them nor on their speed. Throws
// UsageError where there is none, a name of the filter occurs nowhere, or two differ in their limits or their
// program only: such are not to be averaged.
std::vector<StoredRun> read_runs(const Store& store, const RunFilter& filter);

// The same of several stores, each by itself: a name of the filter may occur in one of them only, and one of
// them may be left without runs.
std::vector<std::vector<StoredRun>> read_runs(const std::vector<const Store*>& stores, const RunFilter& filter);

// What was spent to tune the solvers of these runs, a line each.
std::vector<std::string> tuning_notes(const Store& store, const RunFilter& filter);

RunTable table_of(const std::vector<StoredRun>& runs);

// The same runs with their traces: gaps where the minimum is known, else values, against the evaluations of a
// kind. A run that threw or could not start has reached nothing; a problem of which that holds for all runs is
// left out. Throws UsageError as read_runs() does, where the kind is none of evaluations, and where a run has
// no trace of them.
std::vector<AnytimeRun> read_anytime_runs(const Store& store, const RunFilter& filter, CostKind kind);

// What a cost is, in words.
std::string meaning(CostKind kind);

}  // namespace optbed
