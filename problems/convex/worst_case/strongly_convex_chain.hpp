// Nesterov's chain for strongly convex functions (Nesterov 2004, section 2.1.4), cut off after n components so
// that its minimiser stays that of the infinite chain: with mu = L/kappa, s = sqrt(kappa), q = (s - 1)/(s + 1),
//   f(x) = ((L - mu)/8) (x_1^2 + sum_{i<n} (x_i - x_{i+1})^2 + (1 - q) x_n^2 - 2 x_1)
//          + (mu/2) |x|^2 + constant,
// the constant making f* = 0. The gradient vanishes where x_{i-1} - (q + 1/q) x_i + x_{i+1} = 0 with x_0 = 1,
// and at the end x_{n-1} - x_n/q = 0: x*_i = q^i. From the start 0, k gradients reach k components, so that
// every first-order method has |x_k - x*|^2 >= sum_{i>k} q^(2i), which is q^(2k) |x_0 - x*|^2 in the infinite
// chain (theorem 2.1.13).
//
// A = mu I + ((L - mu)/4) T, T tridiagonal with 2 and -1 but for T_nn = 2 - q. The eigenvalues of T are 4
// sin^2(theta/2) with sin((n+1) theta) = q sin(n theta): the least has its theta between pi/(2n+1) and
// pi/(n+1), the greatest has pi - theta between pi/(n+1) and 2 pi/(2n+1). Those of A are between mu and L, and
// tend to them as n grows.
#pragma once

#include <memory>

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct StronglyConvexChainOptions {
  long n = 100;
  double kappa = 100;
  double lipschitz = 1;
};

OptionTable<StronglyConvexChainOptions> strongly_convex_chain_option_table();
std::unique_ptr<Problem> make_strongly_convex_chain(const StronglyConvexChainOptions& options);
ProblemEntry strongly_convex_chain_entry();

}  // namespace optbed
