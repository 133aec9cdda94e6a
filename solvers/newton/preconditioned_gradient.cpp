#include "solvers/newton/preconditioned_gradient.hpp"

namespace optbed {

OptionTable<PreconditionedGradientOptions> PreconditionedGradient::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("learning_rate", &O::learning_rate, positive(), "step size eta: x - eta A^-1 g")
      .choice("preconditioner", &O::preconditioner,
              {{"hessian", ScalingMatrix::hessian}, {"diagonal", ScalingMatrix::diagonal}},
              "A: the Hessian at the start, or its diagonal");
  return table;
}

SolverEntry PreconditionedGradient::entry() {
  return registry_entry<Solver, PreconditionedGradient>(
      "preconditioned_gradient",
      "x - eta A^-1 g with the Hessian at the start as A: descent in whitened coordinates",
      {{"needs", "gradient, and at the start a Hessian with a positive definite A"},
       {"cost", "1 gradient and 2 n^2 flops an iteration; once 1 Hessian and n^3/3 flops"},
       {"rate", "|1 - eta| an iteration on a quadratic; eta = 1 is optimal, eta < 2 stable"},
       {"source", "LeCun, Bottou, Orr & Müller 1998, section 5.3; Kelley 1995, section 5.4.1"}});
}

std::string PreconditionedGradient::missing(const Problem& problem) const {
  return problem.has_hessian() ? "" : "a Hessian";
}

std::optional<StopReason> PreconditionedGradient::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  d_.setZero(n);
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  H_.setZero(n, n);
  f.hessian(x0, H_);
  if (!H_.allFinite()) return StopReason::non_finite;
  if (options_.preconditioner == ScalingMatrix::diagonal) {
    diagonal_ = H_.diagonal();
    if (!(diagonal_.minCoeff() > 0)) return StopReason::linear_solve_failed;
  } else {
    cholesky_.compute(H_);
    if (cholesky_.info() != Eigen::Success) return StopReason::linear_solve_failed;
  }
  return std::nullopt;
}

StepInfo PreconditionedGradient::step(Oracle& f) {
  d_ = current_.gradient;
  if (options_.preconditioner == ScalingMatrix::diagonal) {
    d_.array() /= diagonal_.array();
  } else {
    cholesky_.solveInPlace(d_);
  }
  trial_.x = current_.x - options_.learning_rate * d_;
  if (!f.evaluate(trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  return moved((current_.x - trial_.x).norm());
}

}  // namespace optbed
