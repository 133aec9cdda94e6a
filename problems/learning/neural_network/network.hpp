// A feed-forward network: layers l = 1 … L of d_l units over d_0 inputs, a_0 = the input of a sample, and
//   z_l = W_l a_{l-1} + b_l,   a_l = sigma(z_l)             for the hidden layers l < L,
//                              a_l = a_{l-1} + sigma(z_l)   where layer l has a skip connection,
//   y = z_L                                                 for the outputs, which are linear.
// With `skip` every hidden layer that is as wide as the one before it, the inputs included, has a skip
// connection (He, Zhang, Ren & Sun 2016, (1), with the identity and one layer inside).
//
// The parameters are one vector x (n): layer by layer W_l (d_l x d_{l-1}), column by column, and then b_l
// (d_l); without `bias` there is no b_l.
#pragma once

#include <string>
#include <vector>

#include "problems/learning/neural_network/activation.hpp"

namespace optbed {

struct Architecture {
  std::vector<Index> widths;  // d_0, d_1, …, d_L
  Activation activation = Activation::tanh;
  bool skip = false;
  bool bias = true;
};

struct Layer {
  Index inputs;      // d_{l-1}
  Index units;       // d_l
  Index weights;     // where W_l begins in x
  Index biases;      // where b_l begins; unused without biases
  Index first_unit;  // d_1 + … + d_{l-1}
  bool skips;
};

class Network {
 public:
  // Throws UsageError unless there are two widths or more, each at least 1.
  explicit Network(Architecture architecture);

  Activation activation() const { return architecture_.activation; }
  bool has_biases() const { return architecture_.bias; }
  bool has_skips() const;
  Index input_count() const { return architecture_.widths.front(); }
  Index output_count() const { return architecture_.widths.back(); }
  const std::vector<Layer>& layers() const { return layers_; }  // the first is l = 1
  Index parameter_count() const { return parameter_count_; }
  Index unit_count() const { return unit_count_; }  // d_1 + … + d_L

  // W_l and b_l in x (n), or in anything else with its layout.
  ConstBlock weights(const Layer& layer, const double* x) const;
  Block weights(const Layer& layer, double* x) const;
  Eigen::Map<const Vector> biases(const Layer& layer, const double* x) const;
  Eigen::Map<Vector> biases(const Layer& layer, double* x) const;

 private:
  Architecture architecture_;
  std::vector<Layer> layers_;
  Index parameter_count_ = 0;
  Index unit_count_ = 0;
};

// d_1 … d_{L-1} as an option gives them. What is wrong with a width that is not a whole number; an empty text
// where none is.
std::string broken_width_rule(const std::vector<double>& hidden);

// d_0 … d_L.
std::vector<Index> widths_between(Index inputs, const std::vector<double>& hidden, Index outputs);

// y (d_L x N) for inputs (d_0 x N) at the parameters x (n).
Matrix network_outputs(const Network& network, const Vector& x, const Matrix& inputs);

}  // namespace optbed
