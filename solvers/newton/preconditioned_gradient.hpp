// Preconditioned gradient descent: x_{k+1} = x_k - eta A^-1 g_k with one A for the whole run, made from the
// Hessian H at the start, so from a quadratic's own:
//   hessian    A = H(x_0): the chord method (Kelley 1995, section 5.4.1)
//   diagonal   A = diag(H(x_0)): every variable by its own curvature (Jacobi's preconditioner)
// It is gradient descent in the coordinates w = A^(1/2) x, in which the quadratic with Hessian A has the
// Hessian I ("whitening"; LeCun, Bottou, Orr & Müller 1998, section 5.3): eta = 1 is optimal and eta < 2 stable
// there.
// Needs: gradient and, for the start, a Hessian with a positive definite A; otherwise it does not start
// (linear_solve_failed). Cost: 1 gradient and 2 n^2 flops an iteration, or n for diagonal; once 1 Hessian and a
// factorisation of n^3/3 flops.
// Rate: the error on a quadratic contracts by exactly |1 - eta| with its own Hessian; close to a minimiser x*
// by max |1 - eta lambda_i| over the eigenvalues of A^-1 H(x*).
#pragma once

#include <Eigen/Cholesky>

#include "solvers/registry.hpp"

namespace optbed {

enum class ScalingMatrix { hessian, diagonal };

struct PreconditionedGradientOptions {
  double learning_rate = 1;  // eta
  ScalingMatrix preconditioner = ScalingMatrix::hessian;
};

class PreconditionedGradient final : public Solver {
 public:
  using Options = PreconditionedGradientOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();

  explicit PreconditionedGradient(const Options& options = {}) : options_(options) {}

  const Options& options() const { return options_; }

  std::string missing(const Problem& problem) const override;
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

 private:
  Options options_;
  Point current_;
  Point trial_;
  Vector d_;
  Matrix H_;
  Vector diagonal_;              // diagonal
  Eigen::LLT<Matrix> cholesky_;  // hessian
};

}  // namespace optbed
