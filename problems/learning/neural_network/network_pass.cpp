#include "problems/learning/neural_network/network_pass.hpp"

#include <memory>
#include <new>

namespace optbed {
namespace {

constexpr int units_kept = 7;  // numbers for every unit and sample

constexpr std::align_val_t cache_line{64};

struct AlignedDelete {
  void operator()(double* memory) const { ::operator delete[](memory, cache_line); }
};

// C += A B, in tiles: a factor of more than 128 KB Eigen would pack on the heap.
template <class A, class B>
void add_product(const A& a, const B& b, Block c) {
  const Index depth = a.cols();
  for (Index j = 0; j < c.cols(); j += block_size) {
    const Index columns = std::min(block_size, c.cols() - j);
    for (Index k = 0; k < depth; k += block_size) {
      const Index terms = std::min(block_size, depth - k);
      for (Index i = 0; i < c.rows(); i += block_size) {
        const Index rows = std::min(block_size, c.rows() - i);
        c.block(i, j, rows, columns).noalias() += a.block(i, k, rows, terms) * b.block(k, j, terms, columns);
      }
    }
  }
}

}  // namespace

double* thread_workspace(Index size) {
  thread_local std::unique_ptr<double[], AlignedDelete> memory;
  thread_local Index capacity = 0;
  if (capacity < size) {
    memory.reset();
    capacity = 0;
    memory.reset(
        static_cast<double*>(::operator new[](static_cast<std::size_t>(size) * sizeof(double), cache_line)));
    capacity = size;
  }
  return memory.get();
}

Index NetworkPass::workspace_size(const Network& network) {
  return units_kept * network.unit_count() * block_size;
}

NetworkPass::NetworkPass(const Network& network, const double* x, const ConstBlock& inputs, double* workspace)
    : network_(network), x_(x), inputs_(inputs) {
  for (Units* units :
       {&activations_, &slopes_, &curvatures_, &input_tangents_, &tangents_, &adjoints_, &adjoint_tangents_}) {
    units->memory = workspace;
    workspace += network.unit_count() * block_size;
  }
}

ConstBlock NetworkPass::inputs_of(const Layer& layer) const {
  if (is_first(layer)) return inputs_;
  const Block a = of(activations_, before(layer));
  return {a.data(), a.rows(), a.cols()};
}

void NetworkPass::start_with_biases(const Layer& layer, const double* x, Block z) const {
  if (network_.has_biases()) {
    z.colwise() = network_.biases(layer, x);
  } else {
    z.setZero();
  }
}

void NetworkPass::forward(int derivatives) {
  const Activation sigma = network_.activation();
  for (const Layer& layer : network_.layers()) {
    Block a = of(activations_, layer);
    start_with_biases(layer, x_, a);
    add_product(network_.weights(layer, x_), inputs_of(layer), a);  // z = W a + b
    if (is_output(layer)) return;
    activate(sigma, a);
    if (derivatives >= 1) slopes_from(sigma, a, of(slopes_, layer));
    if (derivatives >= 2) curvatures_from(sigma, a, of(slopes_, layer), of(curvatures_, layer));
    if (layer.skips) a += inputs_of(layer);
  }
}

void NetworkPass::forward_tangent(const double* v) {
  for (const Layer& layer : network_.layers()) {
    Block Rz = of(input_tangents_, layer);
    start_with_biases(layer, v, Rz);
    add_product(network_.weights(layer, v), inputs_of(layer), Rz);
    if (!is_first(layer)) add_product(network_.weights(layer, x_), of(tangents_, before(layer)), Rz);
    if (is_output(layer)) return;
    Block Ra = of(tangents_, layer);
    Ra = of(slopes_, layer).cwiseProduct(Rz);
    if (layer.skips && !is_first(layer)) Ra += of(tangents_, before(layer));
  }
}

// What a_l hands on to a_{l-1} without going through the layer.
void NetworkPass::pass_skipped(const Layer& layer, Units adjoints) const {
  if (layer.skips) {
    of(adjoints, before(layer)) = of(adjoints, layer);
  } else {
    of(adjoints, before(layer)).setZero();
  }
}

void NetworkPass::backward() {
  for (auto layer = network_.layers().rbegin(); layer != network_.layers().rend(); ++layer) {
    Block adjoint = of(adjoints_, *layer);
    if (!is_first(*layer)) pass_skipped(*layer, adjoints_);
    if (!is_output(*layer)) adjoint.array() *= of(slopes_, *layer).array();
    if (is_first(*layer)) return;
    add_product(network_.weights(*layer, x_).transpose(), adjoint, of(adjoints_, before(*layer)));
  }
}

void NetworkPass::backward_tangent(const double* v) {
  for (auto layer = network_.layers().rbegin(); layer != network_.layers().rend(); ++layer) {
    Block adjoint = of(adjoints_, *layer);
    Block R = of(adjoint_tangents_, *layer);
    if (!is_first(*layer)) {
      pass_skipped(*layer, adjoints_);
      pass_skipped(*layer, adjoint_tangents_);
    }
    if (!is_output(*layer)) {
      const Block slope = of(slopes_, *layer);
      R.array() = slope.array() * R.array() +
                  of(curvatures_, *layer).array() * of(input_tangents_, *layer).array() * adjoint.array();
      adjoint.array() *= slope.array();
    }
    if (is_first(*layer)) return;
    const ConstBlock W = network_.weights(*layer, x_);
    add_product(W.transpose(), adjoint, of(adjoints_, before(*layer)));
    add_product(W.transpose(), R, of(adjoint_tangents_, before(*layer)));
    add_product(network_.weights(*layer, v).transpose(), adjoint, of(adjoint_tangents_, before(*layer)));
  }
}

void NetworkPass::add_gradient(double* g) {
  for (const Layer& layer : network_.layers()) {
    const Block adjoint = of(adjoints_, layer);
    add_product(adjoint, inputs_of(layer).transpose(), network_.weights(layer, g));
    if (network_.has_biases()) network_.biases(layer, g) += adjoint.rowwise().sum();
  }
}

void NetworkPass::add_gradient_tangent(double* g) {
  for (const Layer& layer : network_.layers()) {
    const Block R = of(adjoint_tangents_, layer);
    add_product(R, inputs_of(layer).transpose(), network_.weights(layer, g));
    if (!is_first(layer)) {
      add_product(of(adjoints_, layer), of(tangents_, before(layer)).transpose(), network_.weights(layer, g));
    }
    if (network_.has_biases()) network_.biases(layer, g) += R.rowwise().sum();
  }
}

void NetworkPass::write_jacobian_rows(Matrix& J, Index first, Index stride) {
  using Rows = Eigen::Map<Vector, 0, Eigen::InnerStride<>>;
  const auto rows_of = [&](Index parameter) {
    return Rows(J.data() + parameter * J.rows() + first, samples(), Eigen::InnerStride<>(stride));
  };
  for (const Layer& layer : network_.layers()) {
    const Block adjoint = of(adjoints_, layer);
    const ConstBlock a = inputs_of(layer);
    for (Index j = 0; j < layer.inputs; ++j) {
      for (Index i = 0; i < layer.units; ++i) {
        rows_of(layer.weights + j * layer.units + i) = adjoint.row(i).cwiseProduct(a.row(j)).transpose();
      }
    }
    if (!network_.has_biases()) continue;
    for (Index i = 0; i < layer.units; ++i) rows_of(layer.biases + i) = adjoint.row(i).transpose();
  }
}

}  // namespace optbed
