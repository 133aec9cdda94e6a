// What a batch will cost, from a few of its runs.
#pragma once

#include <chrono>
#include <vector>

#include "experiments/batch/plan.hpp"

namespace optbed {

struct Rehearsal {
  std::size_t runs = 0;    // that were made, of each solver some, spread over its runs
  bool cut_short = false;  // the last of them did not end in the time: the estimates are rough
  double seconds = 0;      // of all the runs, on one thread
  double bytes = 0;        // of all the runs, in the store
};

Rehearsal rehearse(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
                   const SolverRegistry& solvers, std::chrono::milliseconds time);

}  // namespace optbed
