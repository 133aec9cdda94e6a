// A gradient by automatic differentiation beside the same function's value and gradient written by hand, as a
// plain loop and as the library has it with vector instructions. They take turns within one run, so that they
// meet the same machine; the fastest round of each counts.
#include <benchmark/benchmark.h>

#include "experiments/benchmarks/fastest.hpp"
#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_function.hpp"

namespace optbed {
namespace {

// The chained form of Rosenbrock's function.
struct ChainedRosenbrock {
  template <class X>
  X operator()(std::span<const X> x) const {
    X sum = 0.0 * x[0];
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      const X a = x[i + 1] - x[i] * x[i];
      const X b = 1.0 - x[i];
      sum += 100.0 * a * a + b * b;
    }
    return sum;
  }
};

double plain_loop(const Vector& x, Vector& g) {
  g.setZero();
  double f = 0;
  for (Index i = 0; i + 1 < x.size(); ++i) {
    const double a = x[i + 1] - x[i] * x[i];
    const double b = 1 - x[i];
    f += 100 * a * a + b * b;
    g[i] -= 400 * a * x[i] + 2 * b;
    g[i + 1] += 200 * a;
  }
  return f;
}

void gradient_by_automatic_differentiation(benchmark::State& state) {
  const Index n = state.range(0);
  const auto by_hand = all_problems().make("rosenbrock:form=chained,n=" + std::to_string(n));
  const Vector x = by_hand->start();
  const DifferentiatedFunction<ChainedRosenbrock> automatic({}, {.start = x});
  Vector g(n), expected(n);
  Fastest of_automatic, of_loop, of_library;
  for (auto _ : state) {
    of_loop.time([&] { benchmark::DoNotOptimize(plain_loop(x, expected)); });
    of_library.time([&] { benchmark::DoNotOptimize(by_hand->gradient(x, expected)); });
    state.SetIterationTime(of_automatic.time([&] { benchmark::DoNotOptimize(automatic.gradient(x, g)); }));
  }
  if ((g - expected).norm() > 1e-12 * expected.norm()) state.SkipWithError("the two gradients differ");
  state.counters["us"] = 1e6 * of_automatic.seconds();
  state.counters["to_plain_loop"] = of_automatic.seconds() / of_loop.seconds();
  state.counters["to_library"] = of_automatic.seconds() / of_library.seconds();
}
BENCHMARK(gradient_by_automatic_differentiation)
    ->Arg(8)
    ->Arg(100)
    ->Arg(10000)
    ->UseManualTime()
    ->Iterations(200);

}  // namespace
}  // namespace optbed
