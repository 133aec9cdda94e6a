// When a residual has become too small for its square.
#pragma once

#include <limits>

namespace optbed {

// 1e-292: a sum of squares below this has lost digits to underflow, and a quotient of two such sums says
// nothing.
constexpr double underflowing_square =
    std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();

}  // namespace optbed
