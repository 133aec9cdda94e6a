// One run of a store made again.
#pragma once

#include <string>
#include <vector>

#include "experiments/store/store.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct Replay {
  FinishedRun stored;
  std::vector<std::string> results;      // where the two differ, bit by bit, the stored one first; seconds may
  std::vector<std::string> environment;  // what is another now than it was then
  bool interrupted = false;
};

// `name`: a run's name or the beginning of it. Throws UsageError where it fits no run or several.
Replay replay(const Store& store, const std::string& name, const ProblemRegistry& problems,
              const SolverRegistry& solvers, const std::function<bool()>& interrupted);

}  // namespace optbed
