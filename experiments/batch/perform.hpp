// One run, from its description to what the store keeps of it.
#pragma once

#include "experiments/store/finished_run.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// Never throws but for lack of memory for an error's message: what goes wrong is the run's end,
// stop_at_exception. `problem` makes or finds the run's problem. Where `ends` returns true the run ends early,
// with the stop `observer`.
using ProblemSource = std::function<std::shared_ptr<const Problem>()>;
FinishedRun perform(const RunName& name, const RunDescription& description, const ProblemSource& problem,
                    const SolverRegistry& solvers, const std::function<bool()>& ends);

// A run of which nothing is known but how it ended: its numbers are NaN, and it has neither point nor trace.
FinishedRun failed_run(const RunName& name, const RunDescription& description, std::string stop,
                       std::string message);

// Whether `ends` ended it: such a run is not finished, and not to be kept.
bool was_ended(const FinishedRun& run);

}  // namespace optbed
