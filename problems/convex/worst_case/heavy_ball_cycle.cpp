#include "problems/convex/worst_case/heavy_ball_cycle.hpp"

namespace optbed {

// Each piece goes on from the value of the one before: f(1) = 25/2 and f(2) = 38.
ScalarTerm HeavyBallCycleTerm::operator()(Index /*i*/, double x) const {
  if (x < 1) return {12.5 * x * x, 25 * x, 25};
  if (x < 2) return {x * x / 2 + 24 * x - 12, x + 24, 1};
  return {12.5 * x * x - 24 * x + 36, 25 * x - 24, 25};
}

HeavyBallCycle::HeavyBallCycle(const Options& /*options*/) : CoordinateSum({}, Vector::Constant(1, 3.3)) {
  facts_.minimum = {0, "f' has the sign of x"};
  facts_.minimisers.push_back({Vector::Zero(1), "f' has the sign of x"});
  facts_.strong_convexity = {1, "f'' on [1, 2)"};
  facts_.lipschitz = {25, "f'' elsewhere"};
  facts_.convexity = {Convexity::strongly_convex, "f'' >= 1"};
  facts_.function_class = {FunctionClass::smooth, "f' is continuous and piecewise linear"};
  facts_.bounded_below = {true, "strongly convex"};
}

ProblemEntry heavy_ball_cycle_entry() {
  return registry_entry<Problem, HeavyBallCycle>(
      "heavy_ball_cycle", "the strongly convex function on which the heavy ball cycles",
      {{"start", "3.3"},
       {"facts", "mu = 1, L = 25, minimum 0 at 0"},
       {"cycle", "(792, -2208, 2592)/1225 with the step 1/9 and the momentum 4/9"},
       {"source", "Lessard, Recht & Packard 2016, section 4.6"}});
}

}  // namespace optbed
