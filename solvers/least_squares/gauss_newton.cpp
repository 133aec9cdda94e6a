#include "solvers/least_squares/gauss_newton.hpp"

#include <cmath>
#include <limits>

#include "solvers/line_search/armijo.hpp"

namespace optbed {

OptionTable<GaussNewtonOptions> GaussNewton::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.choice("line_search", &O::line_search,
               {{"none", GaussNewtonLineSearch::none}, {"armijo", GaussNewtonLineSearch::armijo}},
               "whole steps, or backtracking from 1");
  return table;
}

SolverEntry GaussNewton::entry() {
  return registry_entry<Solver, GaussNewton>(
      "gauss_newton", "x + d, where d solves the linearised least-squares problem |J d + r|",
      {{"needs", "residuals and their Jacobian, of full column rank"},
       {"cost", "1 residual and 1 Jacobian evaluation and a QR factorisation an iteration"},
       {"rate", "linear with factor rho((J'J)^-1 sum r_i H(r_i)); quadratic where the residuals vanish"},
       {"source", "Nocedal & Wright 2006, section 10.3"}});
}

std::string GaussNewton::missing(const Problem& problem) const {
  return dynamic_cast<const LeastSquaresProblem*>(&problem) ? "" : "residuals";
}

std::optional<StopReason> GaussNewton::start(Oracle& f, const Vector& x0) {
  current_.allocate_for(f);
  trial_.allocate_for(f);
  least_squares_.start(f.residual_count(), x0.size());
  d_.setZero(x0.size());
  current_.point.x = x0;
  if (!current_.evaluate_residuals(f) || !current_.evaluate_jacobian(f)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo GaussNewton::step(Oracle& f) {
  least_squares_.factorise(current_.J, current_.r);
  if (!least_squares_.solve_undamped(current_.r, d_)) return stopped(StopReason::linear_solve_failed);

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
  if (!trial_.evaluate_jacobian(f)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  return moved((current_.point.x - trial_.point.x).norm());
}

}  // namespace optbed
