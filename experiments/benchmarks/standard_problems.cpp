#include "experiments/benchmarks/standard_problems.hpp"

#include <algorithm>
#include <cmath>

#include "problems/all_problems.hpp"

namespace optbed {
namespace {

constexpr double remaining_gap = 1e-6;
constexpr long most_evaluations = 20000;
constexpr double most_seconds = 0.25;

}  // namespace

std::vector<StandardProblem> standard_problems() {
  const ProblemRegistry registry = all_problems();
  std::vector<StandardProblem> problems;
  for (const char* text :
       {"quadratic:n=100,kappa=1e4", "poisson:n=10,dimension=2", "rosenbrock", "rosenbrock:n=100",
        "helical_valley", "brown_dennis", "osborne1", "logistic_regression", "separable", "lasso",
        "total_variation", "constrained_quadratic"}) {
    problems.push_back({text, registry.make(text)});
  }
  return problems;
}

std::vector<StandardProblem> problems_for(const Solver& solver, const std::vector<StandardProblem>& problems) {
  std::vector<StandardProblem> supported;
  std::copy_if(
      problems.begin(), problems.end(), std::back_inserter(supported),
      [&solver](const StandardProblem& standard) { return solver.unmet_need(*standard.problem).empty(); });
  return supported;
}

Limits to_tolerance(const Problem& problem) {
  Limits limits{.max_iterations = most_evaluations,
                .max_evaluations = most_evaluations,
                .max_seconds = most_seconds,
                .gradient_tolerance = 0};
  if (const auto& minimum = problem.facts().minimum) {
    const double gap = problem.value(problem.start()) - minimum->value;
    limits.value_target =
        minimum->value + remaining_gap * (gap > 0 ? gap : std::max(1.0, std::abs(minimum->value)));
  } else {
    Vector scratch(problem.dimension());
    limits.gradient_tolerance = remaining_gap * problem.optimality(problem.start(), scratch).residual;
  }
  return limits;
}

}  // namespace optbed
