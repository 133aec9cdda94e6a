#include "solvers/linear_systems/preconditioned_conjugate_gradient.hpp"

#include <cmath>

#include "solvers/first_order/blocks.hpp"
#include "solvers/linear_systems/underflow.hpp"

namespace optbed {
namespace {

std::string broken_rule(const PreconditionedConjugateGradientOptions& options,
                        const std::set<std::string>& given) {
  if (given.count("omega") && options.preconditioner != PreconditionerKind::ssor) {
    return "'omega' needs preconditioner=ssor";
  }
  return {};
}

}  // namespace

OptionTable<PreconditionedConjugateGradientOptions> PreconditionedConjugateGradient::option_table() {
  using O = Options;
  return OptionTable<O>()
      .choice("preconditioner", &O::preconditioner,
              {{"jacobi", PreconditionerKind::jacobi},
               {"incomplete_cholesky", PreconditionerKind::incomplete_cholesky},
               {"ssor", PreconditionerKind::ssor}},
              "M: the diagonal of A; its Cholesky factorisation without fill-in; a symmetric sweep")
      .real("omega", &O::omega, open(0, 2), "relaxation of preconditioner=ssor")
      .rule(broken_rule);
}

SolverEntry PreconditionedConjugateGradient::entry() {
  return registry_entry<Solver, PreconditionedConjugateGradient>(
      "pcg", "conjugate gradients, preconditioned",
      {{"needs", "a linear system with a symmetric positive definite A"},
       {"cost",
        "1 product with A an iteration, ssor: 2, and the triangular solves of incomplete_cholesky; at the "
        "start 1 Hessian"},
       {"rate", "that of cg with the condition number of M^-1 A"},
       {"source", "Meijerink & van der Vorst 1977; Saad 2003, algorithm 9.1 and sections 10.2 and 10.3"}});
}

PreconditionedConjugateGradient::PreconditionedConjugateGradient(const Options& options)
    : options_(options), M_(make_preconditioner(options.preconditioner, options.omega)) {}

std::string PreconditionedConjugateGradient::lacking(const LinearSystem& system, const Facts& /*facts*/) const {
  const std::string symmetry = lacking_symmetry(system);
  return symmetry.empty() ? lacking_positive_diagonal(system) : symmetry;
}

std::optional<StopReason> PreconditionedConjugateGradient::prepare(Oracle& f) {
  if (!M_->prepare(f.matrix())) return StopReason::linear_solve_failed;
  const Index n = r_.size();
  z_.setZero(n);
  Ap_.setZero(n);
  r_next_.setZero(n);
  M_->apply(f, r_, z_);
  p_ = z_;
  rz_ = r_.dot(z_);
  pp_ = p_.squaredNorm();
  if (!std::isfinite(rz_)) return StopReason::non_finite;
  return std::nullopt;
}

StepInfo PreconditionedConjugateGradient::step(Oracle& f) {
  if (residual_norm_ * residual_norm_ < underflowing_square) return moved(0);
  f.multiply(p_, Ap_);
  const double pAp = p_.dot(Ap_);
  if (!std::isfinite(pAp)) return stopped(StopReason::non_finite);
  if (pAp <= 0 || rz_ <= 0) return stopped(StopReason::linear_solve_failed);
  const double alpha = rz_ / pAp;
  const double length = alpha * std::sqrt(pp_);
  r_next_ = r_ - alpha * Ap_;
  Vector& z_next = trial_;
  M_->apply(f, r_next_, z_next);
  const double rz_next = r_next_.dot(z_next);
  if (!std::isfinite(rz_next) || !std::isfinite(length)) return stopped(StopReason::non_finite);

  r_.swap(r_next_);
  z_.swap(z_next);
  const double beta = rz_next / rz_;
  pp_ = sum_over_blocks(r_.size(), [&](Index first, Index size) {
    current_.x.segment(first, size) += alpha * p_.segment(first, size);
    p_.segment(first, size) = z_.segment(first, size) + beta * p_.segment(first, size);
    return p_.segment(first, size).squaredNorm();
  });
  rz_ = rz_next;
  residual_norm_ = r_.norm();
  return moved(length);
}

}  // namespace optbed
