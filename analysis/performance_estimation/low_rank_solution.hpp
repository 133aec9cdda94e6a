// From the solution of a semidefinite program to one of low rank and full accuracy.
#pragma once

#include "analysis/performance_estimation/semidefinite_program.hpp"

namespace optbed {

struct FactoredSolution {
  Matrix P;  // (r x d), G = P'P
  Vector f;  // (k)
};

// An extreme point of the set of all solutions: its rank r has r (r+1)/2 <= the number of rows that hold with
// equality (Pataki 1998), and the way there goes down in the logarithm of the determinant, the trace or another
// linear function, whichever ends at the lowest rank. Those rows hold to rounding (Gauss–Newton on the factor).
FactoredSolution low_rank_solution(const SemidefiniteProgram& program, const SemidefiniteSolution& solution);

}  // namespace optbed
