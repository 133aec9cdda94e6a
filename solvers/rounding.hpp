// Which changes of f are real.
#pragma once

#include <cmath>
#include <limits>

namespace optbed {

// A change of f that is not larger than this may be rounding. It bounds only the rounding of the last sum: ten
// units in the last place of f, as in Conn, Gould & Toint 2000, section 17.4.2.
inline double rounding_of_value(double value) {
  return 10 * std::numeric_limits<double>::epsilon() * std::abs(value);
}

// Neither the change of f nor the change that it is compared with can be told from rounding.
inline bool is_lost_in_rounding(double change, double compared_with, double value) {
  const double rounding = rounding_of_value(value);
  return std::abs(change) <= rounding && std::abs(compared_with) <= rounding;
}

}  // namespace optbed
