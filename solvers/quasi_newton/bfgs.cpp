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

// (6.17), multiplied out: H + s w' + w s' with w = (rho/2)(1 + rho y'Hy) s - rho Hy.
bool Bfgs::correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) {
  if (!has_curvature(s, y)) return false;
  const double rho = 1 / s.dot(y);
  Vector& w = Hy;
  w = (rho / 2) * (1 + rho * y.dot(Hy)) * s - rho * Hy;
  const Index n = s.size();
  for (Index j = 0; j < n; ++j) H.col(j).tail(n - j) += w[j] * s.tail(n - j) + s[j] * w.tail(n - j);
  return true;
}

}  // namespace optbed
