// A block of samples on its way through a network and back. Every step is a product of matrices with a column
// for each sample.
//
//   forward           z_l = W_l a_{l-1} + b_l and what they become, for all samples of the block.
//   backward          back-propagation (Rumelhart, Hinton & Williams 1986): from dE/dy the adjoints
//                     dE/da_{l-1} = W_l' dE/dz_l and dE/dz_l = sigma'(z_l) dE/da_l, whose products with the
//                     a_{l-1} are the gradient.
//   … tangent         the same with R{} = d/dh at x + h v (Pearlmutter 1994, section 3), which makes H v.
//
// A pass keeps what it computes in a workspace that the caller gives, and allocates nothing.
#pragma once

#include <algorithm>

#include "problems/learning/neural_network/network.hpp"

namespace optbed {

// Samples of a block, and rows and columns of a factor that Eigen multiplies at once: it then packs both
// factors on the stack. They stay in a processor's second cache, too.
constexpr Index block_size = 128;

// Memory of this thread for so many numbers, the same until more are asked for: what is in it is lost with the
// next evaluation in the thread. Aligned to cache lines, so that sums come out the same in every thread.
double* thread_workspace(Index size);

// take(first, count) for the blocks of N samples.
template <class Take>
void in_blocks(Index N, Take&& take) {
  for (Index first = 0; first < N; first += block_size) take(first, std::min(block_size, N - first));
}

inline ConstBlock columns(const Matrix& A, Index first, Index count) {
  return {A.data() + first * A.rows(), A.rows(), count};
}

class NetworkPass {
 public:
  // Numbers of memory that a pass needs for up to block_size samples.
  static Index workspace_size(const Network& network);

  // x (n), inputs (d_0 x c) with c <= block_size; all must outlive the pass.
  NetworkPass(const Network& network, const double* x, const ConstBlock& inputs, double* workspace);

  // `derivatives`: how often sigma is differentiated on the way; once for `backward` and `forward_tangent`, and
  // twice for `backward_tangent`.
  void forward(int derivatives);
  Block outputs() { return last(activations_); }  // y (d_L x c)

  void forward_tangent(const double* v);                     // v (n)
  Block output_tangents() { return last(input_tangents_); }  // R{y}

  // dE/dy goes in before the backward pass, and R{dE/dy} with it before the one that takes both.
  Block output_adjoints() { return last(adjoints_); }
  Block output_adjoint_tangents() { return last(adjoint_tangents_); }
  void backward();
  void backward_tangent(const double* v);

  // What the last backward pass found: dE/dx and R{dE/dx} (n), summed over the samples and added to g.
  void add_gradient(double* g);
  void add_gradient_tangent(double* g);

  // The same for each sample s by itself, as the row first + s stride of J (rows x n).
  void write_jacobian_rows(Matrix& J, Index first, Index stride);

 private:
  // A number for every unit of the network and every sample, layer by layer.
  struct Units {
    double* memory;
  };
  Block of(Units units, const Layer& layer) const {
    return {units.memory + layer.first_unit * samples(), layer.units, samples()};
  }
  Block last(Units units) const { return of(units, network_.layers().back()); }
  const Layer& before(const Layer& layer) const { return *(&layer - 1); }
  bool is_first(const Layer& layer) const { return &layer == &network_.layers().front(); }
  bool is_output(const Layer& layer) const { return &layer == &network_.layers().back(); }
  Index samples() const { return inputs_.cols(); }
  ConstBlock inputs_of(const Layer& layer) const;  // a_{l-1}
  void start_with_biases(const Layer& layer, const double* x, Block z) const;
  void pass_skipped(const Layer& layer, Units adjoints) const;

  const Network& network_;
  const double* x_;
  ConstBlock inputs_;
  Units activations_;       // a_l
  Units slopes_;            // sigma'(z_l)
  Units curvatures_;        // sigma''(z_l)
  Units input_tangents_;    // R{z_l}
  Units tangents_;          // R{a_l}
  Units adjoints_;          // dE/da_l, and dE/dz_l once the pass has gone through the layer
  Units adjoint_tangents_;  // R{dE/da_l}, then R{dE/dz_l}
};

}  // namespace optbed
