#include "solvers/quasi_newton/bfgs.hpp"

namespace optbed {

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
  d.noalias() = H_.selfadjointView<Eigen::Lower>() * g;
  d = -d;
}

// (6.17), multiplied out: H + s w' + w s' with w = (rho/2)(1 + rho y'Hy) s - rho Hy.
void Bfgs::update(const Vector& s, const Vector& y) {
  const double sy = s.dot(y);
  if (is_identity_ && options().initial_scaling) H_.diagonal().setConstant(sy / y.squaredNorm());  // (6.20)
  is_identity_ = false;

  const double rho = 1 / sy;
  Hy_.noalias() = H_.selfadjointView<Eigen::Lower>() * y;
  w_ = (rho / 2) * (1 + rho * y.dot(Hy_)) * s - rho * Hy_;
  const Index n = s.size();
  for (Index j = 0; j < n; ++j) {
    H_.col(j).tail(n - j) += w_[j] * s.tail(n - j) + s[j] * w_.tail(n - j);
  }
}

}  // namespace optbed
