// Direct solvers: A is factorised, and the solution is the next iterate.
//   lu        P A = L U, any nonsingular A
//   qr        A P = Q R, any nonsingular A; twice the work, and no growth of the elements
//   cholesky  A = L L', symmetric positive definite A; half the work of lu
// The entries of a sparse factor are only counted when it is made, so that factorisation and triangular solves
// are made at the start, which may allocate; the one iteration takes the solution and evaluates its residual.
// Later ones change nothing. linear_solve_failed, with the start untouched, where A is singular to working
// precision, or not positive definite for cholesky. Cost: 1 Hessian (the entries of A) and 2 products, for the
// residuals before and after. The property `flops` tells the work of factorisation and solution;
// factorisation.hpp has the formulas.
#pragma once

#include "solvers/linear_systems/factorisation.hpp"
#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct DirectOptions {};

class Direct final : public LinearSystemSolver {
 public:
  static SolverEntry lu_entry();
  static SolverEntry qr_entry();
  static SolverEntry cholesky_entry();

  explicit Direct(Factorisation factorisation) : factorisation_(factorisation) {}

  StepInfo step(Oracle& f) override;
  std::vector<std::string> property_names() const override;
  void properties(std::span<double> values) const override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& facts) const override;
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  Factorisation factorisation_;
  Vector solution_;
  double flops_ = 0;
  bool solved_ = false;
};

}  // namespace optbed
