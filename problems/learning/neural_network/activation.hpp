// What a hidden unit makes of its input z, with its derivatives:
//   tanh      tanh z
//   sigmoid   s(z) = 1/(1 + exp(-z))
//   softplus  log(1 + exp(z))
//   relu      max(z, 0), whose derivative at its kink is taken to be 0
//   identity  z
#pragma once

#include "problems/facts.hpp"

namespace optbed {

enum class Activation { tanh, sigmoid, softplus, relu, identity };

// A number for each unit of a layer (rows) and each of some samples (columns), in memory of somebody else's.
using Block = Eigen::Map<Matrix>;
using ConstBlock = Eigen::Map<const Matrix>;

// Replaces each element z by sigma(z).
void activate(Activation sigma, Block z);

// sigma'(z) from a = sigma(z), and sigma''(z) from a and sigma'(z): for each of these functions they say
// enough.
void slopes_from(Activation sigma, const Block& a, Block slopes);
void curvatures_from(Activation sigma, const Block& a, const Block& slopes, Block curvatures);

}  // namespace optbed
