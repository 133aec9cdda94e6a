#include "problems/learning/neural_network/output_loss.hpp"

#include <cmath>

namespace optbed {
namespace {

// The largest output and, of the sum of exp(y_j - y_largest), all but the 1 that it contributes.
struct Softmax {
  Index largest;
  double others;
};

template <class Column>
Softmax softmax_of(const Column& y) {
  Softmax softmax{0, 0};
  y.maxCoeff(&softmax.largest);
  for (Index j = 0; j < y.size(); ++j) {
    if (j != softmax.largest) softmax.others += std::exp(y[j] - y[softmax.largest]);
  }
  return softmax;
}

// sum_j t_j (log sum_i exp(y_i) - y_j), where sum_j t_j = 1.
template <class Column, class Target>
double cross_entropy(const Softmax& softmax, const Column& y, const Target& t) {
  double sum = std::log1p(softmax.others);
  for (Index j = 0; j < y.size(); ++j) sum += t[j] * (y[softmax.largest] - y[j]);
  return sum;
}

// p_j of an output that is not the largest.
template <class Column>
double probability(const Softmax& softmax, const Column& y, Index j) {
  return std::exp(y[j] - y[softmax.largest]) / (1 + softmax.others);
}

}  // namespace

double loss_of(OutputLoss loss, const ConstBlock& y, const ConstBlock& t) {
  if (loss == OutputLoss::squared) return (y - t).squaredNorm();
  double sum = 0;
  for (Index s = 0; s < y.cols(); ++s) sum += cross_entropy(softmax_of(y.col(s)), y.col(s), t.col(s));
  return sum;
}

double loss_of(OutputLoss loss, const ConstBlock& y, const ConstBlock& t, Block slopes) {
  if (loss == OutputLoss::squared) {
    slopes = y - t;
    const double sum = slopes.squaredNorm();
    slopes *= 2;
    return sum;
  }
  double sum = 0;
  for (Index s = 0; s < y.cols(); ++s) {
    const Softmax softmax = softmax_of(y.col(s));
    sum += cross_entropy(softmax, y.col(s), t.col(s));
    // The components of p - t add up to 0. That of the largest output is taken from the others, beside which
    // 1 - p is known to full precision.
    double others = 0;
    for (Index j = 0; j < y.rows(); ++j) {
      if (j == softmax.largest) continue;
      slopes(j, s) = probability(softmax, y.col(s), j) - t(j, s);
      others += slopes(j, s);
    }
    slopes(softmax.largest, s) = -others;
  }
  return sum;
}

void multiply_loss_hessian(OutputLoss loss, const ConstBlock& y, const Block& v, Block Hv) {
  if (loss == OutputLoss::squared) {
    Hv = 2 * v;
    return;
  }
  for (Index s = 0; s < y.cols(); ++s) {
    const Softmax softmax = softmax_of(y.col(s));
    // p_j (v_j - p'v), with v relative to that of the largest output; they add up to 0 as well.
    const double v_largest = v(softmax.largest, s);
    double mean = 0;
    for (Index j = 0; j < y.rows(); ++j) {
      if (j != softmax.largest) mean += probability(softmax, y.col(s), j) * (v(j, s) - v_largest);
    }
    double others = 0;
    for (Index j = 0; j < y.rows(); ++j) {
      if (j == softmax.largest) continue;
      Hv(j, s) = probability(softmax, y.col(s), j) * (v(j, s) - v_largest - mean);
      others += Hv(j, s);
    }
    Hv(softmax.largest, s) = -others;
  }
}

}  // namespace optbed
