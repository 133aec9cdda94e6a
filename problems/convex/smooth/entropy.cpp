#include "problems/convex/smooth/entropy.hpp"

#include <boost/math/special_functions/log1p.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "problems/quadratic/spectrum.hpp"

namespace optbed {

ScalarTerm EntropyTerms::operator()(Index i, double x) const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double of_minimiser = y[i];
  if (!(x > 0)) return {x == 0 ? of_minimiser : infinity, -infinity, infinity};
  const double t = (x - of_minimiser) / of_minimiser;
  if (std::abs(t) > 0.5) {
    const double slope = std::log(x / of_minimiser);
    return {x * slope - x + of_minimiser, slope, 1 / x};
  }
  return {of_minimiser * ((1 + t) * boost::math::log1pmx(t) + t * t), std::log1p(t), 1 / x};
}

Entropy::Entropy(const Options& options)
    : CoordinateSum({spectrum_of(Spectrum::log, options.n, options.kappa) / std::numbers::e},
                    Vector::Ones(options.n)) {
  const std::string source = "x log(x/y) - x + y >= 0 with equality at y only";
  facts_.minimum = {0, source};
  facts_.minimisers.push_back({terms().y, source});
  facts_.convexity = {Convexity::convex, "the Hessian diag(1/x_i) is positive, and tends to 0"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivative 1/x has no bound"};
  facts_.bounded_below = {true, "f >= 0"};
}

OptionTable<EntropyOptions> Entropy::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .real("kappa", &Options::kappa, at_least(1), "condition number of the Hessian at the minimiser");
}

ProblemEntry entropy_entry() {
  return registry_entry<Problem, Entropy>(
      "entropy", "negative entropy on the positive orthant, about a chosen minimiser",
      {{"start", "(1, …, 1)"},
       {"domain", "x >= 0; +infinity elsewhere"},
       {"facts", "minimum 0 at y; strictly convex without mu or L"},
       {"source", "Beck & Teboulle 2003; Boyd & Vandenberghe 2004, section 3.1.5"}});
}

}  // namespace optbed
