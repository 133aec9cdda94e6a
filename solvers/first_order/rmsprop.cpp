#include "solvers/first_order/rmsprop.hpp"

#include "solvers/first_order/elements.hpp"
#include "solvers/first_order/moments.hpp"

namespace optbed {

OptionTable<RmspropOptions> Rmsprop::option_table() {
  OptionTable<Options> table;
  table.real("learning_rate", &Options::learning_rate, positive(), "step size eta")
      .real("rho", &Options::rho, right_open(0, 1), "what the average of squares keeps of itself");
  add_epsilon_options(table).choice(
      "square", &Options::square,
      {{"gradient", AveragedSquare::gradient}, {"previous_product", AveragedSquare::previous_product}},
      "what is averaged: g_k^2, or g_{k-1} g_k, which is negative where a gradient changes its sign and "
      "makes x NaN");
  return add_first_order_options(table);
}

SolverEntry Rmsprop::entry() {
  return registry_entry<Solver, Rmsprop>(
      "rmsprop", "steps divided by the root of a running average of squared gradients",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over four n-vectors"},
       {"rate", "a constant step ends in an orbit of +-eta/2; no step exceeds eta/sqrt(1-rho) in a variable"},
       {"source", "Tieleman & Hinton 2012, lecture 6e"}});
}

double Rmsprop::reset(const Facts& /*facts*/, const Vector& x0) {
  s_.setZero(x0.size());
  if (options_.square == AveragedSquare::previous_product) g_previous_.setZero(x0.size());
  return options_.learning_rate;
}

double Rmsprop::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double rho = options_.rho;
  const RegularisedRoot root(options_.epsilon, options_.epsilon_placement);
  if (options_.square == AveragedSquare::previous_product) {
    if (t == 1) g_previous_ = g;
    return move_elements(x, x_next, [&](Index i) {
      average_in(s_[i], rho, g_previous_[i] * g[i]);
      g_previous_[i] = g[i];
      return -eta * ratio(g[i], root(s_[i]));
    });
  }
  return move_elements(x, x_next, [&](Index i) {
    average_in(s_[i], rho, g[i] * g[i]);
    return -eta * ratio(g[i], root(s_[i]));
  });
}

}  // namespace optbed
