// The training loss of a network as it is written on a blackboard: one sample, one unit and one weight after
// the other, for any number type, so that automatic differentiation gives its derivatives.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "problems/differentiation/differentiated_residuals.hpp"
#include "problems/learning/neural_network/training_loss.hpp"

namespace optbed::testing {

struct PlainNetwork {
  std::vector<Index> widths;
  std::string activation = "tanh";
  bool skip = false;
  bool bias = true;

  template <class X>
  X sigma(const X& z) const {
    using std::exp;
    using std::log;
    using std::tanh;
    if (activation == "tanh") return tanh(z);
    if (activation == "sigmoid") return 1.0 / (1.0 + exp(-z));
    if (activation == "softplus") return log(1.0 + exp(z));
    if (activation == "relu") return z > 0.0 ? z : X(0.0);
    return z;
  }

  // The outputs for one sample.
  template <class X>
  std::vector<X> operator()(std::span<const X> x, const Vector& input) const {
    std::vector<X> a(input.begin(), input.end());
    std::size_t place = 0;
    for (std::size_t l = 1; l < widths.size(); ++l) {
      const auto inputs = static_cast<std::size_t>(widths[l - 1]);
      const auto units = static_cast<std::size_t>(widths[l]);
      std::vector<X> z(units, X(0.0));
      for (std::size_t j = 0; j < inputs; ++j) {
        for (std::size_t i = 0; i < units; ++i) z[i] += x[place++] * a[j];
      }
      for (std::size_t i = 0; bias && i < units; ++i) z[i] += x[place++];
      if (l + 1 < widths.size()) {
        for (std::size_t i = 0; i < units; ++i) z[i] = sigma(z[i]);
        for (std::size_t i = 0; skip && units == inputs && i < units; ++i) z[i] += a[i];
      }
      a = z;
    }
    return a;
  }
};

struct PlainTrainingLoss {
  PlainNetwork network;
  TrainingData data;
  OutputLoss loss = OutputLoss::squared;
  double l2 = 0;

  template <class X>
  X operator()(std::span<const X> x) const {
    using std::exp;
    using std::log;
    X sum(0.0);
    for (Index s = 0; s < data.inputs.cols(); ++s) {
      const std::vector<X> y = network(x, data.inputs.col(s));
      X exponentials(0.0);
      for (std::size_t j = 0; j < y.size(); ++j) {
        const double t = data.targets(static_cast<Index>(j), s);
        exponentials += exp(y[j]);
        sum += loss == OutputLoss::squared ? (y[j] - t) * (y[j] - t) : -t * y[j];
      }
      if (loss == OutputLoss::cross_entropy) sum += log(exponentials);
    }
    X squares(0.0);
    for (const X& parameter : x) squares += parameter * parameter;
    return sum / static_cast<double>(data.inputs.cols()) + l2 / 2 * squares;
  }
};

// Its outputs as residuals, of which the Jacobian is that of the outputs.
struct PlainOutputs {
  PlainNetwork network;
  TrainingData data;

  Index residual_count(Index /*n*/) const { return data.targets.size(); }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    std::size_t row = 0;
    for (Index s = 0; s < data.inputs.cols(); ++s) {
      for (const X& y : network(x, data.inputs.col(s))) r[row++] = y;
    }
  }
};

}  // namespace optbed::testing
