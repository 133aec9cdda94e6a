// Value and gradient of the problems that are made for many variables, at n = 10^6, beside the triad a = b + s
// c over arrays of the same size (McCalpin 1995, STREAM). The two take turns within one run, so that they meet
// the same machine; the fastest round of each counts. Bytes are those that memory moves: the triad reads two
// arrays and writes one, a gradient reads x and writes g, and what is written is read first (write-allocate),
// so that they are 32 and 24 a component. `to_triad` is the ratio of the two bandwidths.
//
// At this size the arrays may stay in a large cache; `to_triad_in_memory` compares with a triad over arrays
// eight times as large.
#include <benchmark/benchmark.h>

#include <string>

#include "experiments/benchmarks/fastest.hpp"
#include "problems/all_problems.hpp"
#include "problems/problem.hpp"

namespace optbed {
namespace {

constexpr Index components = 1'000'000;
constexpr Index components_in_memory = 8 * components;
constexpr double triad_bytes = 32;
constexpr double gradient_bytes = 24;

class Triad {
 public:
  explicit Triad(Index n) : a_(Vector::Zero(n)), b_(Vector::Ones(n)), c_(Vector::Ones(n)) {}

  void run() {
    a_ = b_ + 1.5 * c_;
    benchmark::DoNotOptimize(a_.data());
    benchmark::ClobberMemory();
  }
  double bytes() const { return triad_bytes * static_cast<double>(a_.size()); }

 private:
  Vector a_, b_, c_;
};

void value_and_gradient(benchmark::State& state, const std::string& problem_text) {
  const auto problem = all_problems().make(problem_text);
  const Index n = problem->dimension();
  const Vector x = problem->start();
  Vector g = Vector::Zero(n);
  Triad triad(n);
  Triad triad_in_memory(components_in_memory);
  Fastest gradient, same_size, in_memory;
  for (auto _ : state) {
    same_size.time([&] { triad.run(); });
    in_memory.time([&] { triad_in_memory.run(); });
    state.SetIterationTime(gradient.time([&] { benchmark::DoNotOptimize(problem->gradient(x, g)); }));
  }
  const double bandwidth = gradient.bandwidth(gradient_bytes * static_cast<double>(n));
  state.counters["ms"] = 1000 * gradient.seconds();
  state.counters["GB/s"] = bandwidth / 1e9;
  state.counters["triad_GB/s"] = same_size.bandwidth(triad.bytes()) / 1e9;
  state.counters["to_triad"] = bandwidth / same_size.bandwidth(triad.bytes());
  state.counters["to_triad_in_memory"] = bandwidth / in_memory.bandwidth(triad_in_memory.bytes());
}

#define VALUE_AND_GRADIENT(name, text)                           \
  BENCHMARK_CAPTURE(value_and_gradient, name, std::string(text)) \
      ->UseManualTime()                                          \
      ->Unit(benchmark::kMillisecond)                            \
      ->MinTime(0.1)

VALUE_AND_GRADIENT(rosenbrock_extended, "rosenbrock:n=1000000");
VALUE_AND_GRADIENT(rosenbrock_chained, "rosenbrock:n=1000000,form=chained");
VALUE_AND_GRADIENT(chained_wood, "chained_wood:n=1000000");
VALUE_AND_GRADIENT(chained_powell, "chained_powell:n=1000000");
VALUE_AND_GRADIENT(extended_powell, "extended_powell:n=1000000");
VALUE_AND_GRADIENT(broyden_tridiagonal, "broyden_tridiagonal:n=1000000");
VALUE_AND_GRADIENT(dixon_price, "dixon_price:n=1000000");
// What bounds these is not x and g: exponentials, square roots, or a matrix that is stored.
VALUE_AND_GRADIENT(bratu, "bratu:n=1000");
VALUE_AND_GRADIENT(minimal_surface, "minimal_surface:n=1000");
VALUE_AND_GRADIENT(poisson_line, "poisson:n=1000000");
VALUE_AND_GRADIENT(poisson_square, "poisson:n=1000,dimension=2");
VALUE_AND_GRADIENT(poisson_cube, "poisson:n=100,dimension=3");

}  // namespace
}  // namespace optbed
