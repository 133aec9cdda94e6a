#include "solvers/constrained/primal_dual.hpp"

#include <cmath>

namespace optbed {
namespace {

// tau sigma |K|^2 <= 1 is met by its bound itself, which is rounded.
constexpr double step_rounding = 1e-12;

std::string broken_rule(const PrimalDualOptions& options, const std::set<std::string>& given) {
  if (given.count("theta") && options.acceleration == PrimalDualAcceleration::strongly_convex) {
    return "'theta' and 'acceleration=strongly_convex' exclude each other: it chooses theta itself";
  }
  return {};
}

}  // namespace

OptionTable<PrimalDualOptions> PrimalDual::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("tau", &O::tau, positive(), "1/|K|, or 1/(sigma |K|^2) where sigma is given", "step size in x")
      .real("sigma", &O::sigma, positive(), "1/|K|, or 1/(tau |K|^2) where tau is given", "step size in y")
      .real("theta", &O::theta, between(0, 1),
            "extrapolation; the rates are for 1, and 0 is Arrow and Hurwicz's")
      .choice("acceleration", &O::acceleration,
              {{"none", PrimalDualAcceleration::none},
               {"strongly_convex", PrimalDualAcceleration::strongly_convex}},
              "constant steps, or steps that follow the modulus of a strongly convex f")
      .rule(broken_rule);
  return table;
}

SolverEntry PrimalDual::entry() {
  return registry_entry<Solver, PrimalDual>(
      "primal_dual", "Chambolle and Pock's primal-dual method for f(x) + g(K x)",
      {{"needs",
        "a composite form with the proximal maps of f and g; acceleration=strongly_convex: a strongly convex "
        "f"},
       {"cost",
        "1 proximal map of f, counted as a gradient, an iteration; 1 of g and products with K and K' (not "
        "counted)"},
       {"rate", "O(1/k) in the gap of averaged iterates; strongly_convex: O(1/k^2) in the squared distance"},
       {"source", "Chambolle & Pock 2011, algorithms 1 and 2"}});
}

PrimalDual::Steps PrimalDual::steps(const Options& options, double map_norm) {
  const double product = 1 / (map_norm * map_norm);
  if (options.tau) return {*options.tau, options.sigma.value_or(product / *options.tau)};
  if (options.sigma) return {product / *options.sigma, *options.sigma};
  return {1 / map_norm, 1 / map_norm};
}

std::string PrimalDual::missing(const Problem& problem) const {
  const auto* composite = dynamic_cast<const CompositeProblem*>(&problem);
  if (!composite) return "a composite form f(x) + g(K x) with a proximal map of g";
  if (!composite->proximal_map_of_f()) return "a proximal map of f in its splitting f(x) + g(K x)";
  if (options_.acceleration == PrimalDualAcceleration::strongly_convex &&
      composite->strong_convexity_of_f() <= 0) {
    return "a strongly convex f in its splitting f(x) + g(K x), for acceleration=strongly_convex";
  }
  const double norm = composite->map_norm();
  const auto [tau, sigma] = steps(options_, norm);
  if (tau * sigma * norm * norm <= 1 + step_rounding) return {};
  return fmt::format(
      "a map K with tau sigma |K|^2 <= 1: its |K|^2 = {:.6g} makes that {:.6g} with the options tau = {:g} and "
      "sigma = {:g}",
      norm * norm, tau * sigma * norm * norm, tau, sigma);
}

void PrimalDual::properties(std::span<double> values) const {
  values[0] = primal_residual_;
  values[1] = dual_residual_;
  values[2] = tau_;
}

std::optional<StopReason> PrimalDual::start(Oracle& f, const Vector& x0) {
  const CompositeProblem& problem = f.composite();
  const Index n = x0.size();
  const Index m = problem.map_rows();
  proximal_map_of_f_ = problem.proximal_map_of_f();
  const auto [tau, sigma] = steps(options_, problem.map_norm());
  tau_ = tau;
  sigma_ = sigma;
  current_.x = x0;
  x_next_.setZero(n);
  w_.setZero(n);
  Kty_.setZero(n);
  y_.setZero(m);
  y_next_.setZero(m);
  v_.setZero(m);
  Kx_.setZero(m);
  problem.map(x0, Kx_);
  Kx_next_ = Kx_;
  Kx_bar_ = Kx_;
  primal_residual_ = 0;
  dual_residual_ = 0;
  return std::nullopt;
}

StepInfo PrimalDual::step(Oracle& f) {
  const CompositeProblem& problem = f.composite();
  v_ = y_ / sigma_ + Kx_bar_;
  problem.g_proximal_map(v_, 1 / sigma_, y_next_);
  y_next_ = sigma_ * (v_ - y_next_);
  problem.map_transposed(y_next_, Kty_);
  w_ = current_.x - tau_ * Kty_;
  f.implicit_step(*proximal_map_of_f_, w_, tau_, x_next_);
  if (!x_next_.allFinite() || !y_next_.allFinite()) return stopped(StopReason::non_finite);

  problem.map(x_next_, Kx_next_);
  const double length = (x_next_ - current_.x).norm();
  primal_residual_ = length / tau_;
  dual_residual_ = ((y_ - y_next_) / sigma_ + Kx_bar_ - Kx_next_).norm();
  double theta = options_.theta;
  if (options_.acceleration == PrimalDualAcceleration::strongly_convex) {
    theta = 1 / std::sqrt(1 + 2 * problem.strong_convexity_of_f() * tau_);
    tau_ *= theta;
    sigma_ /= theta;
  }
  Kx_bar_ = Kx_next_ + theta * (Kx_next_ - Kx_);
  // x alone may stand still for a while: the iteration does only where y does as well.
  const bool rests = length == 0 && y_next_ == y_;
  current_.x.swap(x_next_);
  y_.swap(y_next_);
  Kx_.swap(Kx_next_);
  return {.length = length, .accepted = rests || length > 0};
}

}  // namespace optbed
