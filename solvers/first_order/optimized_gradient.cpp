#include "solvers/first_order/optimized_gradient.hpp"

#include <cmath>

#include "solvers/first_order/constants.hpp"
#include "solvers/first_order/elements.hpp"

namespace optbed {

OptionTable<OptimizedGradientOptions> OptimizedGradient::option_table() {
  OptionTable<Options> table;
  table
      .choice("iterate", &Options::iterate,
              {{"final", OptimizedGradientIterate::final}, {"ongoing", OptimizedGradientIterate::ongoing}},
              "which point is reported: the last one of a run that ends here, or where the gradient is taken")
      .real("lipschitz", &Options::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient; the step size is 1/L");
  return add_first_order_options(table);
}

SolverEntry OptimizedGradient::entry() {
  return registry_entry<Solver, OptimizedGradient>(
      "optimized_gradient", "the first-order method with the best bound on convex smooth functions",
      {{"needs", "gradient and L"},
       {"cost", "1 gradient an iteration, one pass over six n-vectors"},
       {"rate", "convex L-smooth: L R^2/(2 theta_k^2) <= L R^2/(k+1)^2, half of Nesterov's"},
       {"source", "Kim & Fessler 2016, section 6; Drori & Teboulle 2014"}});
}

double OptimizedGradient::next_theta(double theta) { return (1 + std::sqrt(1 + 4 * theta * theta)) / 2; }
double OptimizedGradient::last_theta(double theta) { return (1 + std::sqrt(1 + 8 * theta * theta)) / 2; }

std::string OptimizedGradient::missing_facts(const Facts& facts) const {
  return lipschitz_constant(options_, facts) ? "" : "a known Lipschitz constant (give the option lipschitz)";
}

const Point& OptimizedGradient::current() const {
  return options_.iterate == OptimizedGradientIterate::final ? final_ : evaluated();
}

Knowledge OptimizedGradient::knowledge() const {
  return options_.iterate == OptimizedGradientIterate::final ? Knowledge::point
                                                             : ElementWiseMethod::knowledge();
}

double OptimizedGradient::reset(const Facts& facts, const Vector& x0) {
  final_.x = x0;
  final_next_.setZero(x0.size());
  y_ = x0;
  theta_ = 1;
  return 1 / lipschitz_constant(options_, facts).value();
}

double OptimizedGradient::update(long /*t*/, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  theta_next_ = next_theta(theta_);
  const double to_next = 1 / theta_next_;
  const double to_final = 1 / last_theta(theta_);
  const double theta = theta_;
  const bool reports_final = options_.iterate == OptimizedGradientIterate::final;
  return sum_over_elements(x.size(), [&](Index i) {
    const double y_next = x[i] - eta * g[i];
    const double ahead = (theta - 1) * (y_next - y_[i]) + theta * (y_next - x[i]);
    y_[i] = y_next;
    x_next[i] = y_next + to_next * ahead;
    final_next_[i] = y_next + to_final * ahead;
    const double moved = reports_final ? final_next_[i] - final_.x[i] : x_next[i] - x[i];
    return moved * moved;
  });
}

double OptimizedGradient::commit(double squared_length) {
  final_.x.swap(final_next_);
  theta_ = theta_next_;
  return squared_length;
}

}  // namespace optbed
