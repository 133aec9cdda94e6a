// What performance profiles, data profiles and distributions over targets have in common.
#pragma once

#include <string>
#include <vector>

#include "analysis/profiles/step_function.hpp"

namespace optbed {

// One curve a solver.
struct Profile {
  std::vector<std::string> solvers;
  std::vector<StepFunction> curves;
};

}  // namespace optbed
