#include "problems/learning/neural_network/unit_symmetry.hpp"

#include <numeric>

namespace optbed {
namespace {

// Of inputs and outputs, which stay as they are.
UnitSymmetry identity(Index units) {
  UnitSymmetry symmetry{.order = std::vector<Index>(static_cast<std::size_t>(units)),
                        .signs = std::vector<double>(static_cast<std::size_t>(units), 1.0)};
  std::iota(symmetry.order.begin(), symmetry.order.end(), 0);
  return symmetry;
}

}  // namespace

Vector with_units(const Network& network, const Vector& x, const std::vector<UnitSymmetry>& hidden) {
  Vector changed = x;
  UnitSymmetry before = identity(network.input_count());
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    const UnitSymmetry here = l < hidden.size() ? hidden[l] : identity(layer.units);
    const ConstBlock W = network.weights(layer, x.data());
    Block changed_W = network.weights(layer, changed.data());
    for (Index i = 0; i < layer.units; ++i) {
      const auto to = static_cast<std::size_t>(i);
      for (Index j = 0; j < layer.inputs; ++j) {
        const auto from = static_cast<std::size_t>(j);
        changed_W(i, j) = here.signs[to] * before.signs[from] * W(here.order[to], before.order[from]);
      }
      if (!network.has_biases()) continue;
      network.biases(layer, changed.data())[i] =
          here.signs[to] * network.biases(layer, x.data())[here.order[to]];
    }
    before = here;
  }
  return changed;
}

}  // namespace optbed
