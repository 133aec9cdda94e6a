#include "solvers/minimize.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "problems/errors.hpp"

namespace optbed {
namespace {

constexpr double divergence_bound = 1e100;  // far beyond any value of interest, far from overflow of a square
constexpr long stall_window = 10;           // iterations in a row without any movement; at least an epoch

class Stopwatch {
 public:
  explicit Stopwatch(double& total) : total_(total), begin_(Clock::now()) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() { total_ += std::chrono::duration<double>(Clock::now() - begin_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  double& total_;
  Clock::time_point begin_;
};

std::vector<std::string> column_names(const TracePolicy& policy, const Oracle& f, const Problem& problem,
                                      const Solver& solver) {
  const Facts& facts = problem.facts();
  std::vector<std::string> names = {"iteration"};
  const auto add = [&names](bool wanted, std::initializer_list<const char*> more) {
    if (wanted) names.insert(names.end(), more.begin(), more.end());
  };
  add(policy.value, {"value"});
  add(policy.value && facts.minimum, {"gap"});
  add(policy.gradient_norm, {"gradient_norm"});
  add(policy.gradient_norm && problem.is_constrained(), {"infeasibility"});
  add(policy.distance && !facts.minimisers.empty(), {"distance"});
  add(policy.step_length, {"step_length"});
  add(policy.evaluations,
      {"value_evaluations", "gradient_evaluations", "hessian_evaluations", "hessian_vector_evaluations",
       "residual_evaluations", "jacobian_evaluations", "sample_gradient_evaluations"});
  add(policy.evaluations && f.has_samples(), {"epochs"});
  add(policy.seconds, {"seconds"});
  if (policy.properties) {
    for (std::string& name : solver.property_names()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

std::string to_string(StopReason reason) {
  switch (reason) {
    case StopReason::gradient_tolerance:
      return "gradient_tolerance";
    case StopReason::value_target:
      return "value_target";
    case StopReason::stalled:
      return "stalled";
    case StopReason::max_iterations:
      return "max_iterations";
    case StopReason::max_evaluations:
      return "max_evaluations";
    case StopReason::max_seconds:
      return "max_seconds";
    case StopReason::observer:
      return "observer";
    case StopReason::line_search_failed:
      return "line_search_failed";
    case StopReason::not_descent:
      return "not_descent";
    case StopReason::linear_solve_failed:
      return "linear_solve_failed";
    case StopReason::non_finite:
      return "non_finite";
    case StopReason::diverged:
      return "diverged";
    case StopReason::unsupported:
      return "unsupported";
  }
  return {};
}

struct Minimization::View {
  double value;
  double gradient_norm;  // NaN where it was neither needed nor known
  double infeasibility;
  bool finite;  // what was needed or known of the three, and is the method's business

  bool is_feasible() const { return infeasibility <= feasibility_tolerance; }
};

Minimization::Minimization(const Problem& problem, Solver& solver, MinimizeSettings settings)
    : problem_(problem),
      solver_(solver),
      settings_(std::move(settings)),
      oracle_(problem, settings_.limits.max_evaluations, settings_.seed),
      properties_(settings_.trace.properties ? solver.property_names().size() : 0),
      scratch_(problem.dimension()) {
  if (settings_.start.size() == 0) settings_.start = problem.start();
  if (settings_.start.size() != problem.dimension()) {
    throw UsageError(fmt::format("the start has {} numbers, but the problem has dimension {}",
                                 settings_.start.size(), problem.dimension()));
  }
  const Trigger& trigger = settings_.trace.trigger;
  if (trigger.interval < 1 || trigger.points_per_decade < 1) {
    throw UsageError(
        fmt::format("a trace has a row every 1 or more iterations and 1 or more a decade, not {} and {}",
                    trigger.interval, trigger.points_per_decade));
  }
  if (trigger.kind != Trigger::Kind::never) {
    trace_ = Trace(column_names(settings_.trace, oracle_, problem, solver));
  }
  row_.reserve(trace_.names().size());
}

// Starts the method and looks at x_0, or says why there is no start. Where only the budget was too small for
// it, a later run with a larger one starts anew.
std::optional<StopReason> Minimization::begin() {
  if (!solver_.unmet_need(problem_).empty()) return failure_ = StopReason::unsupported;
  {
    const Stopwatch stopwatch(seconds_);
    try {
      failure_ = solver_.start(oracle_, settings_.start);
    } catch (const BudgetExhausted&) {
      return StopReason::max_evaluations;
    }
  }
  if (failure_) return failure_;
  started_ = true;
  return look();
}

// What is known at the iterate; what the solver does not know is looked up through the uncharged door, the
// problem.
Minimization::View Minimization::view() {
  const Point& point = solver_.current();
  const Knowledge knowledge = solver_.knowledge();
  // A subgradient at a kink does not say how far from optimal the point is.
  const bool knows_residual = knowledge == Knowledge::gradient && !problem_.facts().is_nonsmooth();
  const bool recording = !trace_.names().empty();
  const bool gradient_needed =
      settings_.limits.gradient_tolerance > 0 || (recording && settings_.trace.gradient_norm);
  double value = point.value;
  double gradient_norm = point.gradient_norm;
  if (!knows_residual && gradient_needed) {
    const Optimality optimality = problem_.optimality(point.x, scratch_);
    value = optimality.value;
    gradient_norm = optimality.residual;
  } else if (!knows_residual) {
    if (knowledge == Knowledge::point) value = problem_.value(point.x);
    gradient_norm = std::numeric_limits<double>::quiet_NaN();
  }
  // A method that knows only values may go where there is no gradient, whether or not somebody looks.
  const bool gradient_known = knows_residual || (gradient_needed && knowledge != Knowledge::value);
  const double infeasibility = problem_.infeasibility(point.x);
  const bool finite = std::isfinite(value) && (!gradient_known || std::isfinite(gradient_norm));
  return {value, gradient_norm, infeasibility, finite && std::isfinite(infeasibility)};
}

// How often the samples of a finite sum were passed through.
std::optional<double> Minimization::epochs(const EvaluationCounts& counts) const {
  if (!oracle_.has_samples()) return std::nullopt;
  return static_cast<double>(counts.gradient) +
         static_cast<double>(counts.sample_gradient) / static_cast<double>(oracle_.sample_count());
}

// Makes a row of the iterate.
void Minimization::record(const View& at) {
  recorded_ = iteration_;
  const TracePolicy& policy = settings_.trace;
  const Facts& facts = problem_.facts();
  const Vector& x = solver_.current().x;
  const auto number = [](long count) { return static_cast<double>(count); };
  row_.clear();
  row_.push_back(number(iteration_));
  if (policy.value) row_.push_back(at.value);
  if (policy.value && facts.minimum) row_.push_back(at.value - facts.minimum->value);
  if (policy.gradient_norm) row_.push_back(at.gradient_norm);
  if (policy.gradient_norm && problem_.is_constrained()) row_.push_back(at.infeasibility);
  if (policy.distance && !facts.minimisers.empty()) row_.push_back(*facts.distance(x));
  if (policy.step_length) row_.push_back(step_.length);
  if (policy.evaluations) {
    const EvaluationCounts& counts = iterate_counts_;
    for (const long count : {counts.value, counts.gradient, counts.hessian, counts.hessian_vector,
                             counts.residual, counts.jacobian, counts.sample_gradient}) {
      row_.push_back(number(count));
    }
    if (const auto passes = epochs(counts)) row_.push_back(*passes);
  }
  if (policy.seconds) row_.push_back(iterate_seconds_);
  if (!properties_.empty()) {
    solver_.properties(properties_);
    row_.insert(row_.end(), properties_.begin(), properties_.end());
  }
  trace_.append(row_);
  if (policy.iterates) trace_.append_iterate(x);
}

// Looks at a new iterate: best point, trace, observer, stop tests.
std::optional<StopReason> Minimization::look() {
  iterate_counts_ = oracle_.counts();
  iterate_seconds_ = seconds_;
  std::optional<View> at;
  if (looks_at_f()) at = view();
  if (iteration_ == 0) start_value_ = at->value;
  const bool improved = at && at->finite && at->is_feasible() && (!best_ || at->value < best_->value);
  if (improved) best_ = {at->value, iteration_};
  const bool recorded = !trace_.names().empty() && settings_.trace.trigger.fires(iteration_, improved);
  if (recorded) record(at ? *at : view());
  if ((!at || at->finite) && settings_.observer &&
      settings_.observer({iteration_, solver_.current().x, iterate_counts_, step_})) {
    return StopReason::observer;
  }
  if (at) return stop_test(*at);
  return is_stalled() ? std::optional(StopReason::stalled) : std::nullopt;
}

// Whether f is looked at for the stop tests and the best point.
bool Minimization::looks_at_f() const { return iteration_ % solver_.look_interval() == 0; }

bool Minimization::is_stalled() const { return unmoved_ >= std::max(stall_window, solver_.look_interval()); }

// The reasons to stop that lie in the iterate.
std::optional<StopReason> Minimization::stop_test(const View& at) const {
  const Limits& limits = settings_.limits;
  if (!at.finite) return StopReason::non_finite;
  if (limits.gradient_tolerance > 0 && at.gradient_norm <= limits.gradient_tolerance) {
    return StopReason::gradient_tolerance;
  }
  const auto& minimum = problem_.facts().minimum;
  if (limits.value_target && at.is_feasible() && at.value <= *limits.value_target) {
    return StopReason::value_target;
  }
  if (limits.gap_tolerance > 0 && minimum && at.is_feasible() &&
      at.value - minimum->value <= limits.gap_tolerance) {
    return StopReason::value_target;
  }
  if (std::abs(at.value) > divergence_bound || at.gradient_norm > divergence_bound) return StopReason::diverged;
  if (is_stalled()) return StopReason::stalled;
  return std::nullopt;
}

// One iteration, or the reason why there is none.
std::optional<StopReason> Minimization::advance() {
  const Limits& limits = settings_.limits;
  if (iteration_ >= limits.max_iterations) return StopReason::max_iterations;
  if (limits.max_evaluations > 0 && oracle_.counts().total() >= limits.max_evaluations) {
    return StopReason::max_evaluations;
  }
  if (limits.max_seconds > 0 && seconds_ >= limits.max_seconds) return StopReason::max_seconds;
  StepInfo step;
  {
    const Stopwatch stopwatch(seconds_);
    try {
      step = solver_.step(oracle_);
    } catch (const BudgetExhausted&) {
      return StopReason::max_evaluations;
    }
  }
  if (step.stop) return failure_ = step.stop;
  step_ = step;
  ++iteration_;
  unmoved_ = step_.accepted && step_.length == 0 ? unmoved_ + 1 : 0;
  return look();
}

Result Minimization::run() & { return run(settings_.limits); }

Result Minimization::run(const Limits& limits) & {
  settings_.limits = limits;
  oracle_.set_max_evaluations(limits.max_evaluations);
  Result result = run_to_end();
  result.trace = trace_;
  return result;
}

Result Minimization::run() && {
  Result result = run_to_end();
  result.trace = std::move(trace_);
  return result;
}

Result Minimization::run_to_end() {
  std::optional<StopReason> reason = failure_;
  if (!reason && !started_) {
    reason = begin();
  } else if (!reason && looks_at_f()) {
    reason = stop_test(view());
  } else if (!reason && is_stalled()) {
    reason = StopReason::stalled;
  }
  while (!reason) reason = advance();
  return finish(*reason);
}

Result Minimization::finish(StopReason reason) {
  Result result{.stop = reason};
  result.iterations = iteration_;
  result.evaluations = oracle_.counts();
  result.x = started_ ? solver_.current().x : settings_.start;
  const Optimality optimality = problem_.optimality(result.x, scratch_);
  result.value = optimality.value;
  result.gradient_norm = optimality.residual;
  const double infeasibility = problem_.infeasibility(result.x);
  if (problem_.is_constrained()) result.infeasibility = infeasibility;
  const Facts& facts = problem_.facts();
  if (facts.minimum) result.gap = result.value - facts.minimum->value;
  result.distance = facts.distance(result.x);
  result.best = best_;
  result.seconds = seconds_;
  if (reason == StopReason::unsupported) result.message = "the problem lacks " + solver_.unmet_need(problem_);
  result.epochs = epochs(result.evaluations);
  if (started_ && !trace_.names().empty() && recorded_ != iteration_) record(view());

  const Limits& limits = settings_.limits;
  const bool finite = std::isfinite(result.value) && std::isfinite(result.gradient_norm);
  const bool stationary = limits.gradient_tolerance > 0 && result.gradient_norm <= limits.gradient_tolerance;
  const bool feasible = infeasibility <= feasibility_tolerance;
  const bool on_target = limits.value_target && feasible && result.value <= *limits.value_target;
  const bool gap_closed =
      limits.gap_tolerance > 0 && feasible && result.gap && *result.gap <= limits.gap_tolerance;
  result.solved = finite && ((stationary && may_be_minimiser(result)) || on_target || gap_closed);
  if (finite && stationary && !result.solved && result.message.empty()) {
    result.message = facts.is_unbounded_below()
                         ? "a stationary point, but f is unbounded below"
                         : fmt::format("a stationary point, but the minimum is {:.6g}", facts.minimum->value);
  }
  return result;
}

// False where the facts say that a stationary point is a saddle, a maximum or a local minimum only.
bool Minimization::may_be_minimiser(const Result& result) const {
  const Facts& facts = problem_.facts();
  if (facts.is_unbounded_below()) return false;
  if (!facts.minimum) return true;
  const double minimum = facts.minimum->value;
  const double negligible = 1e-6 * std::max(1.0, std::abs(minimum));
  return *result.gap <= std::max(negligible, 1e-3 * (start_value_ - minimum));
}

Result minimize(const Problem& problem, Solver& solver, MinimizeSettings settings) {
  return Minimization(problem, solver, std::move(settings)).run();
}

}  // namespace optbed
