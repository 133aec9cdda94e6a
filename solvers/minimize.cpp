#include "solvers/minimize.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <limits>

#include "problems/errors.hpp"

namespace optbed {
namespace {

constexpr double divergence_bound = 1e100;  // far beyond any value of interest, far from overflow of a square
constexpr long stall_window = 10;           // iterations in a row without any movement

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

std::vector<std::string> column_names(const TracePolicy& policy, const Facts& facts, const Solver& solver) {
  std::vector<std::string> names = {"iteration"};
  const auto add = [&names](bool wanted, std::initializer_list<const char*> more) {
    if (wanted) names.insert(names.end(), more.begin(), more.end());
  };
  add(policy.value, {"value"});
  add(policy.value && facts.minimum, {"gap"});
  add(policy.gradient_norm, {"gradient_norm"});
  add(policy.distance && !facts.minimisers.empty(), {"distance"});
  add(policy.step_length, {"step_length"});
  add(policy.evaluations,
      {"value_evaluations", "gradient_evaluations", "hessian_evaluations", "hessian_vector_evaluations",
       "residual_evaluations", "jacobian_evaluations", "sample_gradient_evaluations"});
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
};

Minimization::Minimization(const Problem& problem, Solver& solver, MinimizeSettings settings)
    : problem_(problem),
      solver_(solver),
      settings_(std::move(settings)),
      oracle_(problem, settings_.limits.max_evaluations, settings_.seed),
      properties_(settings_.trace.properties ? solver.property_names().size() : 0),
      gradient_(problem.dimension()) {
  if (settings_.start.size() == 0) settings_.start = problem.start();
  if (settings_.start.size() != problem.dimension()) {
    throw UsageError(fmt::format("the start has {} numbers, but the problem has dimension {}",
                                 settings_.start.size(), problem.dimension()));
  }
  if (settings_.trace.trigger.kind != Trigger::Kind::never) {
    trace_ = Trace(column_names(settings_.trace, problem.facts(), solver));
  }
  row_.reserve(trace_.names().size());
}

void Minimization::begin() {
  begun_ = true;
  if (!solver_.missing(problem_).empty()) {
    start_failure_ = StopReason::unsupported;
    return;
  }
  const Stopwatch stopwatch(seconds_);
  try {
    start_failure_ = solver_.start(oracle_, settings_.start);
  } catch (const BudgetExhausted&) {
    start_failure_ = StopReason::max_evaluations;
  }
}

// What is known at the iterate; what the solver does not know is looked up through the uncharged door, the
// problem.
Minimization::View Minimization::view(bool gradient_needed) {
  const Point& point = solver_.current();
  const Knowledge knowledge = solver_.knowledge();
  if (knowledge == Knowledge::gradient) return {point.value, point.gradient_norm};
  if (gradient_needed) {
    const double value = problem_.gradient(point.x, gradient_);
    return {value, infinity_norm(gradient_)};
  }
  return {knowledge == Knowledge::value ? point.value : problem_.value(point.x),
          std::numeric_limits<double>::quiet_NaN()};
}

void Minimization::record(const View& view, bool always) {
  if (trace_.names().empty() || recorded_ == iteration_) return;
  const bool improved = best_ && best_->iteration == iteration_;
  if (!always && !settings_.trace.trigger.fires(iteration_, improved)) return;
  recorded_ = iteration_;

  const TracePolicy& policy = settings_.trace;
  const Facts& facts = problem_.facts();
  const Vector& x = solver_.current().x;
  const auto number = [](long count) { return static_cast<double>(count); };
  row_.clear();
  row_.push_back(number(iteration_));
  if (policy.value) row_.push_back(view.value);
  if (policy.value && facts.minimum) row_.push_back(view.value - facts.minimum->value);
  if (policy.gradient_norm) row_.push_back(view.gradient_norm);
  if (policy.distance && !facts.minimisers.empty()) row_.push_back(*facts.distance(x));
  if (policy.step_length) row_.push_back(step_.length);
  if (policy.evaluations) {
    const EvaluationCounts& counts = oracle_.counts();
    for (const long count : {counts.value, counts.gradient, counts.hessian, counts.hessian_vector,
                             counts.residual, counts.jacobian, counts.sample_gradient}) {
      row_.push_back(number(count));
    }
  }
  if (policy.seconds) row_.push_back(seconds_);
  if (!properties_.empty()) {
    solver_.properties(properties_);
    row_.insert(row_.end(), properties_.begin(), properties_.end());
  }
  trace_.append(row_);
  if (policy.iterates) trace_.append_iterate(x);
}

// Looks at the iterate: best point, trace, stop tests on values.
std::optional<StopReason> Minimization::look() {
  const Limits& limits = settings_.limits;
  const bool recording = !trace_.names().empty();
  const bool gradient_needed = limits.gradient_tolerance > 0 || (recording && settings_.trace.gradient_norm);
  const View at = view(gradient_needed);
  if (!std::isfinite(at.value) || (gradient_needed && !std::isfinite(at.gradient_norm))) {
    record(at, false);
    return StopReason::non_finite;
  }
  if (!best_ || at.value < best_->value) best_ = {at.value, iteration_};
  record(at, false);

  if (settings_.observer && settings_.observer({iteration_, solver_.current().x, oracle_.counts(), step_})) {
    return StopReason::observer;
  }
  if (limits.gradient_tolerance > 0 && at.gradient_norm <= limits.gradient_tolerance) {
    return StopReason::gradient_tolerance;
  }
  const auto& minimum = problem_.facts().minimum;
  if (limits.value_target && at.value <= *limits.value_target) return StopReason::value_target;
  if (limits.gap_tolerance > 0 && minimum && at.value - minimum->value <= limits.gap_tolerance) {
    return StopReason::value_target;
  }
  if (std::abs(at.value) > divergence_bound || at.gradient_norm > divergence_bound) return StopReason::diverged;
  if (unmoved_ >= stall_window) return StopReason::stalled;
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
  {
    const Stopwatch stopwatch(seconds_);
    try {
      step_ = solver_.step(oracle_);
    } catch (const BudgetExhausted&) {
      return StopReason::max_evaluations;
    }
  }
  if (step_.stop) return step_.stop;
  ++iteration_;
  unmoved_ = step_.accepted && step_.length == 0 ? unmoved_ + 1 : 0;
  return look();
}

Result Minimization::run() { return run(settings_.limits); }

Result Minimization::run(const Limits& limits) {
  settings_.limits = limits;
  oracle_.set_max_evaluations(limits.max_evaluations);
  std::optional<StopReason> reason;
  if (!begun_) {
    begin();
    if (!start_failure_) reason = look();
  }
  if (start_failure_) reason = start_failure_;
  while (!reason) reason = advance();
  return finish(*reason);
}

Result Minimization::finish(StopReason reason) {
  const bool started = !start_failure_;
  Result result{.stop = reason};
  result.iterations = iteration_;
  result.evaluations = oracle_.counts();
  result.x = started ? solver_.current().x : settings_.start;
  result.value = problem_.gradient(result.x, gradient_);
  result.gradient_norm = infinity_norm(gradient_);
  const Facts& facts = problem_.facts();
  if (facts.minimum) result.gap = result.value - facts.minimum->value;
  result.distance = facts.distance(result.x);
  result.best = best_;
  result.seconds = seconds_;
  if (reason == StopReason::unsupported) result.message = "the problem lacks " + solver_.missing(problem_);
  if (started) record({result.value, result.gradient_norm}, true);
  result.trace = trace_;

  const Limits& limits = settings_.limits;
  const bool finite = std::isfinite(result.value) && std::isfinite(result.gradient_norm);
  const bool stationary = limits.gradient_tolerance > 0 && result.gradient_norm <= limits.gradient_tolerance;
  const bool on_target = limits.value_target && result.value <= *limits.value_target;
  const bool gap_closed = limits.gap_tolerance > 0 && result.gap && *result.gap <= limits.gap_tolerance;
  // A stationary point of a function without a minimum is no solution, however small its gradient.
  result.solved = finite && ((stationary && !facts.is_unbounded_below()) || on_target || gap_closed);
  return result;
}

Result minimize(const Problem& problem, Solver& solver, MinimizeSettings settings) {
  return Minimization(problem, solver, std::move(settings)).run();
}

}  // namespace optbed
