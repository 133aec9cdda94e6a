#pragma once

#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

// Every problem of this library by its name.
ProblemRegistry all_problems();

}  // namespace optbed
