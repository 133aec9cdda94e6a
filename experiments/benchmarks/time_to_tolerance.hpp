// Benchmarks that are there for every solver of the library, by asking the solver which problems it supports.
#pragma once

namespace optbed {

// time_to_tolerance/PROBLEM/SOLVER: a solver made, and minimize() until the goal of to_tolerance, with
// iterations, evaluations of every kind and the final gap, and the memory that a run takes. A run that does not
// get there says why.
void register_time_to_tolerance();

// start/PROBLEM/SOLVER: a solver made and started, all before its first step, with the memory that it takes.
void register_starts();

}  // namespace optbed
