#include "problems/convex/smooth/log_cosh.hpp"

#include <cmath>
#include <numbers>

#include "problems/quadratic/spectrum.hpp"

namespace optbed {

ScalarTerm LogCoshTerms::operator()(Index i, double t) const {
  const double w = weights[i];
  const double size = std::abs(t);
  const double half = std::sinh(t / 2);  // cosh t = 1 + 2 sinh^2(t/2), which keeps small values
  const double value =
      size < 1 ? std::log1p(2 * half * half) : size + std::log1p(std::exp(-2 * size)) - std::numbers::ln2;
  const double slope = std::tanh(t);
  return {w * value, w * slope, w * (1 - slope) * (1 + slope)};
}

LogCosh::LogCosh(const Options& options)
    : CoordinateSum({spectrum_of(Spectrum::log, options.n, options.kappa)}, Vector::Ones(options.n)) {
  facts_.minimum = {0, "log cosh t >= 0 with equality at 0 only"};
  facts_.minimisers.push_back({Vector::Zero(options.n), "log cosh t >= 0 with equality at 0 only"});
  facts_.lipschitz = {terms().weights.maxCoeff(), "the second derivative of log cosh is 1 - tanh^2 <= 1"};
  facts_.convexity = {Convexity::convex, "the second derivative of log cosh is positive, and tends to 0"};
  facts_.function_class = {FunctionClass::smooth, "the second derivative of log cosh is at most 1"};
  facts_.bounded_below = {true, "f >= 0"};
}

OptionTable<LogCoshOptions> LogCosh::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .real("kappa", &Options::kappa, at_least(1),
            "L, and the condition number of the Hessian at the minimiser");
}

ProblemEntry log_cosh_entry() {
  return registry_entry<Problem, LogCosh>(
      "log_cosh", "f = sum of w_i log cosh(x_i): convex and L-smooth, not strongly convex",
      {{"start", "(1, …, 1)"},
       {"facts", "minimum 0 at 0; L = kappa, the greatest weight"},
       {"source", "the smooth absolute error of robust regression, e.g. Green 1990"}});
}

}  // namespace optbed
