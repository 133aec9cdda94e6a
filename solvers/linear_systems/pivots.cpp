#include "solvers/linear_systems/pivots.hpp"

#include <cmath>
#include <limits>

namespace optbed {

bool has_vanishing_pivot(const Matrix& lu) {
  const Index n = lu.rows();
  const double rounding = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  for (Index k = 0; k < n; ++k) {
    const double pivot = std::abs(lu(k, k));
    const double eliminated = lu.row(k).head(k).cwiseAbs().dot(lu.col(k).head(k).cwiseAbs());
    if (!(pivot > rounding * (pivot + eliminated))) return true;
  }
  return false;
}

}  // namespace optbed
