#include "problems/learning/neural_network/initial_parameters.hpp"

#include <cmath>

namespace optbed {
namespace {

double initial_weight(const Layer& layer, Initialisation initialisation, Random& random) {
  const auto inputs = static_cast<double>(layer.inputs);
  const auto units = static_cast<double>(layer.units);
  switch (initialisation) {
    case Initialisation::zero:
      return 0;
    case Initialisation::constant:
      return 1;
    case Initialisation::normal:
      return random.normal();
    case Initialisation::xavier:
      return std::sqrt(6 / (inputs + units)) * (2 * random.uniform() - 1);
    case Initialisation::he:
      return std::sqrt(2 / inputs) * random.normal();
  }
  return {};
}

}  // namespace

Vector initial_parameters(const Network& network, const Start& start) {
  // A run's seed is mixed once: mixed twice, with a constant of their own, weights are not what a method with
  // the same seed draws.
  constexpr std::uint64_t of_weights = 0x77656967687473U;
  Random random(unrelated_seed(unrelated_seed(static_cast<std::uint64_t>(start.seed)) ^ of_weights));
  Vector x = Vector::Zero(network.parameter_count());
  for (const Layer& layer : network.layers()) {
    for (double& weight : network.weights(layer, x.data()).reshaped()) {
      weight = start.scale * initial_weight(layer, start.initialisation, random);
    }
  }
  return x;
}

}  // namespace optbed
