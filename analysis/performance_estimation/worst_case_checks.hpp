// What a worst-case rate is held against: a run on its function, and the bounds that theory knows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/performance_estimation/performance_estimation.hpp"

namespace optbed {

// The measure after so many iterations of the solver itself on the worst-case function, from its x_0. None
// where there is no such function, or the run ends before.
std::optional<double> measured_worst_case(Solver& solver, const WorstCaseRate& rate,
                                          const PerformanceQuestion& question, long steps);

// A bound of the measure after so many iterations from a published theorem.
struct KnownBound {
  double value = 0;
  std::string statement;
  std::string source;
};

// Those of this library's theory that hold for all of the class; bounds of gradients are not among them.
std::vector<KnownBound> known_bounds(const Solver& solver, const PerformanceQuestion& question, long steps);

}  // namespace optbed
