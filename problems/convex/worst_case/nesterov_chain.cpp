#include "problems/convex/worst_case/nesterov_chain.hpp"

#include <cmath>
#include <numbers>

namespace optbed {

NesterovChain::NesterovChain(const Options& options)
    : n_(options.n),
      L_(options.lipschitz),
      h_(1 / static_cast<double>(n_ + 1)),
      minimum_(-L_ / 8 * static_cast<double>(n_) * h_) {
  const std::string source = "Nesterov 2004, section 2.1.2";
  const std::string spectrum = "eigenvalues L sin^2(i pi/(2(n+1))) of (L/4) tridiag(-1, 2, -1)";
  const double angle = std::numbers::pi / 2 * h_;
  facts_.minimum = {minimum_, "(L/8)(1/(n+1) - 1): " + source};
  facts_.minimisers.push_back(
      {Vector::LinSpaced(n_, static_cast<double>(n_) * h_, h_), "1 - i/(n+1): " + source});
  facts_.strong_convexity = {L_ * std::pow(std::sin(angle), 2), "least of the " + spectrum};
  facts_.lipschitz = {L_ * std::pow(std::cos(angle), 2), "greatest of the " + spectrum};
  facts_.convexity = {Convexity::strongly_convex, "the " + spectrum + " are positive"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.distinct_eigenvalues = {n_, "the " + spectrum + " are distinct"};
  facts_.bounded_below = {true, "strongly convex"};
}

double NesterovChain::value(const Vector& x) const {
  double sum = std::pow(1 - x[0] - h_, 2) + std::pow(x[n_ - 1] - h_, 2);
  for (Index i = 0; i + 1 < n_; ++i) {
    const double excess = x[i] - x[i + 1] - h_;
    sum += excess * excess;
  }
  return minimum_ + L_ / 8 * sum;
}

double NesterovChain::gradient(const Vector& x, Vector& g) const {
  double sum = std::pow(1 - x[0] - h_, 2) + std::pow(x[n_ - 1] - h_, 2);
  double before = 1 - x[0];  // d_{i-1}
  for (Index i = 0; i + 1 < n_; ++i) {
    const double d = x[i] - x[i + 1];
    sum += (d - h_) * (d - h_);
    g[i] = L_ / 4 * (d - before);
    before = d;
  }
  g[n_ - 1] = L_ / 4 * (x[n_ - 1] - before);
  return minimum_ + L_ / 8 * sum;
}

void NesterovChain::hessian(const Vector& /*x*/, Matrix& H) const {
  H.setZero();
  H.diagonal().setConstant(L_ / 2);
  H.diagonal(1).setConstant(-L_ / 4);
  H.diagonal(-1).setConstant(-L_ / 4);
}

void NesterovChain::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  double before = -v[0];
  for (Index i = 0; i + 1 < n_; ++i) {
    const double d = v[i] - v[i + 1];
    Hv[i] = L_ / 4 * (d - before);
    before = d;
  }
  Hv[n_ - 1] = L_ / 4 * (v[n_ - 1] - before);
}

OptionTable<NesterovChainOptions> NesterovChain::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension; the lower bound for k iterations needs n = 2k + 1")
      .real("lipschitz", &Options::lipschitz, positive(),
            "L, which the largest eigenvalue tends to as n grows");
}

ProblemEntry nesterov_chain_entry() {
  return registry_entry<Problem, NesterovChain>(
      "nesterov_chain", "the tridiagonal quadratic that is slow for every first-order method",
      {{"start", "0"},
       {"facts", "eigenvalues L sin^2(i pi/(2(n+1))); x*_i = 1 - i/(n+1); f* = (L/8)(1/(n+1) - 1)"},
       {"source", "Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.1.2"}});
}

}  // namespace optbed
