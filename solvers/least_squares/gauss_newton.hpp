// Gauss-Newton (Gauss 1809; Nocedal & Wright 2006, section 10.3): x_{k+1} = x_k + alpha_k d_k, where d
// minimises |J d + r|. Needs: residuals and their Jacobian. Cost: 1 residual and 1 Jacobian evaluation (one
// residual more for each shorter trial), and a QR factorisation, 2mn^2 - (2/3)n^3 flops. Rate near a minimiser:
// linear with factor rho((J'J)^-1 sum r_i H(r_i)), which is quadratic where the residuals vanish; the iteration
// diverges where that factor is over 1.
#pragma once

#include "solvers/least_squares/residual_point.hpp"
#include "solvers/linear_systems/damped_least_squares.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// none: alpha = 1. armijo: the first of 1, 1/2, 1/4, … that decreases f sufficiently.
enum class GaussNewtonLineSearch { none, armijo };

struct GaussNewtonOptions {
  GaussNewtonLineSearch line_search = GaussNewtonLineSearch::none;
};

class GaussNewton final : public Solver {
 public:
  using Options = GaussNewtonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit GaussNewton(const Options& options) : options_(options) {}

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_.point; }

 private:
  Options options_;
  ResidualPoint current_;
  ResidualPoint trial_;
  DampedLeastSquares least_squares_;
  Vector d_;
};

}  // namespace optbed
