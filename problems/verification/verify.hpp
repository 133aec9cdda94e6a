// Everything that a problem says of itself, against computation.
#pragma once

#include "problems/verification/findings.hpp"

namespace optbed {
class Problem;
}

namespace optbed::verification {

// Derivatives by the order of Taylor expansions, declared facts by their definitions, and the parts of a
// composite problem. Deterministic. Where the dimension is above `largest_dense` no n x n matrix is formed or
// decomposed.
Findings verify(const Problem& problem);

}  // namespace optbed::verification
