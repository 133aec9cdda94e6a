// Makes the runs of a plan, some at a time, and writes them to a store. Each run has a thread or a process to
// itself and depends on nothing but its description, so results are the same whatever their number and order.
#pragma once

#include <functional>
#include <vector>

#include "experiments/batch/plan.hpp"
#include "experiments/store/store.hpp"

namespace optbed {

struct RunnerSettings {
  unsigned workers = 1;
  bool isolated = false;  // a process a run, so that one that crashes or hangs is a row and no more
  bool replaces = false;  // runs that are there already, each when its successor is stored
  std::function<bool()> interrupted = [] { return false; };
  // Both are called by the thread that calls make_runs: of each run when it is safe in the store, without its
  // trace; and twenty times a second.
  std::function<void(const FinishedRun&)> stored = [](const FinishedRun&) {};
  std::function<void()> while_running = [] {};
};

// The runs of these numbers. A run that fails is stored with the reason. After an interruption what was
// finished is stored, and what was on its way is not. What was committed stays, whatever this throws:
// InputError of the store.
void make_runs(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
               const SolverRegistry& solvers, Store& store, const RunnerSettings& settings);

}  // namespace optbed
