// l_i(z) = (z - y_i)^2/2, the losses of least squares.
#pragma once

#include "problems/facts.hpp"
#include "problems/learning/losses.hpp"

namespace optbed {

struct SquaredLosses {
  Vector y;
  Loss operator()(Index i, double z) const {
    const double r = z - y[i];
    return {r * r / 2, r, 1};
  }
};

}  // namespace optbed
