// A smooth stand-in for the weighted 1-norm: f(x) = sum_{i=1}^n w_i log cosh(x_i), with weights w_i spaced
// evenly in the logarithm from 1 to kappa.
//
// Start (1, …, 1). Minimum 0 at 0. The second derivative of log cosh is 1 - tanh^2, from 1 at 0 down to 0 far
// out: f is convex with L = kappa, attained at 0, and not strongly convex. The condition number of the Hessian
// at the minimiser is kappa.
#pragma once

#include "problems/convex/coordinate_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct LogCoshOptions {
  long n = 10;
  double kappa = 10;
};

struct LogCoshTerms {
  Vector weights;
  ScalarTerm operator()(Index i, double t) const;
};

class LogCosh final : public CoordinateSum<LogCoshTerms> {
 public:
  using Options = LogCoshOptions;
  static OptionTable<Options> option_table();

  explicit LogCosh(const Options& options = {});
};

ProblemEntry log_cosh_entry();

}  // namespace optbed
