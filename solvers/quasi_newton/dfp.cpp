#include "solvers/quasi_newton/dfp.hpp"

namespace optbed {

OptionTable<QuasiNewtonOptions> Dfp::option_table() {
  OptionTable<Options> table;
  return add_quasi_newton_options(table);
}

SolverEntry Dfp::entry() {
  return registry_entry<Solver, Dfp>(
      "dfp", "the first quasi-Newton method, the dual of BFGS",
      {{"needs", "gradient; line_search=exact on a quadratic: Hessian-vector product where there is one"},
       {"cost", "a line search and 6 n^2 flops an iteration; n x n memory"},
       {"rate", "superlinear on uniformly convex functions with exact searches"},
       {"source", "Davidon 1959; Fletcher & Powell 1963; Nocedal & Wright 2006, (6.15)"}});
}

bool Dfp::correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) {
  const double yHy = y.dot(Hy);
  if (!has_curvature(s, y) || !(yHy > 0)) return false;  // yHy: underflow
  const double rho = 1 / s.dot(y);
  const Index n = s.size();
  for (Index j = 0; j < n; ++j) {
    H.col(j).tail(n - j) += rho * s[j] * s.tail(n - j) - Hy[j] / yHy * Hy.tail(n - j);
  }
  return true;
}

}  // namespace optbed
