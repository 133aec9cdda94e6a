#include "solvers/first_order/rprop.hpp"

#include <algorithm>
#include <tuple>

#include "solvers/first_order/elements.hpp"
#include "solvers/first_order/rprop_from_best_sign.hpp"

namespace optbed {
namespace {

std::string broken_rule(const RpropOptions& options, const std::set<std::string>& /*given*/) {
  const auto [initial, largest, least] = std::tuple(options.initial_step, options.max_step, options.min_step);
  if (least > largest) return fmt::format("'min_step' = {} is above 'max_step' = {}", least, largest);
  if (initial > largest) return fmt::format("'initial_step' = {} is above 'max_step' = {}", initial, largest);
  if (initial < least) return fmt::format("'initial_step' = {} is below 'min_step' = {}", initial, least);
  return {};
}

}  // namespace

OptionTable<RpropOptions> Rprop::option_table() {
  OptionTable<Options> table;
  table
      .choice(
          "variant", &Options::variant,
          {{"irprop_minus", RpropVariant::irprop_minus},
           {"rprop_plus", RpropVariant::rprop_plus},
           {"lecture", RpropVariant::lecture},
           {"lecture_signed_caps", RpropVariant::lecture_signed_caps}},
          "where a derivative changes its sign: wait once; take the last step back; or go back and remember "
          "the sign from there, which can end in a deadlock (signed_caps: with bounds on the signed step, so "
          "that negative ones are not capped and turn round when they shrink)")
      .real("increase", &Options::increase, greater_than(1), "factor of a step size that grows")
      .real("decrease", &Options::decrease, open(0, 1), "factor of a step size that shrinks")
      .real("initial_step", &Options::initial_step, positive(), "first step size of every variable")
      .real("max_step", &Options::max_step, positive(), "largest step size")
      .real("min_step", &Options::min_step, at_least(0), "smallest step size");
  return GradientSource::add_options(table).rule(broken_rule);
}

SolverEntry Rprop::entry() {
  SolverEntry entry = registry_entry<Solver, Rprop>(
      "rprop", "a step size for each variable, from the signs of its derivative alone",
      {{"needs", "gradient"},
       {"cost", "1 gradient an iteration, one pass over five n-vectors (rprop_plus: six)"},
       {"rate", "none is known; on a separable function the same iterates whatever the curvatures"},
       {"source", "Riedmiller & Braun 1993; Igel & Hüsken 2003"}});
  entry.make = [name = entry.name](const KeyValues& values) -> std::unique_ptr<Solver> {
    const Options options = option_table().parse(name, values);
    switch (options.variant) {
      case RpropVariant::irprop_minus:
      case RpropVariant::rprop_plus:
        return std::make_unique<Rprop>(options);
      case RpropVariant::lecture:
      case RpropVariant::lecture_signed_caps:
        return std::make_unique<RpropFromBestSign>(options);
    }
    return nullptr;
  };
  return entry;
}

double Rprop::reset(const Facts& /*facts*/, const Vector& x0) {
  const Index n = x0.size();
  D_.setConstant(n, options_.initial_step);
  g_previous_.setZero(n);
  if (options_.variant == RpropVariant::rprop_plus) dx_.setZero(n);
  return 1;
}

double Rprop::update(long /*t*/, double /*eta*/, const Vector& x, const Vector& g, Vector& x_next) {
  const double a = options_.increase;
  const double b = options_.decrease;
  const double D_max = options_.max_step;
  const double D_min = options_.min_step;
  const auto resize = [=](double D, double s) {
    return s > 0 ? std::min(a * D, D_max) : s < 0 ? std::max(b * D, D_min) : D;
  };
  if (options_.variant == RpropVariant::rprop_plus) {
    return move_elements(x, x_next, [&](Index i) {
      const double s = g[i] * g_previous_[i];
      D_[i] = resize(D_[i], s);
      const double dx = s < 0 ? -dx_[i] : -with_sign_of(g[i], D_[i]);
      dx_[i] = s < 0 ? 0 : dx;
      g_previous_[i] = s < 0 ? 0 : g[i];
      return dx;
    });
  }
  return move_elements(x, x_next, [&](Index i) {
    const double s = g[i] * g_previous_[i];
    D_[i] = resize(D_[i], s);
    g_previous_[i] = s < 0 ? 0 : g[i];
    return -with_sign_of(g_previous_[i], D_[i]);
  });
}

}  // namespace optbed
