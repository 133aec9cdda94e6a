#include "problems/convex/worst_case/adam_counterexample.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {

AdamCounterexample::AdamCounterexample(const Options& options) : C_(options.c), wall_(options.wall) {
  const double slope = (C_ - 2) / 3;
  const std::string source = "where (C - 2)/3 = wall (|x| - 1), x < -1";
  facts_.minimum = {-slope - slope * slope / (2 * wall_), source};
  facts_.minimisers.push_back({Vector::Constant(1, -1 - slope / wall_), source});
  facts_.lipschitz = {wall_, "f'' = wall for |x| > 1, and 0 inside"};
  facts_.convexity = {Convexity::convex, "linear inside of the interval"};
  facts_.function_class = {FunctionClass::smooth, "f' is continuous and piecewise linear"};
  facts_.bounded_below = {true, "a convex function with a stationary point"};
  facts_.sample_variance = {2 * (C_ + 1) * (C_ + 1) / 9, "the gradients at x*: 2 (C+1)/3, -(C+1)/3, -(C+1)/3"};
}

double AdamCounterexample::loss(double slope, const Vector& x, Vector& g) const {
  const double beyond = std::max(0.0, std::abs(x[0]) - 1);
  g[0] = slope + wall_ * std::copysign(beyond, x[0]);
  return slope * x[0] + wall_ / 2 * beyond * beyond;
}

double AdamCounterexample::curvature(const Vector& x) const { return std::abs(x[0]) > 1 ? wall_ : 0; }

double AdamCounterexample::value(const Vector& x) const {
  const double beyond = std::max(0.0, std::abs(x[0]) - 1);
  return (C_ - 2) / 3 * x[0] + wall_ / 2 * beyond * beyond;
}

double AdamCounterexample::gradient(const Vector& x, Vector& g) const { return loss((C_ - 2) / 3, x, g); }

void AdamCounterexample::hessian(const Vector& x, Matrix& H) const { H(0, 0) = curvature(x); }

void AdamCounterexample::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  Hv[0] = curvature(x) * v[0];
}

double AdamCounterexample::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  const auto large = static_cast<double>(std::count(samples.begin(), samples.end(), 0));
  const double share = large / static_cast<double>(samples.size());
  return loss(share * C_ - (1 - share), x, g);
}

OptionTable<AdamCounterexampleOptions> AdamCounterexample::option_table() {
  return OptionTable<Options>()
      .real("c", &Options::c, greater_than(2), "C, the slope of every third loss")
      .real("wall", &Options::wall, positive(), "curvature beyond the interval [-1, 1]");
}

ProblemEntry adam_counterexample_entry() {
  return registry_entry<Problem, AdamCounterexample>(
      "adam_counterexample",
      "the convex losses C x, -x, -x on [-1, 1], with which Adam goes to the worst point",
      {{"start", "0"},
       {"facts", "convex, L = wall; x* = -1 - (C-2)/(3 wall)"},
       {"usage",
        "adam:batch_size=1,sampling=sequential,beta1=0,beta2=0.1,bias_correction=false,schedule=robbins_monro,"
        "decay=0.51,learning_rate=0.5"},
       {"source", "Reddi, Kale & Kumar 2018, theorem 1"}});
}

}  // namespace optbed
