// A batch with a [[tuning]] is made in stages: the trials of each tuning, which are runs like others, and then
// the runs that are reported, with the settings that the trials have chosen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/batch/batch_spec.hpp"
#include "experiments/batch/plan.hpp"
#include "experiments/store/store.hpp"

namespace optbed {

// What the trials of one tuning say of one problem.
struct TuningChoice {
  std::string problem;
  std::string setting;              // empty: no setting's median value is a number
  double value = 0;                 // the median of its trials
  std::optional<double> cost = {};  // the same, of what was measured; absent: not solved, or not asked for
};

// The runs that try the settings of a tuning. They keep no trace.
BatchSpec spec_of_trials(const BatchSpec& spec, const Tuning& tuning);

// Throws UsageError where the store has trials of this label that the tuning does not make: the two would not
// be told apart.
void require_trials_of(const Tuning& tuning, const Store& store);

// For every problem with trials in the store, in the order of the plan.
std::vector<TuningChoice> choices_of(const Tuning& tuning, const Plan& trials, const Store& store);

// The runs that are reported; choices[i] are those of spec.tunings[i].
BatchSpec spec_of_reports(const BatchSpec& spec, const std::vector<std::vector<TuningChoice>>& choices);

// The plan of the reports that the trials in the store have chosen; none where trials are missing.
std::optional<Plan> chosen_reports(const BatchSpec& spec, const Store& store, const ProblemRegistry& problems,
                                   const SolverRegistry& solvers);

// Takes those reports out of the store that have the place of one of the plan, but a setting that more trials,
// or some made again, have not chosen any more. Returns how many.
std::size_t erase_superseded(const Plan& reports, Store& store);

// The runs of a batch that a store lacks. Those whose setting is not chosen yet have the solver as it is tuned.
struct MissingRuns {
  std::vector<RunDescription> runs;
  std::size_t of = 0;  // all of them
};
MissingRuns missing_runs(const BatchSpec& spec, const Store& store, const ProblemRegistry& problems,
                         const SolverRegistry& solvers);

}  // namespace optbed
