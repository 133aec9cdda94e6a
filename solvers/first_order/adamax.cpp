#include "solvers/first_order/adamax.hpp"

#include <algorithm>

#include "solvers/first_order/elements.hpp"

namespace optbed {

OptionTable<AdamaxOptions> Adamax::option_table() {
  OptionTable<Options> table;
  return add_first_order_options(add_moment_options(table));
}

SolverEntry Adamax::entry() {
  return registry_entry<Solver, Adamax>("adamax",
                                        "Adam with the largest past gradient for the root of the mean square",
                                        {{"needs", "gradient"},
                                         {"cost", "1 gradient an iteration, one pass over five n-vectors"},
                                         {"rate", "none in general"},
                                         {"source", "Kingma & Ba 2015, algorithm 2"}});
}

double Adamax::reset(const Facts& /*facts*/, const Vector& x0) {
  m_.setZero(x0.size());
  u_.setZero(x0.size());
  return options_.learning_rate;
}

double Adamax::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double beta1 = options_.beta1;
  const double beta2 = options_.beta2;
  const double epsilon = options_.epsilon;
  const double step = eta / weight_of_samples(beta1, t);
  return move_elements(x, x_next, [&](Index i) {
    average_in(m_[i], beta1, g[i]);
    u_[i] = std::max(beta2 * u_[i], std::abs(g[i]));
    return -step * ratio(m_[i], u_[i] + epsilon);
  });
}

}  // namespace optbed
