// Negative entropy about a chosen minimiser, which is the generalised Kullback–Leibler divergence from it (Beck
// & Teboulle 2003; Boyd & Vandenberghe 2004, section 3.1.5):
//   f(x) = sum_{i=1}^n x_i log(x_i/y_i) - x_i + y_i on x >= 0, with 0 log 0 = 0;   +infinity elsewhere;
// y_i spaced evenly in the logarithm from 1/e to kappa/e. For kappa = 1 this is sum x_i log x_i + n/e.
//
// Start (1, …, 1). Minimum 0 at y. The Hessian is diag(1/x_i), of condition number kappa at y: f is strictly
// convex, but has no mu on an unbounded set and no L near its border. On the box (0, b]^n it is strongly convex
// with 1/b.
//
// Near y, where x log(x/y) and x - y cancel, they are taken from log(1 + t) - t with t = (x - y)/y.
#pragma once

#include "problems/convex/coordinate_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct EntropyOptions {
  long n = 10;
  double kappa = 10;
};

struct EntropyTerms {
  Vector y;
  ScalarTerm operator()(Index i, double x) const;
};

class Entropy final : public CoordinateSum<EntropyTerms> {
 public:
  using Options = EntropyOptions;
  static OptionTable<Options> option_table();

  explicit Entropy(const Options& options = {});
};

ProblemEntry entropy_entry();

}  // namespace optbed
