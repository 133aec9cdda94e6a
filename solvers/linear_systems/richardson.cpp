#include "solvers/linear_systems/richardson.hpp"

#include "solvers/linear_systems/eigenvalue_bounds.hpp"

namespace optbed {
namespace {

std::string broken_rule(const RichardsonOptions& /*options*/, const std::set<std::string>& given) {
  if (!given.count("learning_rate")) return {};
  for (const char* name : {"mu", "lipschitz"}) {
    if (given.count(name)) return fmt::format("'{}' and 'learning_rate' exclude each other", name);
  }
  return {};
}

}  // namespace

OptionTable<RichardsonOptions> Richardson::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.real("learning_rate", &O::learning_rate, positive(), "2/(mu + L)", "step length eta");
  return add_eigenvalue_bounds(table).rule(broken_rule);
}

SolverEntry Richardson::entry() {
  return registry_entry<Solver, Richardson>(
      "richardson", "x + eta (b - A x): gradient descent on a linear system",
      {{"needs", "a linear system; without learning_rate: mu and L, the extreme eigenvalues of A"},
       {"cost", "1 product with A an iteration"},
       {"rate", "A positive definite: max(|1 - eta mu|, |1 - eta L|); (kappa-1)/(kappa+1) at eta = 2/(mu + L)"},
       {"source", "Richardson 1910; Saad 2003, section 4.2.1"}});
}

std::optional<double> Richardson::step_length(const Options& options, bool is_gradient, const Facts& facts) {
  if (options.learning_rate) return options.learning_rate;
  const SmoothnessConstants bounds = eigenvalue_bounds(options, is_gradient, facts);
  if (!bounds.both()) return std::nullopt;
  return 2 / (*bounds.mu + *bounds.lipschitz);
}

std::string Richardson::lacking(const LinearSystem& system, const Facts& facts) const {
  return step_length(options_, system.is_gradient(), facts) ? ""
                                                            : lacking_eigenvalue_bounds + " or learning_rate)";
}

std::optional<StopReason> Richardson::prepare(Oracle& f) {
  eta_ = step_length(options_, f.system_is_gradient(), f.facts()).value();
  return std::nullopt;
}

StepInfo Richardson::step(Oracle& f) {
  trial_ = current_.x + eta_ * r_;
  return move_to_trial(f);
}

}  // namespace optbed
