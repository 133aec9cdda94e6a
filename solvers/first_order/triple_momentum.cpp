#include "solvers/first_order/triple_momentum.hpp"

#include <cmath>

#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/elements.hpp"

namespace optbed {

OptionTable<TripleMomentumOptions> TripleMomentum::option_table() {
  OptionTable<Options> table;
  table.real("mu", &Options::mu, positive(), "from the problem's facts", "strong convexity")
      .real("lipschitz", &Options::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient");
  return add_first_order_options(table);
}

SolverEntry TripleMomentum::entry() {
  return registry_entry<Solver, TripleMomentum>(
      "triple_momentum", "the first-order method with the best factor on strongly convex smooth functions",
      {{"needs", "gradient, mu and L"},
       {"cost", "1 gradient an iteration, one pass over six n-vectors"},
       {"rate", "strongly convex, smooth: 1 - 1/sqrt(kappa) in the distance"},
       {"source", "Van Scoy, Freeman & Lynch 2018"}});
}

std::optional<TripleMomentum::Parameters> TripleMomentum::parameters(const Options& options,
                                                                     const Facts& facts) {
  const SmoothnessConstants constants = smoothness_constants(options, facts);
  if (!constants.both()) return std::nullopt;
  const double rho = 1 - std::sqrt(*constants.mu / *constants.lipschitz);
  return Parameters{.rho = rho,
                    .alpha = (1 + rho) / *constants.lipschitz,
                    .beta = rho * rho / (2 - rho),
                    .gamma = rho * rho / ((1 + rho) * (2 - rho)),
                    .delta = rho * rho / (1 - rho * rho)};
}

std::string TripleMomentum::missing_facts(const Facts& facts) const {
  if (parameters(options_, facts)) return {};
  return "known constants mu <= L (give the options mu and lipschitz)";
}

double TripleMomentum::reset(const Facts& facts, const Vector& x0) {
  parameters_ = parameters(options_, facts).value();
  output_.x = x0;
  output_next_.setZero(x0.size());
  xi_ = x0;
  v_.setZero(x0.size());
  return parameters_.alpha;
}

double TripleMomentum::update(long /*t*/, double alpha, const Vector& y, const Vector& g, Vector& y_next) {
  const double beta = parameters_.beta;
  const double gamma = parameters_.gamma;
  const double delta = parameters_.delta;
  return sum_over_elements(y.size(), [&](Index i) {
    v_[i] = beta * v_[i] - alpha * g[i];
    xi_[i] += v_[i];
    y_next[i] = xi_[i] + gamma * v_[i];
    output_next_[i] = xi_[i] + delta * v_[i];
    const double moved = output_next_[i] - output_.x[i];
    return moved * moved;
  });
}

double TripleMomentum::commit(double squared_length) {
  output_.x.swap(output_next_);
  return squared_length;
}

}  // namespace optbed
