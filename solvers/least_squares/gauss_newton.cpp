#include "solvers/least_squares/gauss_newton.hpp"

#include <cmath>
#include <limits>

#include "solvers/line_search/armijo.hpp"

namespace optbed {

OptionTable<GaussNewtonOptions> GaussNewton::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("line_search", &O::line_search,
              {{"none", GaussNewtonLineSearch::none}, {"armijo", GaussNewtonLineSearch::armijo}},
              "whole steps, or backtracking from 1")
      .choice("linear_solver", &O::linear_solver, damped_solver_choices(),
              "of the least-squares problem; svd takes the shortest d where J is rank-deficient")
      .choice("jacobian", &O::jacobian, jacobian_choices(),
              "the problem's own, or differences of residuals with steps eps^(1/2) or eps^(1/3) times "
              "max(|x_j|, 1)")
      .integer(
          "gradient_factor", &O::gradient_factor, between(1, 2),
          "c of J'J d = -c J'r; 2 is what J'J beside the gradient 2 J'r of |r|^2 amounts to: x is mirrored at "
          "the minimiser of the model");
  return table;
}

SolverEntry GaussNewton::entry() {
  return registry_entry<Solver, GaussNewton>(
      "gauss_newton", "x + d, where d solves the linearised least-squares problem |J d + r|",
      {{"needs",
        "residuals, and their Jacobian unless jacobian = forward or central, of full column rank unless "
        "linear_solver = svd"},
       {"cost",
        "1 residual and 1 Jacobian evaluation (n or 2n residual evaluations by differences) and a "
        "factorisation an iteration"},
       {"rate", "linear with factor rho((J'J)^-1 sum r_i H(r_i)); quadratic where the residuals vanish"},
       {"source", "Nocedal & Wright 2006, section 10.3"}});
}

GaussNewton::GaussNewton(const Options& options)
    : options_(options),
      jacobian_(options.jacobian),
      system_(make_damped_least_squares(options.linear_solver)) {}

std::optional<StopReason> GaussNewton::start(Oracle& f, const Vector& x0) {
  current_.allocate_for(f);
  trial_.allocate_for(f);
  jacobian_.start(f);
  system_->start(f.residual_count(), x0.size());
  D_.setOnes(x0.size());
  right_side_.setZero(f.residual_count());
  d_.setZero(x0.size());
  current_.point.x = x0;
  if (!current_.evaluate_residuals(f) || !jacobian_.evaluate(f, current_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo GaussNewton::step(Oracle& f) {
  system_->factorise(current_.J, D_);
  if (!system_->damp(0)) return stopped(StopReason::linear_solve_failed);
  right_side_ = -static_cast<double>(options_.gradient_factor) * current_.r;
  system_->solve(right_side_, d_);

  const auto value_at = [&](double alpha) {
    trial_.point.x = current_.point.x + alpha * d_;
    return trial_.evaluate_residuals(f) ? trial_.point.value : std::numeric_limits<double>::infinity();
  };
  double alpha = 1;
  if (options_.line_search == GaussNewtonLineSearch::none) {
    if (!std::isfinite(value_at(alpha))) return stopped(StopReason::non_finite);
  } else if (current_.point.gradient_norm > 0) {
    const double slope = current_.point.gradient.dot(d_);
    if (!(slope < 0)) return stopped(StopReason::not_descent);
    alpha = backtrack(alpha, [&](double trial) {
      return value_at(trial) <= current_.point.value + armijo_decrease * trial * slope;
    });
    if (alpha == 0) return stopped(StopReason::line_search_failed);
  } else {
    return moved(0);
  }
  if (!jacobian_.evaluate(f, trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  return moved((current_.point.x - trial_.point.x).norm());
}

}  // namespace optbed
