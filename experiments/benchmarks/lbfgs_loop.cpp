// What solver, oracle, loop and trace cost beside the evaluations: L-BFGS over the Moré–Garbow–Hillstrom
// problems of at most 12 variables. `whole` is the time of minimize(), with the solver made and the final point
// evaluated afresh; `bare` that of as many values and gradients by themselves, at the very points that the run
// visits. The three take turns within one run, problem by problem, so that they meet the same machine; the
// fastest round of each on each problem counts, and the sums over all problems are compared.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "experiments/benchmarks/fastest.hpp"
#include "problems/all_problems.hpp"
#include "problems/classic/more_garbow_hillstrom/more_garbow_hillstrom.hpp"
#include "solvers/minimize.hpp"
#include "solvers/quasi_newton/lbfgs.hpp"

namespace optbed {
namespace {

constexpr Index most_variables = 12;

// A problem that keeps every point at which its gradient is taken.
class WatchedProblem final : public Problem {
 public:
  explicit WatchedProblem(const Problem& problem) : problem_(problem) { facts_ = problem.facts(); }

  Index dimension() const override { return problem_.dimension(); }
  Vector start() const override { return problem_.start(); }
  double value(const Vector& x) const override { return problem_.value(x); }
  double gradient(const Vector& x, Vector& g) const override {
    points_.push_back(x);
    return problem_.gradient(x, g);
  }
  const std::vector<Vector>& points() const { return points_; }

 private:
  const Problem& problem_;
  mutable std::vector<Vector> points_;
};

Result run(const Problem& problem, const TracePolicy& trace) {
  Lbfgs solver;
  return minimize(problem, solver, {.trace = trace});
}

struct Case {
  std::unique_ptr<Problem> problem;
  std::vector<Vector> points;  // one for each evaluation that is counted
  Vector gradient;
  Fastest bare, without_trace, with_trace;
};

std::vector<Case> small_problems() {
  std::vector<Case> cases;
  const ProblemRegistry problems = all_problems();
  for (const std::string& name : more_garbow_hillstrom_names()) {
    Case one;
    one.problem = problems.make(name);
    if (one.problem->dimension() > most_variables) continue;
    const WatchedProblem watched(*one.problem);
    const long evaluations = run(watched, TracePolicy::none()).evaluations.gradient;
    one.points = watched.points();
    one.points.resize(static_cast<std::size_t>(evaluations));  // without the look at the end
    one.gradient.setZero(one.problem->dimension());
    cases.push_back(std::move(one));
  }
  return cases;
}

void lbfgs_loop(benchmark::State& state) {
  std::vector<Case> cases = small_problems();
  for (auto _ : state) {
    for (Case& one : cases) {
      one.bare.time([&] {
        for (const Vector& x : one.points) benchmark::DoNotOptimize(one.problem->gradient(x, one.gradient));
      });
      one.without_trace.time([&] { benchmark::DoNotOptimize(run(*one.problem, TracePolicy::none())); });
      one.with_trace.time([&] { benchmark::DoNotOptimize(run(*one.problem, {})); });
    }
  }
  double bare = 0;
  double without_trace = 0;
  double with_trace = 0;
  double evaluations = 0;
  for (const Case& one : cases) {
    bare += one.bare.seconds();
    without_trace += one.without_trace.seconds();
    with_trace += one.with_trace.seconds();
    evaluations += static_cast<double>(one.points.size());
  }
  state.counters["problems"] = static_cast<double>(cases.size());
  state.counters["evaluations"] = evaluations;
  state.counters["bare_ns"] = 1e9 * bare / evaluations;
  state.counters["added_ns"] = 1e9 * (without_trace - bare) / evaluations;
  state.counters["added_with_trace_ns"] = 1e9 * (with_trace - bare) / evaluations;
  state.counters["whole_to_bare"] = without_trace / bare;
  state.counters["whole_to_bare_with_trace"] = with_trace / bare;
}
BENCHMARK(lbfgs_loop)->Iterations(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace optbed
