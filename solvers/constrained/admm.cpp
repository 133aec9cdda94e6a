#include "solvers/constrained/admm.hpp"

namespace optbed {

OptionTable<AdmmOptions> Admm::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("penalty", &O::penalty, positive(), "rho, of the augmented Lagrangian; the first one")
      .real("relaxation", &O::relaxation, open(0, 2), "alpha: over 1 is over-relaxed")
      .choice("penalty_rule", &O::penalty_rule,
              {{"fixed", PenaltyRule::fixed}, {"residual_balancing", PenaltyRule::residual_balancing}},
              "whether rho stays, or keeps the primal and the dual residual alike");
  return table;
}

SolverEntry Admm::entry() {
  return registry_entry<Solver, Admm>(
      "admm", "alternating direction method of multipliers for f(x) + g(z), K x = z",
      {{"needs",
        "a composite form with the proximal map of g and argmin f(x) + |K x - v|^2/(2t) in closed form"},
       {"cost",
        "1 x-update, counted as a gradient, an iteration; 1 proximal map of g and products with K and K' (not "
        "counted)"},
       {"rate", "converges for every penalty; O(1/k) in an averaged sense"},
       {"source", "Boyd, Parikh, Chu, Peleato & Eckstein 2011, section 3; He & Yuan 2012"}});
}

std::string Admm::missing(const Problem& problem) const {
  const auto* composite = dynamic_cast<const CompositeProblem*>(&problem);
  if (!composite) return "a composite form f(x) + g(K x) with a proximal map of g";
  if (composite->implicit_step_through_map()) return {};
  return "argmin_x f(x) + |K x - v|^2/(2t) in closed form in its splitting f(x) + g(K x)";
}

void Admm::properties(std::span<double> values) const {
  values[0] = primal_residual_;
  values[1] = dual_residual_;
  values[2] = rho_;
}

std::optional<StopReason> Admm::start(Oracle& f, const Vector& x0) {
  const CompositeProblem& problem = f.composite();
  const Index m = problem.map_rows();
  x_update_ = problem.implicit_step_through_map();
  current_.x = x0;
  x_next_.setZero(x0.size());
  Ks_.setZero(x0.size());
  z_.setZero(m);
  problem.map(x0, z_);
  z_next_.setZero(m);
  u_.setZero(m);
  Kx_ = z_;
  w_.setZero(m);
  v_.setZero(m);
  rho_ = options_.penalty;
  primal_residual_ = 0;
  dual_residual_ = 0;
  return std::nullopt;
}

StepInfo Admm::step(Oracle& f) {
  const CompositeProblem& problem = f.composite();
  const double alpha = options_.relaxation;
  v_ = z_ - u_;
  f.implicit_step(*x_update_, v_, 1 / rho_, x_next_);  // (3.5)
  problem.map(x_next_, Kx_);
  w_ = alpha * Kx_ + (1 - alpha) * z_;
  v_ = w_ + u_;
  problem.g_proximal_map(v_, 1 / rho_, z_next_);  // (3.6)
  if (!x_next_.allFinite() || !z_next_.allFinite()) return stopped(StopReason::non_finite);

  v_ = z_next_ - z_;
  problem.map_transposed(v_, Ks_);
  dual_residual_ = rho_ * Ks_.norm();
  primal_residual_ = (Kx_ - z_next_).norm();
  u_ += w_ - z_next_;  // (3.7)
  const double length = (x_next_ - current_.x).norm();
  // x alone may stand still for a while: the iteration does only where z does as well.
  const bool rests = length == 0 && primal_residual_ == 0 && dual_residual_ == 0;
  current_.x.swap(x_next_);
  z_.swap(z_next_);
  if (options_.penalty_rule == PenaltyRule::residual_balancing) balance_penalty();
  return {.length = length, .accepted = rests || length > 0};
}

// (3.13); u = y/rho follows rho.
void Admm::balance_penalty() {
  constexpr double imbalance = 10;
  constexpr double factor = 2;
  if (primal_residual_ > imbalance * dual_residual_) {
    rho_ *= factor;
    u_ /= factor;
  } else if (dual_residual_ > imbalance * primal_residual_) {
    rho_ /= factor;
    u_ *= factor;
  }
}

}  // namespace optbed
