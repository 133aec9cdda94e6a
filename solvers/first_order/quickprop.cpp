#include "solvers/first_order/quickprop.hpp"

#include "solvers/first_order/elements.hpp"

namespace optbed {
namespace {

std::string broken_rule(const QuickpropOptions& options, const std::set<std::string>& given) {
  const bool fahlman = options.variant == QuickpropVariant::fahlman;
  if (given.count("growth_limit") && !fahlman) return "'growth_limit' needs variant=fahlman";
  if (given.count("sign") && fahlman) return "'sign' needs variant=secant";
  return {};
}

// The step after d, by Fahlman's rules, for limit = growth_limit.
double safeguarded_step(double eta, double limit, double d, double g_previous, double g) {
  if (d == 0) return -eta * g;
  const double toward = sign(d);  // the direction in which it moves; downhill where toward g < 0
  const double gradient_step = toward * g < 0 ? -eta * g : 0;
  const double shrunk = limit / (1 + limit) * g_previous;
  // The secant would go further than limit d, or backwards.
  const bool is_too_long = d < 0 ? g > shrunk : g < shrunk;
  if (is_too_long) return gradient_step + limit * d;
  return g == 0 ? gradient_step : gradient_step + d * g / (g_previous - g);
}

}  // namespace

OptionTable<QuickpropOptions> Quickprop::option_table() {
  OptionTable<Options> table;
  table
      .choice("variant", &Options::variant,
              {{"secant", QuickpropVariant::secant}, {"fahlman", QuickpropVariant::fahlman}},
              "the secant step itself, or with Fahlman's safeguards")
      .real("learning_rate", &Options::learning_rate, positive(), "eta of the gradient steps")
      .real("growth_limit", &Options::growth_limit, positive(),
            "of variant=fahlman: a step is at most so many times the last one")
      .choice("sign", &Options::sign, {{"descent", SecantSign::descent}, {"reversed", SecantSign::reversed}},
              "of variant=secant: d g/(g_prev - g), or d g/(g - g_prev), which goes the wrong way");
  return add_first_order_options(table).rule(broken_rule);
}

SolverEntry Quickprop::entry() {
  return registry_entry<Solver, Quickprop>(
      "quickprop", "a secant step in each variable by itself",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over five n-vectors"},
       {"rate", "two steps on a separable quadratic; none is known elsewhere"},
       {"source", "Fahlman 1988, section 3"}});
}

double Quickprop::reset(const Facts& /*facts*/, const Vector& x0) {
  d_.setZero(x0.size());
  g_previous_.setZero(x0.size());
  return options_.learning_rate;
}

double Quickprop::update(long t, double eta, const Vector& x, const Vector& g, Vector& x_next) {
  if (options_.variant == QuickpropVariant::fahlman) {
    const double limit = options_.growth_limit;
    return move_elements(x, x_next, [&](Index i) {
      d_[i] = safeguarded_step(eta, limit, d_[i], g_previous_[i], g[i]);
      g_previous_[i] = g[i];
      return d_[i];
    });
  }
  const double direction = options_.sign == SecantSign::descent ? 1 : -1;
  return move_elements(x, x_next, [&](Index i) {
    const double y = g_previous_[i] - g[i];
    d_[i] = t == 1 ? -eta * g[i] : y == 0 ? 0 : direction * d_[i] * g[i] / y;
    g_previous_[i] = g[i];
    return d_[i];
  });
}

}  // namespace optbed
