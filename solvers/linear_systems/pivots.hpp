// When an LU factorisation has met a singular matrix.
#pragma once

#include "problems/facts.hpp"

namespace optbed {

// `lu` (n x n) holds L without its unit diagonal, and U. A pivot that is not larger than the rounding error of
// the sum which it is left over from may be zero. That sum is the diagonal of |L||U|, so that no scaling of
// rows or columns changes the answer.
bool has_vanishing_pivot(const Matrix& lu);

}  // namespace optbed
