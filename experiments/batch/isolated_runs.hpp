// Each run of a plan in a process of its own, so that one that takes its process down, or never comes back from
// an iteration, is a row like others.
#pragma once

#include "experiments/batch/runner.hpp"

namespace optbed {

// As make_runs(). A run whose process ended without an answer has the stop stop_at_crash and a message that
// says how it ended. One that is not done a second and a tenth of its max_seconds after that limit is killed
// and has the stop max_seconds; the time before its problem is made is not counted. To be called where no other
// thread runs: a process is forked for each run.
void make_runs_in_processes(const Plan& plan, const std::vector<std::size_t>& numbers,
                            const ProblemRegistry& problems, const SolverRegistry& solvers, Store& store,
                            const RunnerSettings& settings);

}  // namespace optbed
