#include "solvers/first_order/nesterov.hpp"

#include <cmath>

#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/elements.hpp"

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
  return add_first_order_options(table).rule(broken_rule);
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

std::string Nesterov::missing_facts(const Facts& facts) const {
  if (parameters(options_, facts)) return {};
  return options_.sequence == NesterovSequence::fista
             ? "a known Lipschitz constant (give the option lipschitz or learning_rate)"
             : "known constants mu <= L (give the options mu and lipschitz)";
}

const Point& Nesterov::current() const {
  return options_.iterate == NesterovIterate::main ? main_ : evaluated();
}

Knowledge Nesterov::knowledge() const {
  return options_.iterate == NesterovIterate::main ? Knowledge::point : ElementWiseMethod::knowledge();
}

void Nesterov::properties(std::span<double> values) const {
  ElementWiseMethod::properties(values);
  values[1] = beta_;
}

double Nesterov::reset(const Facts& facts, const Vector& x0) {
  const Parameters parameters = Nesterov::parameters(options_, facts).value();
  main_.x = x0;
  x_next_.setZero(x0.size());
  v_.setZero(x0.size());  // so that y_0 = x_0
  beta_base_ = parameters.beta;
  beta_ = 0;
  t_ = 1;
  return parameters.eta;
}

// With v_k = x_k - x_{k-1}, so that y_k = x_k + beta_k v_k.
double Nesterov::update(long /*t*/, double eta, const Vector& y, const Vector& g, Vector& y_next) {
  t_next_ = (1 + std::sqrt(1 + 4 * t_ * t_)) / 2;
  beta_next_ = options_.sequence == NesterovSequence::fista ? (t_ - 1) / t_next_ : beta_base_;

  const bool reports_main = options_.iterate == NesterovIterate::main;
  const double beta = beta_;
  const double beta_next = beta_next_;
  return sum_over_elements(y.size(), [&](Index i) {
    v_[i] = beta * v_[i] - eta * g[i];
    x_next_[i] = main_.x[i] + v_[i];
    y_next[i] = x_next_[i] + beta_next * v_[i];
    const double moved = reports_main ? x_next_[i] - main_.x[i] : y_next[i] - y[i];
    return moved * moved;
  });
}

double Nesterov::commit(double squared_length) {
  main_.x.swap(x_next_);
  beta_ = beta_next_;
  t_ = t_next_;
  return squared_length;
}

}  // namespace optbed
