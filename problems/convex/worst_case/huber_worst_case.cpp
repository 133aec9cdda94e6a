#include "problems/convex/worst_case/huber_worst_case.hpp"

#include <cmath>

namespace optbed {
namespace {

// theta_k of the optimized gradient method for a horizon of k >= 1 iterations (Kim & Fessler 2016, eq. 6.13).
double last_theta(long k) {
  double theta = 1;
  for (long i = 1; i < k; ++i) theta = (1 + std::sqrt(1 + 4 * theta * theta)) / 2;
  return (1 + std::sqrt(1 + 8 * theta * theta)) / 2;
}

double threshold_of(const HuberWorstCaseOptions& options) {
  if (options.method == WorstCaseMethod::gradient_descent) {
    return options.radius / static_cast<double>(2 * options.horizon + 1);
  }
  const double theta = last_theta(options.horizon);
  return options.radius / (theta * theta);
}

}  // namespace

HuberWorstCase::HuberWorstCase(const Options& options)
    : n_(options.n), L_(options.lipschitz), radius_(options.radius), tau_(threshold_of(options)) {
  facts_.minimum = {0, "f >= 0 with equality at 0 only"};
  facts_.minimisers.push_back({Vector::Zero(n_), "f >= 0 with equality at 0 only"});
  facts_.lipschitz = {L_, "the Hessian is L I for |x| < tau, and its eigenvalues are at most L tau/|x| beyond"};
  facts_.convexity = {Convexity::convex, "a convex increasing function of |x|; linear along rays beyond tau"};
  facts_.function_class = {FunctionClass::smooth,
                           "the gradient is the projection of L x on the ball of radius L tau"};
  facts_.bounded_below = {true, "f >= 0"};
}

double HuberWorstCase::value(const Vector& x) const {
  const double norm = x.norm();
  return norm <= tau_ ? 0.5 * L_ * norm * norm : L_ * tau_ * (norm - 0.5 * tau_);
}

double HuberWorstCase::gradient(const Vector& x, Vector& g) const {
  const double norm = x.norm();
  if (norm <= tau_) {
    g = L_ * x;
    return 0.5 * L_ * norm * norm;
  }
  g = (L_ * tau_ / norm) * x;
  return L_ * tau_ * (norm - 0.5 * tau_);
}

void HuberWorstCase::hessian(const Vector& x, Matrix& H) const {
  const double norm = x.norm();
  const double across = norm <= tau_ ? L_ : L_ * tau_ / norm;
  H.setZero();
  H.diagonal().setConstant(across);
  if (norm <= tau_) return;
  for (Index j = 0; j < n_; ++j) {
    for (Index i = 0; i < n_; ++i) H(i, j) -= across * ((x[i] / norm) * (x[j] / norm));
  }
}

void HuberWorstCase::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  const double norm = x.norm();
  if (norm <= tau_) {
    Hv = L_ * v;
    return;
  }
  const double along = (x / norm).dot(v);
  Hv = (L_ * tau_ / norm) * (v - along * (x / norm));
}

OptionTable<HuberWorstCaseOptions> HuberWorstCase::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(1), "dimension")
      .integer("horizon", &Options::horizon, between(1, 1e8),
               "iterations k after which the method is at its worst")
      .real("lipschitz", &Options::lipschitz, positive(), "L")
      .real("radius", &Options::radius, positive(), "R, the distance of the start from the minimiser")
      .choice("method", &Options::method,
              {{"gradient_descent", WorstCaseMethod::gradient_descent},
               {"optimized_gradient", WorstCaseMethod::optimized_gradient}},
              "whose worst case: tau = R/(2k+1), or R/theta_k^2");
}

ProblemEntry huber_worst_case_entry() {
  return registry_entry<Problem, HuberWorstCase>(
      "huber_worst_case", "the convex L-smooth function on which a method does the worst in k iterations",
      {{"start", "(R, 0, …, 0)"},
       {"facts", "convex, L-smooth, not strongly convex; minimum 0 at 0"},
       {"source", "Drori & Teboulle 2014, theorem 3.1; Kim & Fessler 2016; Taylor, Hendrickx & Glineur 2017"}});
}

}  // namespace optbed
