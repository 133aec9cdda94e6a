#include "solvers/linear_systems/sor.hpp"

#include <cmath>

namespace optbed {

OptionTable<SorOptions> Sor::option_table() {
  using O = Options;
  return OptionTable<O>()
      .real("omega", &O::omega, open(0, 2), "relaxation; 1: Gauss-Seidel")
      .flag("symmetric", &O::symmetric, "a sweep back after each sweep");
}

SolverEntry Sor::entry() {
  return registry_entry<Solver, Sor>(
      "sor", "successive over-relaxation: Gauss-Seidel's corrections taken omega times",
      {{"needs", "a linear system with a nonzero diagonal"},
       {"cost", "1 sweep (symmetric: 2) an iteration, each counted as a product; at the start 1 Hessian"},
       {"rate",
        "converges if A is positive definite and 0 < omega < 2; omega* - 1 at the best omega of a consistently "
        "ordered matrix, omega* = 2/(1 + sin(pi/(n+1))) on tridiag(-1, 2, -1)"},
       {"source", "Young 1971; Saad 2003, section 4.1"}});
}

SolverEntry Sor::gauss_seidel_entry() {
  OptionTable<GaussSeidelOptions> table;
  table.flag("symmetric", &GaussSeidelOptions::symmetric, "a sweep back after each sweep");
  return {"gauss_seidel",
          "each equation solved for its own unknown, one after the other",
          {{"needs", "a linear system with a nonzero diagonal"},
           {"cost", "1 sweep (symmetric: 2) an iteration, each counted as a product; at the start 1 Hessian"},
           {"rate", "converges if A is positive definite; cos(pi/(n+1))^2 on tridiag(-1, 2, -1)"},
           {"source", "Seidel 1874; Saad 2003, section 4.1"}},
          table.descriptions(),
          [table](const KeyValues& values) {
            const GaussSeidelOptions options = table.parse("gauss_seidel", values);
            return std::make_unique<Sor>(SorOptions{.omega = 1, .symmetric = options.symmetric});
          }};
}

std::optional<StopReason> Sor::prepare(Oracle& f) {
  const SystemMatrix& matrix = f.matrix();
  const Index n = current_.x.size();
  D_ = diagonal(matrix);
  lower_.setZero(n);
  upper_.setZero(n);
  std::visit(
      [&](const auto& A) {
        for (Index i = 0; i < n; ++i) upper_[i] = upper_row_times(A, i, current_.x);
      },
      matrix);
  return std::nullopt;
}

void Sor::relax(Index i, double b_i) {
  const double solved = (b_i - lower_[i] - upper_[i]) / D_[i];
  trial_[i] = (1 - options_.omega) * trial_[i] + options_.omega * solved;
}

// The sums over j > i still hold the old values when their row is reached.
template <class Rows>
void Sor::sweep(const Rows& A, const Vector& b) {
  for (Index i = 0; i < b.size(); ++i) {
    lower_[i] = lower_row_times(A, i, trial_);
    relax(i, b[i]);
  }
}

template <class Rows>
void Sor::sweep_back(const Rows& A, const Vector& b) {
  for (Index i = b.size() - 1; i >= 0; --i) {
    upper_[i] = upper_row_times(A, i, trial_);
    relax(i, b[i]);
  }
}

StepInfo Sor::step(Oracle& f) {
  const SystemMatrix& matrix = f.rows();
  if (options_.symmetric) f.rows();  // both are paid for before anything changes
  const Vector& b = f.right_hand_side();
  trial_ = current_.x;
  std::visit(
      [&](const auto& A) {
        sweep(A, b);
        if (options_.symmetric) {
          sweep_back(A, b);
          for (Index i = 0; i < b.size(); ++i) lower_[i] = lower_row_times(A, i, trial_);
        } else {
          for (Index i = 0; i < b.size(); ++i) upper_[i] = upper_row_times(A, i, trial_);
        }
      },
      matrix);
  r_ = b - lower_ - D_.cwiseProduct(trial_) - upper_;
  const double norm = r_.norm();
  const double length = (trial_ - current_.x).norm();
  if (!std::isfinite(norm) || !std::isfinite(length)) return stopped(StopReason::non_finite);
  current_.x.swap(trial_);
  residual_norm_ = norm;
  return moved(length);
}

}  // namespace optbed
