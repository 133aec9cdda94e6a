// What an output y (k) of a network costs where t (k) is the target:
//   squared         |y - t|^2
//   cross_entropy   -sum_j t_j log p_j with p = softmax(y), p_j = exp(y_j) / sum_i exp(y_i); t is a
//                   distribution, 1 for a sample's class and 0 for the others as a rule.
// Their gradients are 2 (y - t) and p - t, their Hessians 2 I and diag(p) - p p'. The cross-entropy is computed
// relative to the largest output, so that it neither overflows nor loses its digits where it is small.
#pragma once

#include "problems/learning/neural_network/activation.hpp"

namespace optbed {

enum class OutputLoss { cross_entropy, squared };

// The sum over samples, which are the columns of y and t (k x c).
double loss_of(OutputLoss loss, const ConstBlock& y, const ConstBlock& t);

// The same; each sample's gradient goes into `slopes` (k x c).
double loss_of(OutputLoss loss, const ConstBlock& y, const ConstBlock& t, Block slopes);

// Each sample's Hessian times its column of v (k x c) goes into Hv (k x c), which is not v.
void multiply_loss_hessian(OutputLoss loss, const ConstBlock& y, const Block& v, Block Hv);

}  // namespace optbed
