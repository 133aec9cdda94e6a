// A linear system from Matrix Market files.
#pragma once

#include <string>

#include "problems/linear_system.hpp"

namespace optbed {

struct LinearSystemData {
  SystemMatrix A;  // n x n
  Vector b;        // n
};

// Reads A and b; b = 0 where `rhs` is empty. Throws InputError naming the file where one cannot be read, A is
// not square, or b is not n x 1.
LinearSystemData read_linear_system(const std::string& matrix, const std::string& rhs);

}  // namespace optbed
