// The symmetries of a network: its hidden units in another order, and, where the activation is odd, as tanh is,
// each of them turned about (Chen, Lu & Hecht-Nielsen 1993). The outputs stay, unless a skip connection ties a
// layer to the one before it.
#pragma once

#include <vector>

#include "problems/learning/neural_network/network.hpp"

namespace optbed {

// Of a hidden layer l: unit i is to be what order[i] is now, times signs[i], which is 1 or -1.
struct UnitSymmetry {
  std::vector<Index> order;   // (d_l), each of 0 … d_l - 1 once
  std::vector<double> signs;  // (d_l)
};

// The parameters x (n) of the network with its units so, a symmetry for each hidden layer in their order.
Vector with_units(const Network& network, const Vector& x, const std::vector<UnitSymmetry>& hidden);

}  // namespace optbed
