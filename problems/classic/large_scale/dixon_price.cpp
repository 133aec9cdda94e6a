#include "problems/classic/large_scale/dixon_price.hpp"

#include <cmath>

namespace optbed {
namespace {

Vector positive_minimiser(Index n) {
  Vector x(n);
  for (Index i = 0; i < n; ++i) x[i] = std::exp2(std::exp2(static_cast<double>(-i)) - 1);
  return x;
}

double first_term(double x_1) { return (x_1 - 1) * (x_1 - 1); }

}  // namespace

DixonPrice::DixonPrice(const Options& options) : ElementSumProblem(options.n) {
  const std::string source = "every square is zero: x_1 = 1 and 2 x_i^2 = x_{i-1}";
  facts_.minimum = {0, "a sum of squares that vanishes there"};
  Vector x = positive_minimiser(dimension());
  facts_.minimisers.push_back({x, source});
  x[x.size() - 1] *= -1;
  facts_.minimisers.push_back({std::move(x), source});
  facts_.convexity = {Convexity::nonconvex,
                      "at x_1 = 1, x_2 = … = 0 the second derivative in x_2 is -16, or -10 where n >= 3"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like 48 i x_i^2"};
  facts_.bounded_below = {true, "a sum of squares"};
}

double DixonPrice::value(const Vector& x) const { return ElementSumProblem::value(x) + first_term(x[0]); }

double DixonPrice::gradient(const Vector& x, Vector& g) const {
  const double sum = ElementSumProblem::gradient(x, g);
  g[0] += 2 * (x[0] - 1);
  return sum + first_term(x[0]);
}

void DixonPrice::hessian(const Vector& x, Matrix& H) const {
  ElementSumProblem::hessian(x, H);
  H(0, 0) += 2;
}

void DixonPrice::sparse_hessian(const Vector& x, SparseRows& H) const {
  ElementSumProblem::sparse_hessian(x, H);
  H.valuePtr()[0] += 2;
}

void DixonPrice::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  ElementSumProblem::hessian_vector(x, v, Hv);
  Hv[0] += 2 * v[0];
}

OptionTable<DixonPriceOptions> DixonPrice::option_table() {
  return OptionTable<Options>().integer("n", &Options::n, at_least(2), "dimension");
}

ProblemEntry dixon_price_entry() {
  return registry_entry<Problem, DixonPrice>(
      "dixon_price", "a chain of parabolas with growing weights, (x_1 - 1)^2 + sum i (2 x_i^2 - x_{i-1})^2",
      {{"start", "(1, …, 1); the sources have none"},
       {"facts", "nonconvex; minimum 0 at two points, which differ in the sign of x_n"},
       {"domain", "[-10, 10]^n"},
       {"cost", "one pass over x for value, gradient and Hessian-vector product; the Hessian is sparse"},
       {"source", "Dixon & Price 1989; Jamil & Yang 2013, no. 48"}});
}

}  // namespace optbed
