#include "solvers/first_order/gradient_descent.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "solvers/first_order/blocks.hpp"
#include "solvers/first_order/constants.hpp"

namespace optbed {
namespace {

std::optional<LineSearchKind> line_search_of(StepRule rule) {
  switch (rule) {
    case StepRule::exact:
    case StepRule::barzilai_borwein:  // its first step
      return LineSearchKind::exact;
    case StepRule::armijo:
      return LineSearchKind::armijo;
    case StepRule::strong_wolfe:
      return LineSearchKind::strong_wolfe;
    default:
      return std::nullopt;
  }
}

bool takes_schedule(StepRule rule) {
  return rule != StepRule::exact && rule != StepRule::armijo && rule != StepRule::strong_wolfe;
}

bool takes_lipschitz(StepRule rule) {
  return rule == StepRule::inverse_lipschitz || rule == StepRule::optimal || rule == StepRule::silver;
}

std::string broken_rule(const GradientDescentOptions& options, const std::set<std::string>& given) {
  if (given.count("learning_rate") && options.step != StepRule::fixed)
    return "'learning_rate' needs step=fixed";
  if (given.count("lipschitz") && !takes_lipschitz(options.step)) {
    return "'lipschitz' needs step=inverse_lipschitz, optimal or silver";
  }
  if (given.count("mu") && options.step != StepRule::optimal) return "'mu' needs step=optimal";
  if (given.count("polyak_factor") && options.step != StepRule::polyak)
    return "'polyak_factor' needs step=polyak";
  const bool scheduled = given.count("schedule") || given.count("warmup");
  if (scheduled && !takes_schedule(options.step)) {
    return "'schedule' and 'warmup' need a step without a line search";
  }
  if (options.batch_size && options.step != StepRule::fixed && !takes_lipschitz(options.step)) {
    return "'batch_size' needs step=fixed, inverse_lipschitz, optimal or silver: the other steps are made from "
           "f itself";
  }
  return {};
}

}  // namespace

OptionTable<GradientDescentOptions> GradientDescent::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("step", &O::step,
              {{"fixed", StepRule::fixed},
               {"inverse_lipschitz", StepRule::inverse_lipschitz},
               {"optimal", StepRule::optimal},
               {"exact", StepRule::exact},
               {"armijo", StepRule::armijo},
               {"strong_wolfe", StepRule::strong_wolfe},
               {"barzilai_borwein", StepRule::barzilai_borwein},
               {"polyak", StepRule::polyak},
               {"silver", StepRule::silver}},
              "step rule: learning_rate, 1/L, 2/(L+mu), a line search, or a formula")
      .real("learning_rate", &O::learning_rate, positive(), "step size eta of step=fixed")
      .real("polyak_factor", &O::polyak_factor, Interval{.lower = 0, .upper = 2, .upper_open = false},
            "of step=polyak, times (f - f*)/|g|^2")
      .real("mu", &O::mu, positive(), "from the problem's facts", "strong convexity, for step=optimal")
      .real("lipschitz", &O::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient, for step=inverse_lipschitz, optimal and silver");
  return add_first_order_options(table).rule(broken_rule);
}

SolverEntry GradientDescent::entry() {
  return registry_entry<Solver, GradientDescent>(
      "gradient_descent", "x - eta g with a fixed, scheduled, searched or computed step",
      {{"needs", "gradient; step=exact on a quadratic: Hessian-vector product; step=polyak: the minimum f*"},
       {"cost", "1 gradient an iteration; a line search one evaluation more for each trial"},
       {"rate",
        "mu-strongly convex, L-smooth: max(|1-eta mu|, |1-eta L|) an iteration; convex: L R^2/(4k+2) at 1/L, "
        "like k^-1.27 with silver steps"},
       {"source",
        "Cauchy 1847; Nocedal & Wright 2006, section 3.3; Boyd & Vandenberghe 2004, section 9.3; "
        "Altschuler & Parrilo 2023"}});
}

GradientDescent::GradientDescent(const Options& options)
    : options_(options), gradients_(options), schedule_(options) {
  if (const auto kind = line_search_of(options.step)) line_search_ = make_line_search(*kind);
}

std::optional<double> GradientDescent::base_step(const Options& options, const Facts& facts) {
  const SmoothnessConstants constants = smoothness_constants(options, facts);
  const auto [mu, L] = constants;
  switch (options.step) {
    case StepRule::fixed:
      return options.learning_rate;
    case StepRule::inverse_lipschitz:
    case StepRule::silver:
      return L ? std::optional(1 / *L) : std::nullopt;
    case StepRule::optimal:
      return constants.both() ? std::optional(2 / (*L + *mu)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string GradientDescent::missing(const Problem& problem) const {
  const Facts& facts = problem.facts();
  if (takes_lipschitz(options_.step) && !base_step(options_, facts)) {
    return options_.step == StepRule::optimal ? "known constants mu <= L (give the options mu and lipschitz)"
                                              : "a known Lipschitz constant (give the option lipschitz)";
  }
  if (options_.step == StepRule::polyak && !facts.minimum) return "a known minimum f*, which step=polyak uses";
  return gradients_.missing(problem);
}

std::optional<StopReason> GradientDescent::start(Oracle& f, const Vector& x0) {
  current_.resize(x0.size());
  trial_.resize(x0.size());
  direction_.setZero(x0.size());
  if (line_search_) line_search_->start(x0.size());
  base_step_ = base_step(options_, f.facts()).value_or(0);
  eta_ = 0;
  first_order_change_ = 0;
  k_ = 0;
  current_.x = x0;
  gradients_.start(f);
  if (!gradients_.evaluate(f, current_)) return StopReason::non_finite;
  schedule_.start(current_.value);
  return std::nullopt;
}

StepInfo GradientDescent::step(Oracle& f) {
  double eta = 0;
  switch (options_.step) {
    case StepRule::fixed:
    case StepRule::inverse_lipschitz:
    case StepRule::optimal:
      eta = base_step_;
      break;
    case StepRule::silver:
      eta = silver_step();
      break;
    case StepRule::exact:
    case StepRule::armijo:
    case StepRule::strong_wolfe:
      return search_step(f);
    case StepRule::barzilai_borwein:
      if (k_ == 0) return search_step(f);
      eta = barzilai_borwein_step();
      if (!std::isfinite(eta)) return moved(0);  // s'y = 0: f is linear along the step, or did not move
      break;
    case StepRule::polyak: {
      const double squared_norm = current_.gradient.squaredNorm();
      if (squared_norm == 0) return moved(0);
      // Rounding may have brought f below f*.
      eta = options_.polyak_factor * std::max(current_.value - f.facts().minimum->value, 0.0) / squared_norm;
      break;
    }
  }
  eta *= schedule_.factor();
  gradients_.require(f);  // trial_ is the point before, which a step that cannot be made must not lose
  const double squared_length = sum_over_blocks(current_.x.size(), [&](Index first, Index size) {
    const auto& g = current_.gradient;
    trial_.x.segment(first, size) = current_.x.segment(first, size) - eta * g.segment(first, size);
    return (trial_.x.segment(first, size) - current_.x.segment(first, size)).squaredNorm();
  });
  if (!gradients_.evaluate(f, trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  schedule_.advance(current_.value);
  eta_ = eta;
  ++k_;
  return moved(std::sqrt(squared_length));
}

StepInfo GradientDescent::search_step(Oracle& f) {
  if (current_.gradient_norm == 0) return moved(0);
  direction_ = -current_.gradient;
  // Backtracking begins at 1 (Boyd & Vandenberghe 2004, algorithm 9.2). The other searches expect the
  // first-order change of f to be that of the step before (Nocedal & Wright 2006, (3.60)).
  double initial_step = 1;
  if (options_.step != StepRule::armijo) {
    initial_step = k_ == 0 ? std::min(1.0, 1 / current_.gradient_norm)
                           : first_order_change_ / current_.gradient.squaredNorm();
  }
  const StepInfo info = line_search_step(f, *line_search_, direction_, initial_step, current_, trial_);
  if (info.stop || info.length == 0) return info;
  const double g_norm = direction_.norm();
  first_order_change_ = info.length * g_norm;
  eta_ = info.length / g_norm;
  schedule_.advance(current_.value);
  ++k_;
  return info;
}

// alpha = s's/s'y with s = x_k - x_{k-1} and y = g_k - g_{k-1}; trial_ holds the point before.
double GradientDescent::barzilai_borwein_step() const {
  const double ss = (current_.x - trial_.x).squaredNorm();
  const double sy = (current_.x - trial_.x).dot(current_.gradient - trial_.gradient);
  return ss / sy;
}

// h_{k+1}/L, where h_j = 1 + (1 + sqrt 2)^(v(j) - 1) and 2^v(j) divides j.
double GradientDescent::silver_step() const {
  const double v = std::countr_zero(static_cast<unsigned long>(k_ + 1));
  return (1 + std::pow(1 + std::numbers::sqrt2, v - 1)) * base_step_;
}

}  // namespace optbed
