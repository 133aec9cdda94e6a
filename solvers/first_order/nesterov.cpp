#include "solvers/first_order/nesterov.hpp"

#include <cmath>

#include "solvers/first_order/blocks.hpp"
#include "solvers/first_order/constants.hpp"

namespace optbed {
namespace {

constexpr double default_learning_rate = 1e-3;

std::string broken_rule(const NesterovOptions& options, const std::set<std::string>& given) {
  const bool constant = options.sequence == NesterovSequence::constant;
  const bool fista = options.sequence == NesterovSequence::fista;
  if (given.count("learning_rate") && !constant && !fista) {
    return "'learning_rate' needs sequence=constant or fista; the other sequences make it from mu and L";
  }
  if (given.count("momentum") && !constant) return "'momentum' needs sequence=constant";
  if (given.count("mu") && (constant || fista))
    return "'mu' needs sequence=strongly_convex or quadratic_optimal";
  if (given.count("lipschitz") && constant) return "'lipschitz' and 'sequence=constant' exclude each other";
  if (given.count("lipschitz") && given.count("learning_rate")) {
    return "'lipschitz' and 'learning_rate' exclude each other";
  }
  return {};
}

}  // namespace

OptionTable<NesterovOptions> Nesterov::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .real("learning_rate", &O::learning_rate, positive(), "0.001 for sequence=constant, 1/L for fista",
            "step size eta")
      .real("momentum", &O::momentum, right_open(0, 1), "beta of sequence=constant")
      .choice("sequence", &O::sequence,
              {{"constant", NesterovSequence::constant},
               {"fista", NesterovSequence::fista},
               {"strongly_convex", NesterovSequence::strongly_convex},
               {"quadratic_optimal", NesterovSequence::quadratic_optimal}},
              "where eta and beta_k come from")
      .choice("iterate", &O::iterate,
              {{"main", NesterovIterate::main}, {"lookahead", NesterovIterate::lookahead}},
              "which of the two sequences is reported: x_k, or y_k where the gradient is taken")
      .real("mu", &O::mu, positive(), "from the problem's facts", "strong convexity")
      .real("lipschitz", &O::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient");
  return Schedule::add_options(table).rule(broken_rule);
}

SolverEntry Nesterov::entry() {
  return registry_entry<Solver, Nesterov>(
      "nesterov", "accelerated gradient: a gradient step from a point ahead of the iterate",
      {{"needs", "gradient; sequence=fista: L; strongly_convex and quadratic_optimal: mu and L"},
       {"cost", "1 gradient an iteration"},
       {"rate",
        "convex (fista): 2 L R^2/(k+1)^2; strongly convex: 1 - 1/sqrt(kappa) in f; quadratics "
        "(quadratic_optimal): 1 - 2/sqrt(3 kappa+1) in the distance"},
       {"source",
        "Nesterov 1983; Nesterov 2004, section 2.2; Beck & Teboulle 2009; Lessard, Recht & Packard 2016"}});
}

Nesterov::Nesterov(const Options& options) : options_(options), schedule_(options) {}

std::optional<Nesterov::Parameters> Nesterov::parameters(const Options& options, const Facts& facts) {
  const SmoothnessConstants constants = smoothness_constants(options, facts);
  const auto [mu, L] = constants;
  switch (options.sequence) {
    case NesterovSequence::constant:
      return Parameters{.eta = options.learning_rate.value_or(default_learning_rate), .beta = options.momentum};
    case NesterovSequence::fista:
      if (!options.learning_rate && !L) return std::nullopt;
      return Parameters{.eta = options.learning_rate ? *options.learning_rate : 1 / *L, .beta = 0};
    case NesterovSequence::strongly_convex:
      if (!constants.both()) return std::nullopt;
      return Parameters{.eta = 1 / *L, .beta = accelerated_factor(*mu, *L)};
    case NesterovSequence::quadratic_optimal: {
      if (!constants.both()) return std::nullopt;
      const double root = std::sqrt(3 * *L / *mu + 1);
      return Parameters{.eta = 4 / (3 * *L + *mu), .beta = (root - 2) / (root + 2)};
    }
  }
  return std::nullopt;
}

std::string Nesterov::missing(const Problem& problem) const {
  if (parameters(options_, problem.facts())) return {};
  return options_.sequence == NesterovSequence::fista
             ? "a known Lipschitz constant (give the option lipschitz or learning_rate)"
             : "known constants mu <= L (give the options mu and lipschitz)";
}

const Point& Nesterov::current() const { return options_.iterate == NesterovIterate::main ? current_ : ahead_; }

Knowledge Nesterov::knowledge() const {
  return options_.iterate == NesterovIterate::main ? Knowledge::point : Knowledge::gradient;
}

void Nesterov::properties(std::span<double> values) const {
  values[0] = eta_;
  values[1] = beta_;
}

std::optional<StopReason> Nesterov::start(Oracle& f, const Vector& x0) {
  const Parameters parameters = Nesterov::parameters(options_, f.facts()).value();
  eta_base_ = parameters.eta;
  beta_base_ = parameters.beta;
  eta_ = 0;
  beta_ = 0;
  t_ = 1;
  const Index n = x0.size();
  ahead_.resize(n);
  ahead_trial_.resize(n);
  v_.setZero(n);
  x_trial_.setZero(n);
  current_.x = x0;
  ahead_.x = x0;  // v_0 = 0
  if (!f.evaluate(ahead_)) return StopReason::non_finite;
  schedule_.start(ahead_.value);
  return std::nullopt;
}

// With v_k = x_k - x_{k-1}, so that y_k = x_k + beta_k v_k.
StepInfo Nesterov::step(Oracle& f) {
  const double eta = eta_base_ * schedule_.factor();
  const double t_next = (1 + std::sqrt(1 + 4 * t_ * t_)) / 2;
  const double beta_next = options_.sequence == NesterovSequence::fista ? (t_ - 1) / t_next : beta_base_;

  const bool reports_main = options_.iterate == NesterovIterate::main;
  f.require_one_evaluation();
  const double squared_length = sum_over_blocks(v_.size(), [&](Index first, Index size) {
    v_.segment(first, size) = beta_ * v_.segment(first, size) - eta * ahead_.gradient.segment(first, size);
    x_trial_.segment(first, size) = current_.x.segment(first, size) + v_.segment(first, size);
    ahead_trial_.x.segment(first, size) = x_trial_.segment(first, size) + beta_next * v_.segment(first, size);
    return reports_main ? (x_trial_.segment(first, size) - current_.x.segment(first, size)).squaredNorm()
                        : (ahead_trial_.x.segment(first, size) - ahead_.x.segment(first, size)).squaredNorm();
  });
  if (!f.evaluate(ahead_trial_)) return stopped(StopReason::non_finite);

  swap(ahead_, ahead_trial_);
  current_.x.swap(x_trial_);
  schedule_.advance(ahead_.value);
  eta_ = eta;
  beta_ = beta_next;
  t_ = t_next;
  return moved(std::sqrt(squared_length));
}

}  // namespace optbed
