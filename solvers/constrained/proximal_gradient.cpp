#include "solvers/constrained/proximal_gradient.hpp"

#include <cmath>

#include "solvers/rounding.hpp"

namespace optbed {
namespace {

std::string broken_rule(const ProximalGradientOptions& options, const std::set<std::string>& given) {
  if (given.count("increase") && options.step != ProximalStep::backtracking) {
    return "'increase' needs step=backtracking";
  }
  if (options.restart != ProximalRestart::none && options.acceleration == ProximalAcceleration::none) {
    return "'restart' needs acceleration=fista: without it there is no momentum to give up";
  }
  return {};
}

}  // namespace

OptionTable<ProximalGradientOptions> ProximalGradient::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("step", &O::step,
              {{"inverse_lipschitz", ProximalStep::inverse_lipschitz},
               {"backtracking", ProximalStep::backtracking}},
              "1/L with a known L, or with one that is found")
      .choice("acceleration", &O::acceleration,
              {{"none", ProximalAcceleration::none}, {"fista", ProximalAcceleration::fista}}, "ISTA or FISTA")
      .choice("restart", &O::restart,
              {{"none", ProximalRestart::none},
               {"function", ProximalRestart::function},
               {"gradient", ProximalRestart::gradient}},
              "when the momentum is given up: never, where F rises, or where it points uphill")
      .real("lipschitz", &O::lipschitz, positive(), "from the problem's facts; 1 for step=backtracking",
            "L of grad f, or the first that backtracking tries")
      .real("increase", &O::increase, greater_than(1), "eta, the factor on L of a rejected trial")
      .rule(broken_rule);
  return table;
}

SolverEntry ProximalGradient::entry() {
  return registry_entry<Solver, ProximalGradient>(
      "proximal_gradient", "a gradient step on f and the proximal map of g: ISTA, and FISTA with restart",
      {{"needs", "F = f + g with a gradient of f and the proximal map of g; step=inverse_lipschitz: L"},
       {"cost",
        "1 gradient of f and 1 proximal map of g (not counted) an iteration; backtracking: 1 value a trial; "
        "restart=function: 1 value"},
       {"rate", "L R^2/(2k); fista: 2 L R^2/(k+1)^2; f strongly convex, none: 1 - mu/L in the distance"},
       {"source", "Beck & Teboulle 2009; O'Donoghue & Candès 2015"}});
}

std::optional<double> ProximalGradient::first_lipschitz(const Options& options, const Facts& facts) {
  if (options.lipschitz) return options.lipschitz;
  if (options.step == ProximalStep::backtracking) return 1;
  return facts.lipschitz ? std::optional(facts.lipschitz->value) : std::nullopt;
}

std::string ProximalGradient::missing(const Problem& problem) const {
  const auto* composite = dynamic_cast<const CompositeProblem*>(&problem);
  if (!composite) return "a composite form f(x) + g(x) with a proximal map of g";
  if (!composite->has_smooth_part()) return "a smooth part f in its splitting f(x) + g(K x)";
  if (!composite->map_is_identity()) return "a splitting f(x) + g(K x) with K = I";
  if (first_lipschitz(options_, problem.facts())) return {};
  return "a known Lipschitz constant (give the option lipschitz or step=backtracking)";
}

void ProximalGradient::properties(std::span<double> values) const {
  values[0] = 1 / L_;
  values[1] = beta_;
  values[2] = restarted_ ? 1 : 0;
}

std::optional<StopReason> ProximalGradient::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.x = x0;
  p_.setZero(n);
  y_ = x0;
  y_next_.setZero(n);
  gradient_.setZero(n);
  gradient_next_.setZero(n);
  L_ = first_lipschitz(options_, f.facts()).value();
  t_ = 1;
  beta_ = 0;
  restarted_ = false;
  f_y_ = f.smooth_gradient(y_, gradient_);
  F_x_ = f_y_ + f.composite().g_value(x0);
  return std::isfinite(f_y_) && gradient_.allFinite() ? std::nullopt : std::optional(StopReason::non_finite);
}

// p(y) = prox_{g/L}(y - grad f(y)/L)
void ProximalGradient::proximal_step(const CompositeProblem& problem, double L) {
  p_ = y_ - gradient_ / L;
  problem.g_proximal_map(p_, 1 / L, p_);
}

// f(p) <= f(y) + grad f(y)'(p - y) + (L/2)|p - y|^2 but for the rounding of the terms that f sums: near the
// minimiser the two sides differ by less than that, and L would grow without end (Becker, Candès & Grant 2011,
// section 5.3).
bool ProximalGradient::is_majorised(double f_p, double L) const {
  const double slope = gradient_.dot(p_ - y_);
  const double excess = f_p - f_y_ - slope - L / 2 * (p_ - y_).squaredNorm();
  const double terms = std::abs(f_y_) + std::abs(gradient_.dot(y_)) + std::abs(slope);
  return excess <= rounding_of_value(terms, y_.size());
}

bool ProximalGradient::must_restart(double F_p) const {
  switch (options_.restart) {
    case ProximalRestart::none:
      return false;
    case ProximalRestart::function:
      return F_p > F_x_;
    case ProximalRestart::gradient:
      return (y_ - p_).dot(p_ - current_.x) > 0;
  }
  return false;
}

StepInfo ProximalGradient::step(Oracle& f) {
  constexpr int max_trials = 1100;  // doublings of the least L that is a number lead beyond the largest
  const CompositeProblem& problem = f.composite();
  double L = L_;
  proximal_step(problem, L);
  double f_p = 0;
  if (options_.step == ProximalStep::backtracking) {
    int trial = 0;
    while (f_p = f.smooth_value(p_), !is_majorised(f_p, L)) {
      L *= options_.increase;
      if (++trial == max_trials || !std::isfinite(L)) return stopped(StopReason::line_search_failed);
      proximal_step(problem, L);
    }
  } else if (options_.restart == ProximalRestart::function) {
    f_p = f.smooth_value(p_);
  }
  const double F_p = f_p + problem.g_value(p_);  // of use where f_p is known only
  if (!p_.allFinite() || !std::isfinite(F_p)) return stopped(StopReason::non_finite);

  const bool restarted = must_restart(F_p);
  double t_next = 1;
  double beta = 0;
  if (options_.acceleration == ProximalAcceleration::fista && !restarted) {
    t_next = (1 + std::sqrt(1 + 4 * t_ * t_)) / 2;
    beta = (t_ - 1) / t_next;
  }
  y_next_ = p_ + beta * (p_ - current_.x);
  const double f_y = f.smooth_gradient(y_next_, gradient_next_);
  if (!std::isfinite(f_y) || !gradient_next_.allFinite()) return stopped(StopReason::non_finite);

  const double length = (p_ - current_.x).norm();
  current_.x.swap(p_);
  y_.swap(y_next_);
  gradient_.swap(gradient_next_);
  f_y_ = f_y;
  F_x_ = F_p;
  L_ = L;
  t_ = t_next;
  beta_ = beta;
  restarted_ = restarted;
  return moved(length);
}

}  // namespace optbed
