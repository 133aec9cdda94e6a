// Successive over-relaxation (Young 1950, Frankel 1950): the equations are solved one after the other, each for
// its own unknown and with the newest values of the others, and the correction is taken omega times:
//   x_i <- (1 - omega) x_i + omega (b_i - sum_{j<i} a_ij x_j - sum_{j>i} a_ij x_j)/a_ii,  i = 1, …, n.
// omega = 1 is Gauss-Seidel. symmetric: a sweep back, i = n, …, 1, follows (SSOR; Saad 2003, section 4.1).
// Needs: a linear system with a nonzero diagonal.
// Cost: 1 sweep, or 2 if symmetric, each counted as one product: the sums over j > i that the residual needs
// are those of the next sweep, so that a sweep with its residual is one pass over A. Rate: converges for every
// symmetric positive definite A and 0 < omega < 2 (Ostrowski 1954; Reich 1949). For a consistently ordered A
// with Jacobi radius mu: omega* = 2/(1 + sqrt(1 - mu^2)), radius omega* - 1; Gauss-Seidel mu^2 (Young 1971). On
// tridiag(-1, 2, -1) of order n: mu = cos(pi/(n+1)), omega* = 2/(1 + sin(pi/(n+1))).
#pragma once

#include "solvers/linear_systems/linear_system_solver.hpp"

namespace optbed {

struct GaussSeidelOptions {
  bool symmetric = false;
};

struct SorOptions {
  double omega = 1.5;
  bool symmetric = false;
};

class Sor final : public LinearSystemSolver {
 public:
  using Options = SorOptions;
  static OptionTable<Options> option_table();
  static SolverEntry entry();
  static SolverEntry gauss_seidel_entry();

  explicit Sor(const Options& options) : options_(options) {}

  const Options& options() const { return options_; }
  StepInfo step(Oracle& f) override;

 protected:
  std::string lacking(const LinearSystem& system, const Facts& /*facts*/) const override {
    return lacking_nonzero_diagonal(system);
  }
  std::optional<StopReason> prepare(Oracle& f) override;

 private:
  template <class Rows>
  void sweep(const Rows& A, const Vector& b);
  template <class Rows>
  void sweep_back(const Rows& A, const Vector& b);
  void relax(Index i, double b_i);

  Options options_;
  Vector D_;
  Vector lower_;  // L x, of the strictly lower triangle
  Vector upper_;  // U x, of the strictly upper triangle
};

}  // namespace optbed
