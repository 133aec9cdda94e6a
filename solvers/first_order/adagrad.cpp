#include "solvers/first_order/adagrad.hpp"

#include "solvers/first_order/elements.hpp"

namespace optbed {

OptionTable<AdagradOptions> Adagrad::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta");
  return add_first_order_options(add_epsilon_options(table));
}

SolverEntry Adagrad::entry() {
  return registry_entry<Solver, Adagrad>(
      "adagrad", "steps divided by the root of the sum of all squared gradients",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over four n-vectors"},
       {"rate", "online convex: regret at most sqrt(2) D sum_i |g_{1:T,i}| for eta = D/sqrt(2)"},
       {"source", "Duchi, Hazan & Singer 2011"}});
}

double Adagrad::reset(const Facts& /*facts*/, const Vector& x0) {
  G_.setZero(x0.size());
  return options_.learning_rate;
}

double Adagrad::update(long /*t*/, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const RegularisedRoot root(options_.epsilon, options_.epsilon_placement);
  return move_elements(x, x_next, [&](Index i) {
    G_[i] += g[i] * g[i];
    return -eta * ratio(g[i], root(G_[i]));
  });
}

}  // namespace optbed
