#include "solvers/quasi_newton/bfgs.hpp"

namespace optbed {
namespace {

// y = H x, for the symmetric H whose lower triangle is given: one pass over that triangle.
void multiply([[maybe_unused]] const Matrix& H, [[maybe_unused]] const Vector& x, [[maybe_unused]] Vector& y) {
#ifndef __clang_analyzer__  // it sees a leak in Eigen where a buffer is freed if and only if it was allocated
  y.noalias() = H.selfadjointView<Eigen::Lower>() * x;
#endif
}

}  // namespace

OptionTable<QuasiNewtonOptions> Bfgs::option_table() {
  OptionTable<Options> table;
  return add_quasi_newton_options(table);
}

SolverEntry Bfgs::entry() {
  return registry_entry<Solver, Bfgs>(
      "bfgs", "quasi-Newton with a dense approximation of the inverse Hessian",
      {{"needs", "gradient; line_search=exact on a quadratic: Hessian-vector product where there is one"},
       {"cost", "a line search and 6 n^2 flops an iteration; n x n memory"},
       {"rate", "superlinear near a minimiser with a positive definite Hessian"},
       {"source", "Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal & Wright 2006, algorithm 6.1"}});
}

Matrix Bfgs::inverse_hessian() const { return H_.selfadjointView<Eigen::Lower>(); }

void Bfgs::reset(Index n) {
  H_.setIdentity(n, n);
  Hy_.setZero(n);
  w_.setZero(n);
  is_identity_ = true;
}

void Bfgs::direction(const Vector& g, Vector& d) {
  multiply(H_, g, d);
  d = -d;
}

// (6.17), multiplied out: H + s w' + w s' with w = (rho/2)(1 + rho y'Hy) s - rho Hy.
void Bfgs::update(const Vector& s, const Vector& y) {
  const double sy = s.dot(y);
  if (is_identity_ && options().initial_scaling) H_.diagonal().setConstant(sy / y.squaredNorm());  // (6.20)
  is_identity_ = false;

  const double rho = 1 / sy;
  multiply(H_, y, Hy_);
  w_ = (rho / 2) * (1 + rho * y.dot(Hy_)) * s - rho * Hy_;
  const Index n = s.size();
  for (Index j = 0; j < n; ++j) {
    H_.col(j).tail(n - j) += w_[j] * s.tail(n - j) + s[j] * w_.tail(n - j);
  }
}

}  // namespace optbed
