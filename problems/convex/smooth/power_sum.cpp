#include "problems/convex/smooth/power_sum.hpp"

#include <cmath>

namespace optbed {

ScalarTerm PowerTerms::operator()(Index /*i*/, double t) const {
  const double bend = std::pow(std::abs(t), p - 2);
  return {bend * t * t / p, bend * t, (p - 1) * bend};
}

PowerSum::PowerSum(const Options& options) : CoordinateSum({options.p}, Vector::Ones(options.n)) {
  facts_.minimum = {0, "a sum of powers of absolute values"};
  facts_.minimisers.push_back({Vector::Zero(options.n), "a sum of powers of absolute values"});
  facts_.convexity = {Convexity::convex, "|t|^p is convex for p >= 1; the Hessian vanishes at 0"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivative (p-1)|t|^(p-2) has no bound"};
  facts_.bounded_below = {true, "f >= 0"};
}

OptionTable<PowerSumOptions> PowerSum::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .real("p", &Options::p, greater_than(2), "the power");
}

ProblemEntry power_sum_entry() {
  return registry_entry<Problem, PowerSum>(
      "power_sum", "f = (1/p) sum of |x_i|^p, p > 2: convex with a flat minimum, locally smooth",
      {{"start", "(1, …, 1)"},
       {"facts", "minimum 0 at 0, where the Hessian vanishes; no global L"},
       {"source", "Nesterov 2004, section 2.1.1, examples of convex functions"}});
}

}  // namespace optbed
