#include "problems/convex/nonsmooth/max_coordinate.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {

MaxCoordinate::MaxCoordinate(const Options& options)
    : n_(options.n),
      M_(options.lipschitz),
      radius_(options.radius),
      form_(options.form),
      root_n_(std::sqrt(static_cast<double>(n_))),
      gamma_(M_ * root_n_ / (1 + root_n_)),
      mu_(M_ / (radius_ * (1 + root_n_))) {
  const bool is_quadratic = form_ == MaxCoordinateForm::quadratic;
  const std::string source = is_quadratic ? "max_i x_i >= -|x|/sqrt(n): Nesterov 2004, section 3.2.1"
                                          : "max_i x_i >= -|x|/sqrt(n): Drori & Teboulle 2016";
  facts_.minimum = {is_quadratic ? -M_ * radius_ / (2 * (1 + root_n_)) : -M_ * radius_ / root_n_, source};
  facts_.minimisers.push_back({Vector::Constant(n_, -radius_ / root_n_), source});
  facts_.function_class = {FunctionClass::nonsmooth, "max_i x_i has kinks"};
  facts_.bounded_below = {true, source};
  if (is_quadratic) {
    facts_.strong_convexity = {mu_, "f - (mu/2)|x|^2 = gamma max_i x_i is convex"};
    facts_.convexity = {Convexity::strongly_convex, "mu > 0"};
  } else {
    facts_.value_lipschitz = {M_, "M times a maximum of functions whose subgradients have the length 1"};
    facts_.convexity = {Convexity::convex, "a maximum of convex functions"};
  }
}

double MaxCoordinate::value(const Vector& x) const {
  const double greatest = x.maxCoeff<Eigen::PropagateNaN>();
  if (form_ == MaxCoordinateForm::quadratic) return gamma_ * greatest + mu_ / 2 * x.squaredNorm();
  return M_ * std::max(greatest, excess_norm(x));
}

double MaxCoordinate::gradient(const Vector& x, Vector& g) const {
  Index first = 0;  // the first of the greatest coordinates
  const double greatest = x.maxCoeff(&first);
  if (form_ == MaxCoordinateForm::quadratic) {
    g = mu_ * x;
    g[first] += gamma_;
  } else if (excess_norm(x) > greatest) {
    g = (M_ / x.norm()) * x;
  } else {
    g.setZero();
    g[first] = M_;
  }
  return value(x);
}

Optimality MaxCoordinate::optimality(const Vector& x, Vector& scratch) const {
  scratch = M_ / radius_ * (x - facts_.minimisers.front().value);
  return {value(x), infinity_norm(scratch)};
}

OptionTable<MaxCoordinateOptions> MaxCoordinate::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension; the lower bound for k steps needs n = k + 1")
      .real("lipschitz", &Options::lipschitz, positive(), "M, the greatest length of a subgradient")
      .real("radius", &Options::radius, positive(), "R, the distance of the start from the minimiser")
      .choice("form", &Options::form,
              {{"quadratic", MaxCoordinateForm::quadratic}, {"norm", MaxCoordinateForm::norm}},
              "what keeps max_i x_i from falling for ever: (mu/2)|x|^2, or a maximum with |x|");
}

ProblemEntry max_coordinate_entry() {
  return registry_entry<Problem, MaxCoordinate>(
      "max_coordinate", "the worst functions for subgradient methods: a maximum of coordinates",
      {{"start", "0"},
       {"facts", "x* = -(R/sqrt(n)) (1, …, 1); f* by its formula; gradient() offers a subgradient"},
       {"bound",
        "after k = n - 1 steps from 0, f - f* >= M R/(2 (1 + sqrt(k+1))) (quadratic), M R/sqrt(k+1) (norm)"},
       {"source", "Nesterov 2004, section 3.2.1; Drori & Teboulle 2016"}});
}

}  // namespace optbed
