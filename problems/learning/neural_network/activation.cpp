#include "problems/learning/neural_network/activation.hpp"

namespace optbed {

void activate(Activation sigma, Block z) {
  switch (sigma) {
    case Activation::tanh:
      z = z.array().tanh();
      return;
    case Activation::sigmoid:
      z = z.array().logistic();
      return;
    case Activation::softplus:  // by exp(-|z|) <= 1, which cannot overflow
      z = z.array().max(0.0) + (-z.array().abs()).exp().log1p();
      return;
    case Activation::relu:
      z = z.array().max(0.0);
      return;
    case Activation::identity:
      return;
  }
}

void slopes_from(Activation sigma, const Block& a, Block slopes) {
  switch (sigma) {
    case Activation::tanh:
      slopes = 1 - a.array().square();
      return;
    case Activation::sigmoid:
      slopes = a.array() * (1 - a.array());
      return;
    case Activation::softplus:  // s(z) = 1 - exp(-a)
      slopes = -(-a.array()).expm1();
      return;
    case Activation::relu:
      slopes = (a.array() > 0).cast<double>();
      return;
    case Activation::identity:
      slopes.setOnes();
      return;
  }
}

void curvatures_from(Activation sigma, const Block& a, const Block& slopes, Block curvatures) {
  switch (sigma) {
    case Activation::tanh:
      curvatures = -2 * a.array() * slopes.array();
      return;
    case Activation::sigmoid:
      curvatures = slopes.array() * (1 - 2 * a.array());
      return;
    case Activation::softplus:
      curvatures = slopes.array() * (1 - slopes.array());
      return;
    case Activation::relu:
    case Activation::identity:
      curvatures.setZero();
      return;
  }
}

}  // namespace optbed
