#include "solvers/first_order/coordinate_descent.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/first_order/constants.hpp"

namespace optbed {
namespace {

std::string broken_rule(const CoordinateDescentOptions& options, const std::set<std::string>& given) {
  if (given.count("lipschitz") && options.step != CoordinateStep::inverse_lipschitz) {
    return "'lipschitz' needs step=inverse_lipschitz";
  }
  return {};
}

}  // namespace

OptionTable<CoordinateDescentOptions> CoordinateDescent::option_table() {
  OptionTable<Options> table;
  return table
      .choice("step", &Options::step,
              {{"exact", CoordinateStep::exact},
               {"armijo", CoordinateStep::armijo},
               {"inverse_lipschitz", CoordinateStep::inverse_lipschitz}},
              "the minimiser along the variable, backtracking from 1, or 1/L")
      .choice("order", &Options::order,
              {{"cyclic", CoordinateOrder::cyclic},
               {"random", CoordinateOrder::random},
               {"greedy", CoordinateOrder::greedy}},
              "which variable is next: the following one, any, or that with the largest derivative")
      .real("lipschitz", &Options::lipschitz, positive(), "from the problem's facts",
            "Lipschitz constant L of the gradient, for step=inverse_lipschitz")
      .rule(broken_rule);
}

SolverEntry CoordinateDescent::entry() {
  return registry_entry<Solver, CoordinateDescent>(
      "coordinate_descent", "one variable at a time, along its derivative",
      {{"needs", "gradient; step=exact on a quadratic: Hessian-vector product; step=inverse_lipschitz: L"},
       {"cost", "1 gradient an iteration, which moves one variable, and what the step costs"},
       {"rate", "strongly convex, smooth, order=greedy: 1 - mu/(n L) in f; order=random the same on average"},
       {"source", "Wright 2015; Nesterov 2012; Nutini et al. 2015"}});
}

CoordinateDescent::CoordinateDescent(const Options& options) : options_(options) {
  if (options.step == CoordinateStep::exact) line_search_ = make_line_search(LineSearchKind::exact);
  if (options.step == CoordinateStep::armijo) line_search_ = make_line_search(LineSearchKind::armijo);
}

std::string CoordinateDescent::missing(const Problem& problem) const {
  const bool needs_constant = options_.step == CoordinateStep::inverse_lipschitz;
  return needs_constant && !lipschitz_constant(options_, problem.facts())
             ? "a known Lipschitz constant (give the option lipschitz)"
             : "";
}

std::optional<StopReason> CoordinateDescent::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  direction_.setZero(n);
  if (line_search_) line_search_->start(n);
  random_ = Random(f.seed());
  first_ = 0;
  moved_ = -1;
  if (options_.order == CoordinateOrder::random) first_ = random_.index(n);
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  return std::nullopt;
}

// The variable to move; the gradient is not 0.
Index CoordinateDescent::coordinate() const {
  const Vector& g = current_.gradient;
  Index i = first_;
  if (options_.order == CoordinateOrder::greedy) {
    g.cwiseAbs().maxCoeff(&i);
  } else {
    while (g[i] == 0) i = (i + 1) % g.size();
  }
  return i;
}

StepInfo CoordinateDescent::step(Oracle& f) {
  if (current_.gradient_norm == 0) return moved(0);
  const Index n = current_.x.size();
  const Index i = coordinate();
  direction_.setZero();
  direction_[i] = -current_.gradient[i];
  const StepInfo info = line_search_ ? searched_step(f) : fixed_step(f, i);
  if (info.stop) return info;
  moved_ = i;
  // Only now, so that a step for which the budget does not suffice can be taken again.
  first_ = options_.order == CoordinateOrder::random ? random_.index(n) : (i + 1) % n;
  return info;
}

StepInfo CoordinateDescent::searched_step(Oracle& f) {
  const double first_trial =
      options_.step == CoordinateStep::armijo ? 1 : std::min(1.0, 1 / current_.gradient_norm);
  return line_search_step(f, *line_search_, direction_, first_trial, current_, trial_);
}

StepInfo CoordinateDescent::fixed_step(Oracle& f, Index i) {
  const double L = lipschitz_constant(options_, f.facts()).value();
  trial_.x = current_.x;
  trial_.x[i] += direction_[i] / L;
  const double length = std::abs(trial_.x[i] - current_.x[i]);
  if (!f.evaluate(trial_)) return stopped(StopReason::non_finite);
  swap(current_, trial_);
  return moved(length);
}

}  // namespace optbed
