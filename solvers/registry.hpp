#pragma once

#include "problems/registry.hpp"
#include "solvers/solver.hpp"

namespace optbed {

using SolverEntry = RegistryEntry<Solver>;
using SolverRegistry = Registry<Solver>;

// Every solver of this library by its name.
SolverRegistry all_solvers();

}  // namespace optbed
