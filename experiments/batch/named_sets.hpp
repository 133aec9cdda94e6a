// Names that stand for several problems or solvers at once.
#pragma once

#include <string>
#include <vector>

#include "problems/registry.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// mgh, nist, landscapes: the collections; quadratics, convex: those whose facts, with their default options,
// say so; all.
std::vector<std::string> problem_set_names();

// The members of a set, in the registry's order; none where there is no set of this name.
std::vector<std::string> problems_in_set(const std::string& set, const ProblemRegistry& problems);
std::vector<std::string> solvers_in_set(const std::string& set, const SolverRegistry& solvers);  // all

}  // namespace optbed
