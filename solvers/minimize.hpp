// The one loop. It owns stop tests, clock, trace and best point, for every solver alike.
//
// What a solver does not know of f at its iterate is looked up through the problem, uncharged: after every
// iteration, or, where a look costs as much as many iterations (a method on batches of samples), after as many
// as Solver::look_interval says. The tests of the gradient, the value and divergence, and the best point, are
// made there and nowhere else, so that a run ends at the same iterate whether or not it is watched. A row of
// the trace always holds what f is at its iterate, at the price of a look of its own.
//
//   Result result = minimize(problem, solver, {.limits = {.gradient_tolerance = 1e-10}});
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "solvers/solver.hpp"
#include "solvers/trace.hpp"

namespace optbed {

// When a run ends. 0 disables a tolerance, max_evaluations and max_seconds.
struct Limits {
  long max_iterations = 10000;
  long max_evaluations = 0;          // all kinds together; never exceeded
  double max_seconds = 0;            // of the method's own time: what watching it costs is not counted
  double gradient_tolerance = 1e-8;  // stops when |g|_inf, or the problem's own residual, is no larger
  // The next two count only at points that meet the constraints, where there are some, to
  // feasibility_tolerance.
  std::optional<double> value_target = {};  // stops when f <= value_target
  double gap_tolerance = 0;                 // stops when f - f* <= gap_tolerance, where f* is known

  bool operator==(const Limits&) const = default;
};

// Up to here a value is a value that the constraints allow, in the largest component.
inline constexpr double feasibility_tolerance = 1e-8;

// What an observer sees after the start and after each iteration.
struct Observation {
  long iteration;
  const Vector& x;
  const EvaluationCounts& evaluations;
  const StepInfo& step;
};

// Returns true to end the run.
using Observer = std::function<bool(const Observation&)>;

struct MinimizeSettings {
  Limits limits = {};
  TracePolicy trace = TracePolicy::none();
  Vector start = {};  // empty: the problem's own
  std::uint64_t seed = 0;
  Observer observer = {};
};

struct BestPoint {
  double value;
  long iteration;
};

struct Result {
  StopReason stop = StopReason::max_iterations;
  // Evaluated afresh at x: a tolerance or target that was asked for is met there. A small gradient is not
  // enough where f is known to be unbounded below, or where x is known to be no minimiser: f* is known, and
  // less than 99.9 % of the gap is closed (the criterion of Moré & Wild 2009, (2.2), with tau = 1e-3) and more
  // than 1e-6 max(1, |f*|) of it is left.
  bool solved = false;
  long iterations = 0;
  EvaluationCounts evaluations = {};
  Vector x = {};                             // the last iterate
  double value = 0;                          // at x, as are the next four, evaluated afresh and uncharged
  double gradient_norm = 0;                  // infinity norm; the residual of Problem::optimality
  std::optional<double> gap = {};            // f(x) - f*, where f* is known; < 0 perhaps outside of constraints
  std::optional<double> distance = {};       // |x - x*|, where an x* is known
  std::optional<double> infeasibility = {};  // where there are constraints
  // The least value at the iterations where the loop looked at f, among points that meet the constraints.
  std::optional<BestPoint> best = {};
  std::optional<double> epochs = {};  // of a finite sum: gradients + sample gradients / N
  double seconds = 0;                 // spent in the method and its evaluations
  std::string message = {};           // more about the stop; may be empty
  Trace trace = {};
};

// A run that can be taken further. `run(k)` followed by `run(k + m)` passes through the same states as
// `run(k + m)` by itself and ends as it does, whatever ended the first.
class Minimization {
 public:
  // Both outlive the run. settings.limits are the ones of the first call of run(). Throws UsageError where
  // settings.start has the wrong length or the trigger's interval or points per decade are below 1.
  Minimization(const Problem& problem, Solver& solver, MinimizeSettings settings);

  Result run() &;
  Result run(const Limits& limits) &;  // limits count from the start, not from the last call
  Result run() &&;                     // hands its trace over, where the others copy it

 private:
  struct View;  // what the loop knows of f at the iterate

  Result run_to_end();
  std::optional<StopReason> begin();
  std::optional<StopReason> advance();
  std::optional<StopReason> look();
  bool looks_at_f() const;
  bool is_stalled() const;
  std::optional<StopReason> stop_test(const View& at) const;
  View view();
  void record(const View& at);
  std::optional<double> epochs(const EvaluationCounts& counts) const;
  bool may_be_minimiser(const Result& result) const;
  Result finish(StopReason reason);

  const Problem& problem_;
  Solver& solver_;
  MinimizeSettings settings_;
  Oracle oracle_;
  Trace trace_;
  std::vector<double> row_;
  std::vector<double> properties_;
  Vector scratch_;  // for looking at points where the solver does not know the gradient
  bool started_ = false;
  long iteration_ = 0;
  long unmoved_ = 0;    // iterations in a row
  long recorded_ = -1;  // the last iteration that made a row
  double seconds_ = 0;
  StepInfo step_;                    // of the step that led to the iterate, as are the next two
  EvaluationCounts iterate_counts_;  // what had been evaluated then
  double iterate_seconds_ = 0;
  std::optional<StopReason> failure_;  // the method cannot go on, whatever the limits
  std::optional<BestPoint> best_;
  double start_value_ = 0;
};

// Throws as the constructor of Minimization does.
Result minimize(const Problem& problem, Solver& solver, MinimizeSettings settings = {});

}  // namespace optbed
