// What the door from a solver to a problem costs: a value and a gradient through the oracle, which counts them
// and holds the budget, beside the same asked of the problem itself. They take turns within one run; the
// fastest round of each counts.
#include <benchmark/benchmark.h>

#include "experiments/benchmarks/fastest.hpp"
#include "problems/all_problems.hpp"
#include "problems/oracle.hpp"

namespace optbed {
namespace {

constexpr int calls = 1000;

void repeat(const auto& call) {
  for (int i = 0; i < calls; ++i) benchmark::DoNotOptimize(call());
}

void compare(benchmark::State& state, const auto& of_problem, const auto& of_oracle) {
  Fastest bare, counted;
  for (auto _ : state) {
    bare.time([&] { repeat(of_problem); });
    counted.time([&] { repeat(of_oracle); });
  }
  state.counters["bare_ns"] = 1e9 * bare.seconds() / calls;
  state.counters["oracle_ns"] = 1e9 * counted.seconds() / calls;
  state.counters["added_ns"] = 1e9 * (counted.seconds() - bare.seconds()) / calls;
}

void oracle_value(benchmark::State& state) {
  const auto problem = all_problems().make("rosenbrock");
  Oracle oracle(*problem, 1L << 60);
  const Vector x = problem->start();
  compare(
      state, [&] { return problem->value(x); }, [&] { return oracle.value(x); });
}
BENCHMARK(oracle_value)->MinTime(0.1)->Unit(benchmark::kMicrosecond);

// Oracle::gradient, and Oracle::evaluate, which is what most methods call: it looks whether all is finite too.
void oracle_gradient(benchmark::State& state, bool evaluate) {
  const auto problem = all_problems().make("rosenbrock");
  Oracle oracle(*problem, 1L << 60);
  Point point;
  point.resize(problem->dimension());
  point.x = problem->start();
  const auto of_problem = [&] { return problem->gradient(point.x, point.gradient); };
  if (evaluate) {
    compare(state, of_problem, [&] { return oracle.evaluate(point); });
  } else {
    compare(state, of_problem, [&] { return oracle.gradient(point.x, point.gradient); });
  }
}
BENCHMARK_CAPTURE(oracle_gradient, counted, false)->MinTime(0.1)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(oracle_gradient, counted_and_checked, true)->MinTime(0.1)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace optbed
