// What it costs to record an iteration: 100,000 evaluations in one run of gradient descent on the sphere in ten
// variables, without a trace and with a row of every iteration in all columns. They take turns within one run,
// and the fastest round of each counts. It is the processor's time, as a run of tens of milliseconds seldom has
// the machine to itself.
//
// The memory of the last run's trace is there for the next one (keep_freed_memory). A process that records its
// first run pays for new pages besides: 12 MB of them for these 15 columns.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <limits>

#include "experiments/benchmarks/processor_time.hpp"
#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr long evaluations = 100000;

class LeastTime {
 public:
  Result of(const auto& run) {
    const double begin = processor_seconds();
    Result result = run();
    least_ = std::min(least_, processor_seconds() - begin);
    return result;
  }
  double nanoseconds_an_iteration() const { return 1e9 * least_ / static_cast<double>(evaluations); }

 private:
  double least_ = std::numeric_limits<double>::infinity();
};

void recording(benchmark::State& state) {
  const auto problem = all_problems().make("quadratic:n=10,kappa=1");
  const auto solver = all_solvers().make("gradient_descent:learning_rate=1e-4");
  const Limits limits{.max_iterations = evaluations, .max_evaluations = evaluations, .gradient_tolerance = 0};
  const auto run = [&](const TracePolicy& trace) {
    return minimize(*problem, *solver, {.limits = limits, .trace = trace});
  };
  LeastTime without_trace, with_trace;
  Result recorded;
  for (auto _ : state) {
    without_trace.of([&] { return run(TracePolicy::none()); });
    recorded = with_trace.of([&] { return run({}); });
  }
  state.counters["rows"] = static_cast<double>(recorded.trace.rows());
  state.counters["columns"] = static_cast<double>(recorded.trace.names().size());
  state.counters["without_trace_ns"] = without_trace.nanoseconds_an_iteration();
  state.counters["with_trace_ns"] = with_trace.nanoseconds_an_iteration();
  state.counters["recording_ns"] =
      with_trace.nanoseconds_an_iteration() - without_trace.nanoseconds_an_iteration();
}
BENCHMARK(recording)->Iterations(30)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace optbed
