#include "solvers/constrained/lagrange.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/rounding.hpp"

namespace optbed {

void ConstrainedPoint::resize(Index n, Index p) {
  point.resize(n);
  c.setZero(p);
  A.setZero(p, n);
}

bool ConstrainedPoint::evaluate_constraints(Oracle& f) {
  f.constraints(point.x, c);
  return c.allFinite();
}

bool ConstrainedPoint::evaluate_derivatives(Oracle& f) {
  const bool finite = f.evaluate(point);
  f.constraint_jacobian(point.x, A);
  return finite && A.allFinite();
}

void swap(ConstrainedPoint& a, ConstrainedPoint& b) noexcept {
  swap(a.point, b.point);
  a.c.swap(b.c);
  a.A.swap(b.A);
}

OptionTable<LagrangeOptions> Lagrange::option_table() {
  OptionTable<Options> table;
  table.choice("safeguard", &Options::safeguard,
               {{"line_search", LagrangeSafeguard::line_search}, {"none", LagrangeSafeguard::none}},
               "a line search on f + mu |c|_1 with a second-order correction, or whole steps");
  return table;
}

SolverEntry Lagrange::entry() {
  return registry_entry<Solver, Lagrange>(
      "lagrange", "Newton's method on Lagrange's conditions: sequential quadratic programming",
      {{"needs", "equality constraints and the Hessian of the Lagrangian"},
       {"cost",
        "1 gradient, 1 Hessian, constraints (1 residual) and their Jacobian; 1 value and 1 residual a trial"},
       {"rate", "quadratic near a regular minimiser; one step where f is quadratic and c linear"},
       {"source", "Nocedal & Wright 2006, sections 16.2 and 18.1, algorithm 18.3"}});
}

std::string Lagrange::missing(const Problem& problem) const {
  return dynamic_cast<const EqualityConstrainedProblem*>(&problem) ? "" : "equality constraints";
}

void Lagrange::properties(std::span<double> values) const {
  values[0] = mu_;
  values[1] = kkt_.shift();
  values[2] = corrected_ ? 1 : 0;
}

std::optional<StopReason> Lagrange::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  const Index p = f.constraint_count();
  current_.resize(n, p);
  trial_.resize(n, p);
  H_.setZero(n, n);
  lambda_.setZero(p);
  lambda_full_.setZero(p);
  p_.setZero(n);
  correction_.setZero(n);
  kkt_.start(n, p);
  mu_ = 0;
  corrected_ = false;
  current_.point.x = x0;
  if (!current_.evaluate_constraints(f) || !current_.evaluate_derivatives(f)) return StopReason::non_finite;
  // Where the constraints' gradients are dependent, the first step says so.
  if (kkt_.factorise_constraints(current_.A)) {
    kkt_.least_squares_multipliers(current_.point.gradient, lambda_);
  }
  return std::nullopt;
}

StepInfo Lagrange::step(Oracle& f) {
  if (!kkt_.factorise_constraints(current_.A)) return stopped(StopReason::linear_solve_failed);
  f.lagrangian_hessian(current_.point.x, lambda_, H_);
  if (!H_.allFinite()) return stopped(StopReason::non_finite);
  if (!kkt_.solve(H_, current_.point.gradient, current_.c, p_, lambda_full_)) {
    return stopped(StopReason::linear_solve_failed);
  }
  if (options_.safeguard == LagrangeSafeguard::line_search) return searched_step(f);
  corrected_ = false;
  trial_.point.x = current_.point.x + p_;
  if (!trial_.evaluate_constraints(f)) return stopped(StopReason::non_finite);
  return commit(f, 1);
}

// mu of (18.36), at least that of the last step and the largest multiplier, below which phi is not exact.
Lagrange::Merit Lagrange::merit_along_step() {
  constexpr double rho = 0.1;
  const double slope_of_f = current_.point.gradient.dot(p_);
  const double outside = current_.c.lpNorm<1>();
  correction_.noalias() = H_ * p_;
  const double curvature = std::max(p_.dot(correction_), 0.0);
  double mu = std::max(mu_, infinity_norm(lambda_full_));
  if (outside > 0) mu = std::max(mu, (slope_of_f + curvature / 2) / ((1 - rho) * outside));
  return {.mu = mu, .value = current_.point.value + mu * outside, .slope = slope_of_f - mu * outside};
}

StepInfo Lagrange::searched_step(Oracle& f) {
  constexpr int max_halvings = 60;
  const Merit phi = merit_along_step();
  for (int i = 0; i < max_halvings; ++i) {
    const double alpha = std::ldexp(1.0, -i);
    trial_.point.x = current_.point.x + alpha * p_;
    const bool straight = falls_enough(f, phi, alpha);
    const bool corrected = !straight && i == 0 && corrected_step_is_acceptable(f, phi);
    if (!straight && !corrected) continue;
    const StepInfo info = commit(f, alpha);
    // A point without derivatives is a step too long.
    if (info.stop) continue;
    mu_ = phi.mu;
    corrected_ = corrected;
    return info;
  }
  return stopped(StopReason::line_search_failed);
}

// phi(x + alpha p) <= phi(x) + 1e-4 alpha D phi(x; p), or both changes are rounding. Leaves c in the trial.
bool Lagrange::falls_enough(Oracle& f, const Merit& phi, double alpha) {
  constexpr double sufficient = 1e-4;  // eta of algorithm 18.3
  const double value = f.value(trial_.point.x);
  if (!trial_.evaluate_constraints(f)) return false;
  const double change = value + phi.mu * trial_.c.lpNorm<1>() - phi.value;
  const double linear = alpha * phi.slope;
  const double rounding = rounding_of_value(phi.value, trial_.point.x.size());
  return change <= sufficient * linear || is_within_rounding(change, linear, rounding);
}

// The trial is x + p, with c there.
bool Lagrange::corrected_step_is_acceptable(Oracle& f, const Merit& phi) {
  if (!trial_.c.allFinite()) return false;
  kkt_.least_norm_correction(trial_.c, correction_);
  trial_.point.x += correction_;
  return falls_enough(f, phi, 1);
}

// Takes the trial with lambda + alpha (lambda of the whole step - lambda).
StepInfo Lagrange::commit(Oracle& f, double alpha) {
  if (!trial_.evaluate_derivatives(f)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  lambda_ += alpha * (lambda_full_ - lambda_);
  return moved((current_.point.x - trial_.point.x).norm());
}

}  // namespace optbed
