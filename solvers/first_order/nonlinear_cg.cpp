#include "solvers/first_order/nonlinear_cg.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

using Formula = ConjugateGradientFormula;
using Restart = ConjugateGradientRestart;

double curvature_condition(const NonlinearCgOptions& options) {
  const bool cg_descent =
      options.formula == Formula::hager_zhang && options.line_search == LineSearchKind::hager_zhang;
  return cg_descent ? 0.9 : 0.1;
}

}  // namespace

OptionTable<NonlinearCgOptions> NonlinearCg::option_table() {
  using O = Options;
  OptionTable<O> table;
  table
      .choice("formula", &O::formula,
              {{"hager_zhang", Formula::hager_zhang},
               {"polak_ribiere_plus", Formula::polak_ribiere_plus},
               {"fletcher_reeves", Formula::fletcher_reeves},
               {"hestenes_stiefel", Formula::hestenes_stiefel},
               {"dai_yuan", Formula::dai_yuan}},
              "beta in d = -g + beta d")
      .choice("line_search", &O::line_search, line_search_choices(), "how the step length along d is found")
      .choice("restart", &O::restart,
              {{"none", Restart::none}, {"powell", Restart::powell}, {"periodic", Restart::periodic}},
              "where d = -g though the formula descends: nowhere, where gradients overlap, every n steps")
      .choice("first_trial", &O::first_trial,
              {{"quadratic_step", FirstTrial::quadratic_step},
               {"first_order_change", FirstTrial::first_order_change}},
              "where the line search begins");
  return table;
}

SolverEntry NonlinearCg::entry() {
  return registry_entry<Solver, NonlinearCg>(
      "nonlinear_cg", "conjugate gradients for any smooth function, with five formulas for beta",
      {{"needs", "gradient; line_search=exact on a quadratic: Hessian-vector product where there is one"},
       {"cost", "a line search and 10 n flops an iteration; six n-vectors of memory"},
       {"rate", "linear; on a quadratic with exact searches the linear method, which ends after n steps"},
       {"source",
        "Fletcher & Reeves 1964; Hager & Zhang 2005; Nocedal & Wright 2006, algorithm 5.4 and section 5.2"}});
}

NonlinearCg::NonlinearCg(const Options& options)
    : options_(options), line_search_(make_line_search(options.line_search, curvature_condition(options))) {}

std::optional<StopReason> NonlinearCg::start(Oracle& f, const Vector& x0) {
  const Index n = x0.size();
  current_.resize(n);
  trial_.resize(n);
  y_.setZero(n);
  line_search_->start(n);
  beta_ = 0;
  last_step_ = 0;
  first_order_change_ = 0;
  steps_since_restart_ = 0;
  current_.x = x0;
  if (!f.evaluate(current_)) return StopReason::non_finite;
  d_ = -current_.gradient;
  return std::nullopt;
}

StepInfo NonlinearCg::step(Oracle& f) {
  if (current_.gradient_norm == 0) return moved(0);
  const double slope = current_.gradient.dot(d_);
  const StepInfo info = line_search_step(f, *line_search_, d_, first_trial(f, slope), current_, trial_);
  if (info.stop || info.length == 0) return info;
  last_step_ = info.length / d_.norm();
  first_order_change_ = last_step_ * slope;

  const double beta = conjugate(current_, trial_);
  ++steps_since_restart_;
  const bool usable = std::isfinite(beta) && !restarts(current_, trial_);
  beta_ = usable ? beta : 0;
  d_ = beta_ * d_ - current_.gradient;
  if (!(current_.gradient.dot(d_) < 0)) {
    beta_ = 0;
    d_ = -current_.gradient;
  }
  if (beta_ == 0) steps_since_restart_ = 0;
  return info;
}

// beta_{k+1} from d_k; may be infinite or NaN.
double NonlinearCg::conjugate(const Point& now, const Point& before) {
  const Vector& g = now.gradient;
  y_ = g - before.gradient;
  switch (options_.formula) {
    case Formula::fletcher_reeves:
      return g.squaredNorm() / before.gradient.squaredNorm();
    case Formula::polak_ribiere_plus:
      return std::max(0.0, g.dot(y_) / before.gradient.squaredNorm());
    case Formula::hestenes_stiefel:
      return g.dot(y_) / d_.dot(y_);
    case Formula::dai_yuan:
      return g.squaredNorm() / d_.dot(y_);
    case Formula::hager_zhang: {
      constexpr double eta = 0.01;
      const double dy = d_.dot(y_);
      const double beta = (y_.dot(g) - 2 * d_.dot(g) * y_.squaredNorm() / dy) / dy;
      return std::max(beta, -1 / (d_.norm() * std::min(eta, before.gradient.norm())));
    }
  }
  return 0;
}

bool NonlinearCg::restarts(const Point& now, const Point& before) const {
  switch (options_.restart) {
    case Restart::none:
      return false;
    case Restart::powell:
      return std::abs(now.gradient.dot(before.gradient)) >= 0.1 * now.gradient.squaredNorm();
    case Restart::periodic:
      return steps_since_restart_ >= now.x.size();
  }
  return false;
}

double NonlinearCg::first_trial(Oracle& f, double slope) {
  const bool as_before = options_.first_trial == FirstTrial::first_order_change;
  double step = 0;
  if (last_step_ == 0) {
    step = as_before ? 1 / current_.gradient.norm() : first_step();
  } else {
    step = as_before ? first_order_change_ / slope : quadratic_step(f, slope);
  }
  return std::isfinite(step) && step > 0 ? step : 1;
}

// I0 of Hager & Zhang (2005).
double NonlinearCg::first_step() const {
  constexpr double psi0 = 0.01;
  const double x = infinity_norm(current_.x);
  if (x > 0) return psi0 * x / current_.gradient_norm;
  if (current_.value != 0) return psi0 * std::abs(current_.value) / current_.gradient.squaredNorm();
  return 1;
}

// I1 and I2.
double NonlinearCg::quadratic_step(Oracle& f, double slope) {
  constexpr double psi1 = 0.1;
  constexpr double psi2 = 2;
  const double alpha = psi1 * last_step_;
  trial_.x = current_.x + alpha * d_;
  const double change = f.value(trial_.x) - current_.value;
  const double curvature = 2 * (change / alpha - slope) / alpha;
  if (change <= 0 && curvature > 0) return -slope / curvature;
  return psi2 * last_step_;
}

}  // namespace optbed
