#include "solvers/stochastic/sgd.hpp"

namespace optbed {

OptionTable<SgdOptions> Sgd::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta");
  return add_first_order_options(table, "1");
}

GradientDescentOptions Sgd::with_fixed_step(const Options& options) {
  GradientDescentOptions fixed;
  static_cast<FirstOrderOptions&>(fixed) = options;
  fixed.learning_rate = options.learning_rate;
  return fixed;
}

SolverEntry Sgd::entry() {
  return registry_entry<Solver, Sgd>(
      "sgd", "stochastic gradient descent: x - eta g with the gradient of a batch of samples",
      {{"needs", "samples of a finite sum"},
       {"cost", "batch_size sample gradients an iteration"},
       {"rate",
        "constant eta: to a ball, Var x = eta s^2/(lambda (2 - eta lambda)) on a quadratic; "
        "eta = c/(lambda (k+1)): k Var x -> c^2 s^2/((2c - 1) lambda^2) for c > 1/2"},
       {"source", "Robbins & Monro 1951; Bottou, Curtis & Nocedal 2018, section 4"}});
}

}  // namespace optbed
