#include "problems/convex/worst_case/strongly_convex_chain.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "problems/quadratic/matrix_quadratic.hpp"

namespace optbed {
namespace {

// The angle in (lower, upper) at which `f` passes from positive to negative, by bisection to the last bit.
template <class F>
double sign_change(double lower, double upper, F f) {
  while (true) {
    const double middle = lower + (upper - lower) / 2;
    if (!(lower < middle && middle < upper)) return middle;
    (f(middle) > 0 ? lower : upper) = middle;
  }
}

// Least and greatest eigenvalue of T, over 4.
std::pair<double, double> extreme_eigenvalues(double n, double q) {
  using std::numbers::pi;
  const double theta = sign_change(pi / (2 * n + 1), pi / (n + 1),
                                   [=](double t) { return std::sin((n + 1) * t) - q * std::sin(n * t); });
  const double from_pi = sign_change(pi / (n + 1), 2 * pi / (2 * n + 1),
                                     [=](double t) { return std::sin((n + 1) * t) + q * std::sin(n * t); });
  return {std::pow(std::sin(theta / 2), 2), std::pow(std::cos(from_pi / 2), 2)};
}

SparseRows tridiagonal(Index n, double diagonal, double beside, double last) {
  SparseRows A(n, n);
  A.reserve(Eigen::VectorXi::Constant(n, 3));
  for (Index i = 0; i < n; ++i) {
    if (i > 0) A.insert(i, i - 1) = beside;
    A.insert(i, i) = i + 1 < n ? diagonal : last;
    if (i + 1 < n) A.insert(i, i + 1) = beside;
  }
  A.makeCompressed();
  return A;
}

}  // namespace

OptionTable<StronglyConvexChainOptions> strongly_convex_chain_option_table() {
  using O = StronglyConvexChainOptions;
  return OptionTable<O>()
      .integer("n", &O::n, at_least(1), "dimension; k gradients from 0 reach k components")
      .real("kappa", &O::kappa, greater_than(1), "condition number of the infinite chain")
      .real("lipschitz", &O::lipschitz, positive(), "L of the infinite chain; its mu is L/kappa");
}

std::unique_ptr<Problem> make_strongly_convex_chain(const StronglyConvexChainOptions& options) {
  const double L = options.lipschitz;
  const double mu = L / options.kappa;
  const double root = std::sqrt(options.kappa);
  const double q = (root - 1) / (root + 1);
  const double quarter = (L - mu) / 4;
  Vector minimiser(options.n);
  double power = 1;
  for (double& x : minimiser) x = power *= q;

  const auto [least, greatest] = extreme_eigenvalues(static_cast<double>(options.n), q);
  const std::string spectrum =
      "eigenvalue mu + (L - mu) sin^2(theta/2), sin((n+1) theta) = q sin(n theta), of the matrix";
  const std::string source = "q^i, as in the infinite chain: Nesterov 2004, section 2.1.4";
  Facts facts;
  facts.minimum = {0, "f is written about its minimiser"};
  facts.minimisers.push_back({minimiser, source});
  facts.strong_convexity = {mu + (L - mu) * least, "least " + spectrum};
  facts.lipschitz = {mu + (L - mu) * greatest, "greatest " + spectrum};
  facts.convexity = {Convexity::strongly_convex, "the eigenvalues are at least mu"};
  facts.function_class = {FunctionClass::quadratic, "by its formula"};
  facts.distinct_eigenvalues = {options.n, "a tridiagonal matrix without zeros beside the diagonal"};
  facts.bounded_below = {true, "strongly convex"};
  return MatrixQuadratic::centred(tridiagonal(options.n, mu + 2 * quarter, -quarter, mu + (2 - q) * quarter),
                                  std::move(minimiser), Vector::Zero(options.n), std::move(facts));
}

ProblemEntry strongly_convex_chain_entry() {
  return {"strongly_convex_chain",
          "the strongly convex tridiagonal quadratic that is slow for every first-order method",
          {{"start", "0"},
           {"facts", "x*_i = q^i, q = (sqrt(kappa)-1)/(sqrt(kappa)+1); mu and L are the extreme eigenvalues"},
           {"bound", "|x_k - x*|^2 >= sum over i > k of q^(2i), whatever the first-order method"},
           {"source", "Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.1.4"}},
          strongly_convex_chain_option_table().descriptions(),
          [](const KeyValues& values) {
            return make_strongly_convex_chain(
                strongly_convex_chain_option_table().parse("strongly_convex_chain", values));
          }};
}

}  // namespace optbed
