#include "problems/convex/nonsmooth/l1_norm.hpp"

#include "problems/quadratic/spectrum.hpp"

namespace optbed {

L1Norm::L1Norm(const Options& options)
    : weights_(spectrum_of(Spectrum::log, options.n, options.kappa)), centre_(options.shift) {
  const std::string source = "a weighted sum of distances";
  facts_.minimum = {0, source};
  facts_.minimisers.push_back({Vector::Constant(options.n, centre_), source});
  facts_.value_lipschitz = {weights_.norm(), "|w|_2, the length of a subgradient where no x_i = c"};
  facts_.convexity = {Convexity::convex, source};
  facts_.function_class = {FunctionClass::nonsmooth, "|t| has a kink at 0"};
  facts_.bounded_below = {true, "f >= 0"};
}

double L1Norm::value(const Vector& x) const { return (weights_.array() * (x.array() - centre_).abs()).sum(); }

double L1Norm::gradient(const Vector& x, Vector& g) const {
  g = weights_.array() * (x.array() - centre_).sign();
  return value(x);
}

Optimality L1Norm::optimality(const Vector& x, Vector& scratch) const {
  scratch = (x.array() - centre_).abs();
  scratch = (scratch.array() > weights_.array()).select(weights_, scratch);
  return {value(x), infinity_norm(scratch)};
}

OptionTable<L1NormOptions> L1Norm::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .real("kappa", &Options::kappa, at_least(1), "ratio of the greatest weight to the least, which is 1")
      .real("shift", &Options::shift, any_real(), "c, each component of the minimiser");
}

ProblemEntry l1_norm_entry() {
  return registry_entry<Problem, L1Norm>(
      "l1_norm", "f = sum of w_i |x_i - c|: convex and Lipschitz continuous, with kinks",
      {{"start", "(1, …, 1)"},
       {"facts", "minimum 0 at (c, …, c); M = |w|_2; gradient() offers a subgradient"},
       {"bound", "no subgradient method promises f - f* < M R/sqrt(k+1) after k steps on this class"},
       {"source", "Nesterov 2004, section 3.2; Polyak 1969 for sharp minima"}});
}

}  // namespace optbed
