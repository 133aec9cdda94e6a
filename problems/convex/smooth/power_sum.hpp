// A convex function with a flat minimum: f(x) = (1/p) sum_{i=1}^n |x_i|^p, p > 2.
//
// Start (1, …, 1). Minimum 0 at 0, where the Hessian vanishes: no method is faster there than its rate for a
// merely convex function lets it be, and Newton's method with full steps moves x to (p-2)/(p-1) x. The
// curvature (p-1) |x_i|^(p-2) has no bound: L exists on bounded sets only.
#pragma once

#include "problems/convex/coordinate_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct PowerSumOptions {
  long n = 10;
  double p = 4;
};

struct PowerTerms {
  double p;
  ScalarTerm operator()(Index i, double t) const;
};

class PowerSum final : public CoordinateSum<PowerTerms> {
 public:
  using Options = PowerSumOptions;
  static OptionTable<Options> option_table();

  explicit PowerSum(const Options& options = {});
};

ProblemEntry power_sum_entry();

}  // namespace optbed
