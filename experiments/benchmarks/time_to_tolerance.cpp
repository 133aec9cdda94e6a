#include "experiments/benchmarks/time_to_tolerance.hpp"

#include <benchmark/benchmark.h>

#include "experiments/benchmarks/memory_use.hpp"
#include "experiments/benchmarks/standard_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr double least_seconds = 0.005;  // of a repetition: the whole registry is to be through in minutes

void show(benchmark::State& state, const Result& result) {
  const EvaluationCounts& evaluations = result.evaluations;
  const auto count = [&state](const char* name, long number) {
    state.counters[name] = static_cast<double>(number);
  };
  count("solved", result.solved ? 1 : 0);
  count("solver_iterations", result.iterations);
  count("value", evaluations.value);
  count("gradient", evaluations.gradient);
  count("hessian", evaluations.hessian);
  count("hessian_vector", evaluations.hessian_vector);
  count("residual", evaluations.residual);
  count("jacobian", evaluations.jacobian);
  count("sample_gradient", evaluations.sample_gradient);
  if (result.gap) state.counters["gap"] = *result.gap;
  if (!result.solved) state.SetLabel(to_string(result.stop));
}

void time_to_tolerance(benchmark::State& state, const SolverEntry& entry, const Problem& problem) {
  const Limits limits = to_tolerance(problem);
  Result result;
  const auto run = [&] { result = minimize(problem, *entry.make({}), {.limits = limits}); };
  for (auto _ : state) run();
  show(state, result);
  const HeapUse memory = heap_use_of(run);
  state.counters["allocations"] = static_cast<double>(memory.allocations);
  state.counters["peak_bytes"] = static_cast<double>(memory.peak_bytes);
}

void start(benchmark::State& state, const SolverEntry& entry, const Problem& problem) {
  const Vector x0 = problem.start();
  for (auto _ : state) {
    const auto solver = entry.make({});
    Oracle oracle(problem);
    benchmark::DoNotOptimize(solver->start(oracle, x0));
  }
}

}  // namespace

void register_time_to_tolerance() {
  const std::vector<StandardProblem> problems = standard_problems();
  const SolverRegistry solvers = all_solvers();
  for (const SolverEntry& entry : solvers.entries()) {
    for (const auto& [text, problem] : problems_for(*entry.make({}), problems)) {
      benchmark::RegisterBenchmark(
          ("time_to_tolerance/" + text + "/" + entry.name).c_str(),
          [entry, problem = problem](benchmark::State& state) { time_to_tolerance(state, entry, *problem); })
          ->MinTime(least_seconds)
          ->Unit(benchmark::kMicrosecond);
    }
  }
}

void register_starts() {
  const std::vector<StandardProblem> problems = standard_problems();
  const SolverRegistry solvers = all_solvers();
  for (const SolverEntry& entry : solvers.entries()) {
    const StandardProblem first = problems_for(*entry.make({}), problems).front();
    benchmark::RegisterBenchmark(
        ("start/" + first.text + "/" + entry.name).c_str(),
        [entry, problem = first.problem](benchmark::State& state) { start(state, entry, *problem); })
        ->Setup(report_memory)
        ->Repetitions(1)
        ->MinTime(least_seconds)
        ->Unit(benchmark::kMicrosecond);
  }
}

}  // namespace optbed
