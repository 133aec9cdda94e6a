#include "solvers/linear_systems/conjugate_gradient.hpp"

#include <cmath>

#include "solvers/first_order/blocks.hpp"
#include "solvers/linear_systems/underflow.hpp"

namespace optbed {

SolverEntry ConjugateGradient::entry() {
  return registry_entry<Solver, ConjugateGradient>(
      "cg", "conjugate gradients",
      {{"needs", "a linear system with a symmetric positive definite A"},
       {"cost", "1 product with A an iteration"},
       {"rate",
        "A-norm of the error: 1/T_k((kappa+1)/(kappa-1)) <= 2 q^k, q = (sqrt(kappa)-1)/(sqrt(kappa)+1); ends "
        "after as many iterations as A has distinct eigenvalues"},
       {"source", "Hestenes & Stiefel 1952; Saad 2003, algorithm 6.18"}});
}

std::optional<StopReason> ConjugateGradient::prepare(Oracle& /*f*/) {
  p_ = r_;
  Ap_.setZero(r_.size());
  rr_ = r_.squaredNorm();
  pp_ = rr_;
  return std::nullopt;
}

StepInfo ConjugateGradient::step(Oracle& f) {
  if (rr_ < underflowing_square) return moved(0);
  f.multiply(p_, Ap_);
  const double pAp = p_.dot(Ap_);
  if (!std::isfinite(pAp)) return stopped(StopReason::non_finite);
  if (pAp <= 0) return stopped(StopReason::linear_solve_failed);
  const double alpha = rr_ / pAp;
  const Index n = r_.size();

  Vector& r_next = Ap_;
  const double rr_next = sum_over_blocks(n, [&](Index first, Index size) {
    r_next.segment(first, size) = r_.segment(first, size) - alpha * Ap_.segment(first, size);
    return r_next.segment(first, size).squaredNorm();
  });
  const double length = alpha * std::sqrt(pp_);
  if (!std::isfinite(rr_next) || !std::isfinite(length)) return stopped(StopReason::non_finite);
  r_.swap(r_next);

  const double beta = rr_next / rr_;
  pp_ = sum_over_blocks(n, [&](Index first, Index size) {
    current_.x.segment(first, size) += alpha * p_.segment(first, size);
    p_.segment(first, size) = r_.segment(first, size) + beta * p_.segment(first, size);
    return p_.segment(first, size).squaredNorm();
  });
  rr_ = rr_next;
  residual_norm_ = std::sqrt(rr_);
  return moved(length);
}

}  // namespace optbed
