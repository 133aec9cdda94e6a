#include "solvers/quasi_newton/lbfgs.hpp"

#include <algorithm>

namespace optbed {

OptionTable<LbfgsOptions> Lbfgs::option_table() {
  OptionTable<Options> table;
  table.integer("memory", &Options::memory, between(1, 1000), "number of pairs (s, y) that are kept");
  return add_quasi_newton_options(table);
}

SolverEntry Lbfgs::entry() {
  return registry_entry<Solver, Lbfgs>(
      "lbfgs", "quasi-Newton with the inverse Hessian made from the last few steps",
      {{"needs", "gradient; line_search=exact on a quadratic: Hessian-vector product where there is one"},
       {"cost", "a line search and 8 m n flops an iteration; 2 m n numbers of memory"},
       {"rate",
        "R-linear on uniformly convex functions; conjugate gradients on quadratics with exact searches"},
       {"source", "Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithm 7.5"}});
}

void Lbfgs::reset(Index n) {
  S_.setZero(n, memory_);
  Y_.setZero(n, memory_);
  rho_.setZero(memory_);
  alpha_.setZero(memory_);
  gamma_ = 1;
  newest_ = 0;
  pairs_ = 0;
}

// Algorithm 7.4 on -g: from the newest pair to the oldest, and back.
void Lbfgs::direction(const Vector& g, Vector& d) {
  d = -g;
  for (Index age = 0; age < pairs_; ++age) {
    const Index i = column(age);
    alpha_[i] = rho_[i] * S_.col(i).dot(d);
    d -= alpha_[i] * Y_.col(i);
  }
  d *= gamma_;
  for (Index age = pairs_ - 1; age >= 0; --age) {
    const Index i = column(age);
    const double beta = rho_[i] * Y_.col(i).dot(d);
    d += (alpha_[i] - beta) * S_.col(i);
  }
}

bool Lbfgs::update(const Vector& s, const Vector& y) {
  if (!has_curvature(s, y)) return false;
  newest_ = (newest_ + 1) % memory_;
  pairs_ = std::min(pairs_ + 1, memory_);
  S_.col(newest_) = s;
  Y_.col(newest_) = y;
  const double sy = s.dot(y);
  rho_[newest_] = 1 / sy;
  if (options().initial_scaling) gamma_ = sy / y.squaredNorm();  // (7.20)
  return true;
}

}  // namespace optbed
