#include "problems/convex/smooth/boyd_9_20.hpp"

#include <cmath>
#include <numbers>

namespace optbed {
namespace {

struct Terms {
  double up;    // exp(x_1 + 3 x_2 - 0.1)
  double down;  // exp(x_1 - 3 x_2 - 0.1)
  double left;  // exp(-x_1 - 0.1)
};

Terms terms_at(const Vector& x) {
  return {std::exp(x[0] + 3 * x[1] - 0.1), std::exp(x[0] - 3 * x[1] - 0.1), std::exp(-x[0] - 0.1)};
}

}  // namespace

Boyd920::Boyd920(const Options& /*options*/) {
  const std::string source = "df/dx_2 = 0 where x_2 = 0, and 2 exp(x_1) = exp(-x_1) there";
  facts_.minimum = {2 * std::numbers::sqrt2 * std::exp(-0.1), source};
  facts_.minimisers.push_back({Vector{{-std::numbers::ln2 / 2, 0}}, source});
  facts_.convexity = {Convexity::convex, "a sum of exponentials of affine functions"};
  facts_.function_class = {FunctionClass::locally_smooth, "the exponential function's curvature has no bound"};
  facts_.bounded_below = {true, "f > 0"};
}

double Boyd920::value(const Vector& x) const {
  const auto [up, down, left] = terms_at(x);
  return up + down + left;
}

double Boyd920::gradient(const Vector& x, Vector& g) const {
  const auto [up, down, left] = terms_at(x);
  g[0] = up + down - left;
  g[1] = 3 * (up - down);
  return up + down + left;
}

void Boyd920::hessian(const Vector& x, Matrix& H) const {
  const auto [up, down, left] = terms_at(x);
  H(0, 0) = up + down + left;
  H(1, 0) = H(0, 1) = 3 * (up - down);
  H(1, 1) = 9 * (up + down);
}

void Boyd920::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  const auto [up, down, left] = terms_at(x);
  Hv[0] = (up + down + left) * v[0] + 3 * (up - down) * v[1];
  Hv[1] = 3 * (up - down) * v[0] + 9 * (up + down) * v[1];
}

ProblemEntry boyd_9_20_entry() {
  return registry_entry<Problem, Boyd920>(
      "boyd_9_20", "f = exp(x_1 + 3 x_2 - 0.1) + exp(x_1 - 3 x_2 - 0.1) + exp(-x_1 - 0.1)",
      {{"start", "(-1, 1)"},
       {"facts", "strictly convex; f* = 2 sqrt(2) exp(-0.1) at (-log(2)/2, 0)"},
       {"source", "Boyd & Vandenberghe 2004, (9.20)"}});
}

}  // namespace optbed
