// A strongly convex function of one variable on which the heavy ball, tuned for quadratics of its mu and L,
// does not converge but cycles (Lessard, Recht & Packard 2016, section 4.6):
//   f'(x) = 25 x for x < 1,   x + 24 for 1 <= x < 2,   25 x - 24 for x >= 2.
// Start 3.3. Minimum 0 at 0. f'' is 25, 1 and 25: mu = 1, L = 25. For these the tuning is the step
// 4/(sqrt(L) + sqrt(mu))^2 = 1/9 with the momentum ((sqrt(L) - sqrt(mu))/(sqrt(L) + sqrt(mu)))^2 = 4/9, and
// from the start, at rest, the iterates tend to the cycle (792, -2208, 2592)/1225. At the kinks of f',
// hessian() has the second derivative on the right.
#pragma once

#include "problems/convex/coordinate_sum.hpp"
#include "problems/options.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct HeavyBallCycleOptions {};

struct HeavyBallCycleTerm {
  ScalarTerm operator()(Index i, double x) const;
};

class HeavyBallCycle final : public CoordinateSum<HeavyBallCycleTerm> {
 public:
  using Options = HeavyBallCycleOptions;
  static OptionTable<Options> option_table() { return {}; }

  explicit HeavyBallCycle(const Options& options = {});
};

ProblemEntry heavy_ball_cycle_entry();

}  // namespace optbed
