// The run of a solver on a problem by their names, with every iterate.
#pragma once

#include <string>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {

inline Trace traced(const Problem& problem, const std::string& solver_text, long iterations,
                    const Vector& start = {}) {
  const auto solver = all_solvers().make(solver_text);
  const Limits limits{.max_iterations = iterations, .gradient_tolerance = 0};
  return minimize(problem, *solver, {.limits = limits, .trace = {.iterates = true}, .start = start}).trace;
}

inline Trace traced(const std::string& problem_text, const std::string& solver_text, long iterations,
                    const Vector& start = {}) {
  return traced(*all_problems().make(problem_text), solver_text, iterations, start);
}

}  // namespace optbed
