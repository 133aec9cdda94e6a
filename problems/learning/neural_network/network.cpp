#include "problems/learning/neural_network/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/errors.hpp"
#include "problems/learning/neural_network/network_pass.hpp"

namespace optbed {

Network::Network(Architecture architecture) : architecture_(std::move(architecture)) {
  const std::vector<Index>& widths = architecture_.widths;
  if (widths.size() < 2 || *std::min_element(widths.begin(), widths.end()) < 1) {
    throw UsageError(fmt::format(
        "a network of {} layers needs a width of at least 1 for the inputs and each layer", widths.size()));
  }
  for (std::size_t l = 1; l < widths.size(); ++l) {
    const bool hidden = l + 1 < widths.size();
    Layer layer{widths[l - 1],    widths[l],
                parameter_count_, 0,
                unit_count_,      architecture_.skip && hidden && widths[l] == widths[l - 1]};
    layer.biases = layer.weights + layer.units * layer.inputs;
    parameter_count_ = layer.biases + (has_biases() ? layer.units : 0);
    unit_count_ += layer.units;
    layers_.push_back(layer);
  }
}

bool Network::has_skips() const {
  return std::any_of(layers_.begin(), layers_.end(), [](const Layer& layer) { return layer.skips; });
}

ConstBlock Network::weights(const Layer& layer, const double* x) const {
  return {x + layer.weights, layer.units, layer.inputs};
}
Block Network::weights(const Layer& layer, double* x) const {
  return {x + layer.weights, layer.units, layer.inputs};
}
Eigen::Map<const Vector> Network::biases(const Layer& layer, const double* x) const {
  return {x + layer.biases, has_biases() ? layer.units : 0};
}
Eigen::Map<Vector> Network::biases(const Layer& layer, double* x) const {
  return {x + layer.biases, has_biases() ? layer.units : 0};
}

std::string broken_width_rule(const std::vector<double>& hidden) {
  for (const double width : hidden) {
    if (width != std::floor(width))
      return fmt::format("'hidden' is made of whole numbers, and {} is none", width);
  }
  return {};
}

std::vector<Index> widths_between(Index inputs, const std::vector<double>& hidden, Index outputs) {
  std::vector<Index> widths = {inputs};
  for (const double width : hidden) widths.push_back(static_cast<Index>(width));
  widths.push_back(outputs);
  return widths;
}

Matrix network_outputs(const Network& network, const Vector& x, const Matrix& inputs) {
  Matrix outputs(network.output_count(), inputs.cols());
  double* const workspace = thread_workspace(NetworkPass::workspace_size(network));
  in_blocks(inputs.cols(), [&](Index first, Index count) {
    NetworkPass pass(network, x.data(), columns(inputs, first, count), workspace);
    pass.forward(0);
    outputs.middleCols(first, count) = pass.outputs();
  });
  return outputs;
}

}  // namespace optbed
