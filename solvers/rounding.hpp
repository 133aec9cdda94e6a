// Which changes of f are real.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/facts.hpp"

namespace optbed {

// A change of f that is not larger than this may be rounding. It bounds only the rounding of the last sum: ten
// units in the last place of f, as in Conn, Gould & Toint 2000, section 17.4.2, or sqrt(n) of them where f of n
// variables is taken for a sum of n terms, whose rounding errors add up like a random walk (Higham 2002,
// section 2.8).
inline double rounding_of_value(double value, Index n) {
  const double units = std::max(10.0, std::sqrt(static_cast<double>(n)));
  return units * std::numeric_limits<double>::epsilon() * std::abs(value);
}

// Neither the change of f nor the change that it is compared with can be told from rounding.
inline bool is_within_rounding(double change, double compared_with, double rounding) {
  return std::abs(change) <= rounding && std::abs(compared_with) <= rounding;
}

}  // namespace optbed
