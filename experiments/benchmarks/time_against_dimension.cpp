// The time of a step against the number of variables, with the power of n that fits it best, for methods whose
// steps cost differently by their nature. The steps are the first few from the standard start, where no line
// search or trust region has settled yet; every round begins anew, which is not timed.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr int steps_of_a_round = 5;

void step_time(benchmark::State& state, const std::string& solver_text, const std::string& problem_text) {
  using Clock = std::chrono::steady_clock;
  const auto problem = all_problems().make(problem_text + std::to_string(state.range(0)));
  const auto solver = all_solvers().make(solver_text);
  const Vector x0 = problem->start();
  for (auto _ : state) {
    Oracle oracle(*problem);
    if (solver->start(oracle, x0)) state.SkipWithError("there is no start");
    const auto begin = Clock::now();
    for (int k = 0; k < steps_of_a_round; ++k) {
      if (solver->step(oracle).stop) state.SkipWithError("the method cannot go on");
    }
    state.SetIterationTime(std::chrono::duration<double>(Clock::now() - begin).count() / steps_of_a_round);
  }
  state.SetComplexityN(state.range(0));
}

void in_vectors(benchmark::internal::Benchmark* benchmark) { benchmark->Range(64, 65536); }
void in_matrices(benchmark::internal::Benchmark* benchmark) { benchmark->RangeMultiplier(2)->Range(32, 1024); }
void in_factorisations(benchmark::internal::Benchmark* benchmark) {
  benchmark->RangeMultiplier(2)->Range(32, 512);
}

#define STEP_TIME(method, problem, dimensions)                                     \
  BENCHMARK_CAPTURE(step_time, method, std::string(#method), std::string(problem)) \
      ->Apply(dimensions)                                                          \
      ->UseManualTime()                                                            \
      ->MinTime(0.002)                                                             \
      ->Unit(benchmark::kMicrosecond)                                              \
      ->Complexity()

STEP_TIME(gradient_descent, "rosenbrock:form=chained,n=", in_vectors);
STEP_TIME(nonlinear_cg, "rosenbrock:form=chained,n=", in_vectors);
STEP_TIME(lbfgs, "rosenbrock:form=chained,n=", in_vectors);
STEP_TIME(newton_cg, "rosenbrock:form=chained,n=", in_vectors);
STEP_TIME(cg, "poisson:n=", in_vectors);
STEP_TIME(nelder_mead, "rosenbrock:form=chained,n=", in_matrices);
STEP_TIME(bfgs, "rosenbrock:form=chained,n=", in_matrices);
STEP_TIME(newton, "rosenbrock:form=chained,n=", in_factorisations);
STEP_TIME(levenberg_marquardt, "broyden_tridiagonal:n=", in_factorisations);

}  // namespace
}  // namespace optbed
