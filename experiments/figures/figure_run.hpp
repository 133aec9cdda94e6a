// The runs of a figure: made, checked against the panels that show them, run, and held against theory.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "analysis/verdict.hpp"
#include "experiments/figures/figure_spec.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"
#include "solvers/registry.hpp"

namespace optbed {

struct FigureRun {
  RunSpec spec;
  std::unique_ptr<Problem> problem;
  std::unique_ptr<Solver> solver;
  Vector x0;
  Result result = {.stop = StopReason::unsupported};  // with every iteration and iterate in its trace
  std::vector<Statement> statements = {};
  Comparison comparison = {};
};

// Makes problems and solvers, and checks starts and panels; runs nothing. Throws UsageError with the place in
// the spec.
std::vector<FigureRun> prepare_runs(const FigureSpec& spec, const ProblemRegistry& problems,
                                    const SolverRegistry& solvers);

// Runs it, with every iteration in its trace, and holds it against theory; ends early where `interrupted` says
// so.
void perform(FigureRun& run, const std::function<bool()>& interrupted);

// What theory says of the quantity at each row of the run's trace: a bound on it, that of the statement that
// the run is held against before others, or else the statement's factor to the power k, from the first error
// for a statement on the whole class, and from the middle of the fitted iterations for one that holds near the
// minimiser. NaN where theory says nothing; empty where it nowhere does.
std::vector<double> theory_curve(const FigureRun& run, Quantity quantity);

// All evaluations up to each row.
std::vector<double> total_evaluations(const Trace& trace);

}  // namespace optbed
