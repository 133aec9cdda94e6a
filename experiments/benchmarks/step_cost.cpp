// What an iteration costs: the method's step, and what oracle, loop and trace add to it.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// One step on a diagonal quadratic, the cheapest gradient there is. The bytes are those of three vectors that
// the leanest of these methods, x - eta g, has to move.
void step(benchmark::State& state, const std::string& solver_text) {
  const auto problem = all_problems().make("quadratic:kappa=100,n=" + std::to_string(state.range(0)));
  const auto solver = all_solvers().make(solver_text);
  Oracle oracle(*problem);
  solver->start(oracle, problem->start());
  constexpr long restart_interval = 10000;  // keeps subnormal numbers out of the measurement
  long steps = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(solver->step(oracle));
    if (++steps % restart_interval == 0) {
      state.PauseTiming();
      solver->start(oracle, problem->start());
      state.ResumeTiming();
    }
  }
  state.SetBytesProcessed(state.iterations() * state.range(0) * 3 * static_cast<long>(sizeof(double)));
  state.SetComplexityN(state.range(0));
}

// x - eta g by hand over the same arrays, with the same gradient: the least that step(gradient_descent) can
// cost.
void step_by_hand(benchmark::State& state) {
  const auto problem = all_problems().make("quadratic:kappa=100,n=" + std::to_string(state.range(0)));
  Point current, trial;
  current.resize(problem->dimension());
  trial.resize(problem->dimension());
  current.x = problem->start();
  current.value = problem->gradient(current.x, current.gradient);
  for (auto _ : state) {
    trial.x = current.x - 0.001 * current.gradient;
    trial.value = problem->gradient(trial.x, trial.gradient);
    swap(current, trial);
    benchmark::DoNotOptimize(current.value);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0) * 3 * static_cast<long>(sizeof(double)));
}

// A whole run of 1000 iterations in two dimensions, so that the harness is what takes the time.
void loop(benchmark::State& state, const TracePolicy& trace) {
  const auto problem = all_problems().make("quadratic");
  const auto solver = all_solvers().make("gradient_descent");
  const Limits limits{.max_iterations = 1000, .gradient_tolerance = 0};
  for (auto _ : state) {
    benchmark::DoNotOptimize(minimize(*problem, *solver, {.limits = limits, .trace = trace}));
  }
  state.counters["per_iteration"] =
      benchmark::Counter(1000, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void loop_without_trace(benchmark::State& state) { loop(state, TracePolicy::none()); }
void loop_with_trace(benchmark::State& state) { loop(state, {}); }

void sizes(benchmark::internal::Benchmark* benchmark) { benchmark->Arg(10)->Arg(1000)->Arg(1000000); }

BENCHMARK(step_by_hand)->Apply(sizes);
BENCHMARK_CAPTURE(step, gradient_descent, std::string("gradient_descent"))->Apply(sizes);
BENCHMARK_CAPTURE(step, momentum, std::string("momentum"))->Apply(sizes);
BENCHMARK_CAPTURE(step, nesterov, std::string("nesterov"))->Apply(sizes);
BENCHMARK(loop_without_trace);
BENCHMARK(loop_with_trace);

}  // namespace
}  // namespace optbed
