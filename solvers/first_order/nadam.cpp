#include "solvers/first_order/nadam.hpp"

#include "solvers/first_order/elements.hpp"

namespace optbed {
namespace {

std::string broken_rule(const NadamOptions& options, const std::set<std::string>& given) {
  return given.count("psi") && options.variant != NadamVariant::dozat ? "'psi' needs variant=dozat" : "";
}

}  // namespace

OptionTable<NadamOptions> Nadam::option_table() {
  OptionTable<Options> table;
  add_moment_options(table)
      .choice("variant", &Options::variant, {{"ruder", NadamVariant::ruder}, {"dozat", NadamVariant::dozat}},
              "beta1 constant, or rising to it by Dozat's schedule")
      .real("psi", &Options::psi, positive(), "how fast mu_t = beta1 (1 - 0.96^(t psi)/2) rises");
  return add_first_order_options(table).rule(broken_rule);
}

SolverEntry Nadam::entry() {
  return registry_entry<Solver, Nadam>("nadam", "Adam with Nesterov's look-ahead",
                                       {{"needs", "gradient"},
                                        {"cost", "1 gradient an iteration, one pass over five n-vectors"},
                                        {"rate", "none in general"},
                                        {"source", "Dozat 2016; Ruder 2016, (38)"}});
}

double Nadam::reset(const Facts& /*facts*/, const Vector& x0) {
  m_.setZero(x0.size());
  v_.setZero(x0.size());
  P_ = 1;
  return options_.learning_rate;
}

Nadam::Weights Nadam::look_ahead(long t) {
  const double beta1 = options_.beta1;
  if (options_.variant == NadamVariant::ruder) {
    const double correction = weight_of_samples(beta1, t);
    return {.m = beta1 / correction, .g = (1 - beta1) / correction};
  }
  const auto mu = [&](long s) {
    return beta1 * (1 - std::pow(0.96, static_cast<double>(s) * options_.psi) / 2);
  };
  P_next_ = P_ * mu(t);
  return {.m = mu(t + 1) / (1 - P_next_ * mu(t + 1)), .g = (1 - mu(t)) / (1 - P_next_)};
}

double Nadam::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double beta1 = options_.beta1;
  const double beta2 = options_.beta2;
  const double epsilon = options_.epsilon;
  const Weights weights = look_ahead(t);
  const double v_weight = weight_of_samples(beta2, t);
  return move_elements(x, x_next, [&](Index i) {
    average_in(m_[i], beta1, g[i]);
    average_in(v_[i], beta2, g[i] * g[i]);
    return -eta * ratio(weights.m * m_[i] + weights.g * g[i], std::sqrt(v_[i] / v_weight) + epsilon);
  });
}

double Nadam::commit(double squared_length) {
  P_ = P_next_;
  return squared_length;
}

}  // namespace optbed
