#include "problems/convex/newton_minimiser.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/decompositions.hpp"

namespace optbed {

namespace {

// x with H x = g, where H is positive definite beyond doubt: a Cholesky factorisation of a singular matrix may
// pass by its rounding errors, and makes an x of the size of their inverse.
std::optional<Vector> solution_of(const Matrix& H, const Vector& g) {
  std::optional<Vector> x = solve_positive_definite(H, g);
  return x && H.norm() * x->norm() <= 1e12 * g.norm() ? x : std::nullopt;
}

}  // namespace

bool is_worth_computing(Index variables, Index samples) {
  const auto n = static_cast<double>(variables);
  const auto m = static_cast<double>(samples);
  return n * n * std::max(n, m) <= 1e9;
}

std::optional<Vector> newton_minimiser(const Problem& f, const Vector& x_0) {
  const Index n = f.dimension();
  Vector x = x_0;
  Vector g(n), trial_g(n), step(n), trial(n);
  Matrix H(n, n);
  double f_x = f.gradient(x, g);
  bool is_definite = false;
  for (int iteration = 0; iteration < 200; ++iteration) {
    f.hessian(x, H);
    std::optional<Vector> solution = solution_of(H, g);
    is_definite = solution.has_value();
    if (!is_definite) {
      H.diagonal().array() += g.norm();
      solution = solution_of(H, g);
      if (!solution) return std::nullopt;
    }
    step = -*solution;
    const double slope = g.dot(step);
    const bool decrease_is_visible = -slope > 1e-10 * (1 + std::abs(f_x));
    double t = 1;
    if (decrease_is_visible) {
      // Outside of its domain f is infinite or NaN.
      while (t > 1e-10 && !(f.value(x + t * step) <= f_x + 1e-4 * t * slope)) t /= 2;
      // The length of a step on a flat piece means nothing.
      while (!is_definite && f.value(x + 2 * t * step) < f.value(x + t * step)) t *= 2;
    }
    trial = x + t * step;
    const double f_trial = f.gradient(trial, trial_g);
    if (!decrease_is_visible && !(trial_g.norm() < g.norm())) break;
    x.swap(trial);
    g.swap(trial_g);
    f_x = f_trial;
  }
  const double rounding = 1e-13 * (1 + H.norm() * x.norm());
  // Where f falls to a limit at infinity the gradient vanishes too, but the steps do not.
  const bool has_arrived = step.norm() <= 1e-6 * (1 + x.norm());
  return is_definite && has_arrived && g.norm() <= rounding ? std::optional(x) : std::nullopt;
}

void add_newton_minimum(Facts& facts, const Problem& f, const Vector& x_0) {
  std::optional<Vector> minimiser = newton_minimiser(f, x_0);
  if (!minimiser) return;
  facts.minimum = {f.value(*minimiser), newton_source};
  if (const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&f)) {
    facts.sample_variance = {sample_variance(*finite_sum, *minimiser), "computed: over the samples at x*"};
  }
  facts.minimisers.push_back({std::move(*minimiser), newton_source});
}

}  // namespace optbed
