// The symmetric part of a matrix that is symmetric but for rounding.
#pragma once

#include "problems/facts.hpp"

namespace optbed {

// Of H (n x n), both triangles computed: each element becomes the mean of itself and its mirror image.
inline void take_symmetric_part(Matrix& H) {
  for (Index j = 0; j < H.cols(); ++j) {
    for (Index i = 0; i < j; ++i) H(i, j) = H(j, i) = 0.5 * (H(i, j) + H(j, i));
  }
}

}  // namespace optbed
