// The time of a step against the number of variables, with the factor of the power of n that it should grow
// with, and how far the times are off that power (Google Benchmark's own choice of a power looks at the
// processor's time, which here has the starts in it). The steps are the first few from the standard start,
// where no line search or trust region has settled yet. Every round begins anew, which is not timed, and the
// fastest of several rounds counts.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <string>

#include "experiments/benchmarks/processor_time.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int steps_of_a_round = 5;
constexpr int least_rounds = 3;
constexpr int most_rounds = 30;
constexpr double enough_seconds = 0.02;  // of rounds, where there are the least of them

// The clock reads fast, which counts for a short round; a long one is interrupted, which the processor's time
// leaves out. Nothing where the method cannot start or go on.
std::optional<double> seconds_of_a_round(const Problem& problem, Solver& solver) {
  Oracle oracle(problem);
  if (solver.start(oracle, problem.start())) return std::nullopt;
  const double processor_begin = processor_seconds();
  const auto begin = Clock::now();
  for (int k = 0; k < steps_of_a_round; ++k) {
    if (solver.step(oracle).stop) return std::nullopt;
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return std::min(seconds, processor_seconds() - processor_begin);
}

void step_time(benchmark::State& state, const std::string& solver_text, const std::string& problem_text) {
  const auto problem = all_problems().make(problem_text + std::to_string(state.range(0)));
  const auto solver = all_solvers().make(solver_text);
  for (auto _ : state) {
    double least = std::numeric_limits<double>::infinity();
    double spent = 0;
    for (int round = 0; round < least_rounds || (round < most_rounds && spent < enough_seconds); ++round) {
      const auto seconds = seconds_of_a_round(*problem, *solver);
      if (!seconds) return state.SkipWithError("the method stops within a round");
      least = std::min(least, *seconds);
      spent += *seconds;
    }
    state.SetIterationTime(least / steps_of_a_round);
  }
  state.SetComplexityN(state.range(0));
}

void in_vectors(benchmark::internal::Benchmark* benchmark) { benchmark->RangeMultiplier(4)->Range(64, 65536); }
void in_matrices(benchmark::internal::Benchmark* benchmark) { benchmark->RangeMultiplier(2)->Range(32, 1024); }
void in_factorisations(benchmark::internal::Benchmark* benchmark) {
  benchmark->RangeMultiplier(2)->Range(32, 256);
}

#define STEP_TIME(method, problem, dimensions, power)                              \
  BENCHMARK_CAPTURE(step_time, method, std::string(#method), std::string(problem)) \
      ->Apply(dimensions)                                                          \
      ->UseManualTime()                                                            \
      ->Iterations(1)                                                              \
      ->Unit(benchmark::kMicrosecond)                                              \
      ->Complexity(benchmark::power)

STEP_TIME(gradient_descent, "rosenbrock:form=chained,n=", in_vectors, oN);
STEP_TIME(nonlinear_cg, "rosenbrock:form=chained,n=", in_vectors, oN);
STEP_TIME(lbfgs, "rosenbrock:form=chained,n=", in_vectors, oN);
STEP_TIME(newton_cg, "rosenbrock:form=chained,n=", in_vectors, oN);
STEP_TIME(cg, "poisson:n=", in_vectors, oN);
STEP_TIME(nelder_mead, "rosenbrock:form=chained,n=", in_matrices, oNSquared);
STEP_TIME(bfgs, "rosenbrock:form=chained,n=", in_matrices, oNSquared);
STEP_TIME(newton, "rosenbrock:form=chained,n=", in_factorisations, oNCubed);
STEP_TIME(levenberg_marquardt, "rosenbrock:form=chained,n=", in_factorisations, oNCubed);

}  // namespace
}  // namespace optbed
