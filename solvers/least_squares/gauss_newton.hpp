// Gauss-Newton (Gauss 1809; Nocedal & Wright 2006, section 10.3): x_{k+1} = x_k + alpha_k d_k, where d
// minimises |J d + r|. Needs: residuals and their Jacobian, of full column rank (of any rank with linear_solver
// = svd, which takes the shortest such d). Cost: 1 residual and 1 Jacobian evaluation (one residual more for
// each shorter trial), and a factorisation: by QR 2mn^2 - (2/3)n^3 flops. Rate near a minimiser: linear with
// factor rho((J'J)^-1 sum r_i H(r_i)), which is quadratic where the residuals vanish; the iteration diverges
// where that factor is over 1.
#pragma once

#include <memory>

#include "solvers/least_squares/jacobian.hpp"
#include "solvers/linear_systems/damped_least_squares.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// none: alpha = 1. armijo: the first of 1, 1/2, 1/4, … that decreases f sufficiently.
enum class GaussNewtonLineSearch { none, armijo };

struct GaussNewtonOptions {
  GaussNewtonLineSearch line_search = GaussNewtonLineSearch::none;
  DampedSolver linear_solver = DampedSolver::qr;
  JacobianSource jacobian = JacobianSource::analytic;
  long gradient_factor = 1;
};

class GaussNewton final : public Solver {
 public:
  using Options = GaussNewtonOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit GaussNewton(const Options& options);

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override { return missing_residuals(problem); }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_.point; }
  Knowledge knowledge() const override { return jacobian_.is_exact() ? Knowledge::gradient : Knowledge::value; }

 private:
  Options options_;
  JacobianEvaluation jacobian_;
  std::unique_ptr<DampedLeastSquares> system_;
  ResidualPoint current_;
  ResidualPoint trial_;
  Vector D_;           // ones
  Vector right_side_;  // -c r
  Vector d_;
};

}  // namespace optbed
