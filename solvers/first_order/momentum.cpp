#include "solvers/first_order/momentum.hpp"

#include <cmath>

#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/elements.hpp"

namespace optbed {
namespace {

std::string broken_rule(const MomentumOptions& options, const std::set<std::string>& given) {
  const bool optimal = options.tuning == Tuning::optimal;
  for (const char* name : {"learning_rate", "momentum"}) {
    if (optimal && given.count(name)) return fmt::format("'{}' and 'tuning=optimal' exclude each other", name);
  }
  for (const char* name : {"mu", "lipschitz"}) {
    if (!optimal && given.count(name)) return fmt::format("'{}' needs tuning=optimal", name);
  }
  return {};
}

}  // namespace

OptionTable<MomentumOptions> Momentum::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("learning_rate", &O::learning_rate, positive(), "step size eta")
      .real("momentum", &O::momentum, right_open(0, 1), "beta")
      .choice("form", &O::form,
              {{"velocity", MomentumForm::velocity},
               {"outside", MomentumForm::outside},
               {"average", MomentumForm::average}},
              "v = beta v - eta g; or z = beta z + g and eta z; or m = beta m + (1-beta) g and eta m")
      .choice("tuning", &O::tuning, {{"manual", Tuning::manual}, {"optimal", Tuning::optimal}},
              "optimal: the best step size and beta for a quadratic with this mu and L")
      .real("mu", &O::mu, positive(), "from the problem's facts", "strong convexity, for tuning=optimal")
      .real("lipschitz", &O::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient, for tuning=optimal");
  return add_first_order_options(table).rule(broken_rule);
}

SolverEntry Momentum::entry() {
  return registry_entry<Solver, Momentum>(
      "momentum", "the heavy ball: gradient descent that keeps a part beta of its last step",
      {{"needs", "gradient; tuning=optimal: mu and L"},
       {"cost", "1 gradient an iteration"},
       {"rate",
        "quadratics, optimal tuning: (sqrt(kappa)-1)/(sqrt(kappa)+1), after a transient of about "
        "sqrt(kappa)/e"},
       {"source", "Polyak 1964; Lessard, Recht & Packard 2016"}});
}

std::optional<Momentum::Parameters> Momentum::parameters(const Options& options, const Facts& facts) {
  if (options.tuning == Tuning::optimal) {
    const SmoothnessConstants constants = smoothness_constants(options, facts);
    if (!constants.both()) return std::nullopt;
    const double roots = std::sqrt(*constants.lipschitz) + std::sqrt(*constants.mu);
    const double q = accelerated_factor(*constants.mu, *constants.lipschitz);
    return Parameters{.alpha = 4 / (roots * roots), .beta = q * q};
  }
  const double beta = options.momentum;
  const double scale = options.form == MomentumForm::average ? 1 - beta : 1;
  return Parameters{.alpha = options.learning_rate * scale, .beta = beta};
}

std::string Momentum::missing_facts(const Facts& facts) const {
  if (parameters(options_, facts)) return {};
  return "known constants mu <= L (give the options mu and lipschitz)";
}

double Momentum::reset(const Facts& facts, const Vector& x0) {
  const Parameters parameters = Momentum::parameters(options_, facts).value();
  beta_ = parameters.beta;
  v_.setZero(x0.size());
  // The average form's own step size: (1 - beta) is inside its average.
  return options_.form == MomentumForm::average ? parameters.alpha / (1 - beta_) : parameters.alpha;
}

double Momentum::update(long /*t*/, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double beta = beta_;
  // v = beta v + gradient_scale g, and x moves by step_scale v.
  double gradient_scale = 1;
  double step_scale = -eta;
  switch (options_.form) {
    case MomentumForm::velocity:
      gradient_scale = -eta;
      step_scale = 1;
      break;
    case MomentumForm::outside:
      break;
    case MomentumForm::average:
      gradient_scale = 1 - beta;
      break;
  }
  return move_elements(x, x_next, [&](Index i) {
    v_[i] = beta * v_[i] + gradient_scale * g[i];
    return step_scale * v_[i];
  });
}

}  // namespace optbed
