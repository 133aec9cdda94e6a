#include "solvers/first_order/adadelta.hpp"

#include "solvers/first_order/elements.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

OptionTable<AdadeltaOptions> Adadelta::option_table() {
  OptionTable<Options> table;
  table
      .choice("variant", &Options::variant,
              {{"zeiler", AdadeltaVariant::zeiler}, {"weights", AdadeltaVariant::weights}},
              "what scales the step: the average of squared steps, or of the squared variables themselves")
      .real("learning_rate", &Options::learning_rate, positive(), "1; 0.01 for variant=weights",
            "step size eta")
      .real("rho", &Options::rho, right_open(0, 1), "what the averages of squares keep of themselves")
      .real("epsilon", &Options::epsilon, positive(), "added to both averages of squares");
  return add_first_order_options(table);
}

SolverEntry Adadelta::entry() {
  return registry_entry<Solver, Adadelta>(
      "adadelta", "steps in the units of x: the ratio of averaged steps to averaged gradients",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over five n-vectors"},
       {"rate", "none is known"},
       {"source", "Zeiler 2012, algorithm 1"}});
}

double Adadelta::reset(const Facts& /*facts*/, const Vector& x0) {
  E_.setZero(x0.size());
  D_.setZero(x0.size());
  return options_.learning_rate.value_or(options_.variant == AdadeltaVariant::zeiler ? 1 : 0.01);
}

double Adadelta::update(long /*t*/, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double rho = options_.rho;
  const double epsilon = options_.epsilon;
  if (options_.variant == AdadeltaVariant::weights) {
    return move_elements(x, x_next, [&](Index i) {
      average_in(E_[i], rho, g[i] * g[i]);
      average_in(D_[i], rho, x[i] * x[i]);
      return -eta * std::sqrt((D_[i] + epsilon) / (E_[i] + epsilon)) * g[i];
    });
  }
  return move_elements(x, x_next, [&](Index i) {
    average_in(E_[i], rho, g[i] * g[i]);
    const double d = -std::sqrt((D_[i] + epsilon) / (E_[i] + epsilon)) * g[i];
    average_in(D_[i], rho, d * d);
    return eta * d;
  });
}

}  // namespace optbed
