#include "solvers/first_order/amsgrad.hpp"

#include <algorithm>

#include "solvers/first_order/elements.hpp"

namespace optbed {

OptionTable<AmsgradOptions> Amsgrad::option_table() {
  OptionTable<Options> table;
  add_moment_options(table).flag("bias_correction", &Options::bias_correction,
                                 "divide m by 1 - beta1^t and the largest v by 1 - beta2^t");
  return add_first_order_options(table);
}

SolverEntry Amsgrad::entry() {
  return registry_entry<Solver, Amsgrad>("amsgrad", "Adam whose divisor never falls",
                                         {{"needs", "gradient"},
                                          {"cost", "1 gradient an iteration, one pass over six n-vectors"},
                                          {"rate", "online convex, eta/sqrt(t): regret O(sqrt(T))"},
                                          {"source", "Reddi, Kale & Kumar 2018, algorithm 2"}});
}

double Amsgrad::reset(const Facts& /*facts*/, const Vector& x0) {
  m_.setZero(x0.size());
  v_.setZero(x0.size());
  w_.setZero(x0.size());
  return options_.learning_rate;
}

double Amsgrad::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  const double beta1 = options_.beta1;
  const double beta2 = options_.beta2;
  const double epsilon = options_.epsilon;
  const double step = options_.bias_correction ? eta / weight_of_samples(beta1, t) : eta;
  const double w_weight = options_.bias_correction ? weight_of_samples(beta2, t) : 1;
  return move_elements(x, x_next, [&](Index i) {
    average_in(m_[i], beta1, g[i]);
    average_in(v_[i], beta2, g[i] * g[i]);
    w_[i] = std::max(w_[i], v_[i]);
    return -step * ratio(m_[i], std::sqrt(w_[i] / w_weight) + epsilon);
  });
}

}  // namespace optbed
