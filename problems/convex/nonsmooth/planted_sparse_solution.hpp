// Data of which the sparse solution is known, because the certificate of its optimality is chosen first
// (Nesterov 2013, section 6): A (m x n), x* (n) with few nonzeros and y* (m), |y*| = 1, with A'y* in the
// subdifferential of
// |.|_1 at x*: a_j'y* = sign(x*_j) where x*_j != 0, and |a_j'y*| < 1 elsewhere.
#pragma once

#include "problems/random.hpp"

namespace optbed {

struct PlantedSparseSolution {
  Matrix A;
  Vector minimiser;
  Vector certificate;
};

// nonzeros <= min(m, n). The nonzeros of x* are 1 to 2 in size; those columns of A come from the uniform
// distribution on [-1, 1] by scaling.
PlantedSparseSolution planted_sparse_solution(Index m, Index n, Index nonzeros, Random& random);

}  // namespace optbed
