#include "solvers/first_order/adam.hpp"

#include "solvers/first_order/elements.hpp"

namespace optbed {
namespace {

std::string broken_rule(const AdamOptions& options, const std::set<std::string>& /*given*/) {
  if (options.epsilon_form == EpsilonForm::hat && !options.bias_correction) {
    return "'epsilon_form=hat' and 'bias_correction=false' exclude each other: it is a form of the correction";
  }
  return {};
}

}  // namespace

OptionTable<AdamOptions> Adam::option_table() {
  OptionTable<Options> table;
  add_moment_options(table)
      .flag("bias_correction", &Options::bias_correction, "divide m by 1 - beta1^t and v by 1 - beta2^t")
      .choice("epsilon_form", &Options::epsilon_form,
              {{"plain", EpsilonForm::plain}, {"hat", EpsilonForm::hat}},
              "plain: added to the root of the corrected v; hat: to that of v itself");
  return add_first_order_options(table).rule(broken_rule);
}

SolverEntry Adam::entry() {
  return registry_entry<Solver, Adam>(
      "adam", "the averaged gradient over the root of the averaged squared gradient",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over five n-vectors"},
       {"rate", "none in general: on some convex online problems it goes to the worst point"},
       {"source", "Kingma & Ba 2015, algorithm 1; Reddi, Kale & Kumar 2018"}});
}

double Adam::reset(const Facts& /*facts*/, const Vector& x0) {
  m_.setZero(x0.size());
  v_.setZero(x0.size());
  return options_.learning_rate;
}

double Adam::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double beta1 = options_.beta1;
  const double beta2 = options_.beta2;
  const double epsilon = options_.epsilon;
  // x -= step m/(sqrt(v/v_weight) + epsilon)
  double step = eta;
  double v_weight = 1;
  if (options_.bias_correction) {
    step /= weight_of_samples(beta1, t);
    if (options_.epsilon_form == EpsilonForm::hat) {
      step *= std::sqrt(weight_of_samples(beta2, t));
    } else {
      v_weight = weight_of_samples(beta2, t);
    }
  }
  return move_elements(x, x_next, [&](Index i) {
    average_in(m_[i], beta1, g[i]);
    average_in(v_[i], beta2, g[i] * g[i]);
    return -step * ratio(m_[i], std::sqrt(v_[i] / v_weight) + epsilon);
  });
}

}  // namespace optbed
