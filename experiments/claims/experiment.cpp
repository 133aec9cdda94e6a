#include "experiments/claims/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {

Result traced_run(const Problem& problem, const std::string& solver, long iterations, const Vector& x0,
                  std::uint64_t seed) {
  const auto method = all_solvers().make(solver);
  return minimize(problem, *method,
                  {.limits = {.max_iterations = iterations, .gradient_tolerance = 0},
                   .trace = {.seconds = false, .iterates = true},
                   .start = x0,
                   .seed = seed});
}

Result traced_run(const std::string& problem, const std::string& solver, long iterations, const Vector& x0,
                  std::uint64_t seed) {
  return traced_run(*all_problems().make(problem), solver, iterations, x0, seed);
}

long iterations_to_gap(const std::string& problem_text, const std::string& solver, double part, long most,
                       const Vector& x0) {
  const auto problem = all_problems().make(problem_text);
  const auto& minimum = problem->facts().minimum;
  if (!minimum) throw std::logic_error("the minimum of " + problem_text + " is not known");
  const double first = problem->value(x0.size() > 0 ? x0 : problem->start()) - minimum->value;
  const auto method = all_solvers().make(solver);
  const Result result =
      minimize(*problem, *method,
               {.limits = {.max_iterations = most, .gradient_tolerance = 0, .gap_tolerance = part * first},
                .start = x0});
  return result.stop == StopReason::value_target ? result.iterations : -1;
}

std::vector<double> coordinate(const Result& run, Index i) {
  std::vector<double> values;
  for (std::size_t row = 0; row < run.trace.rows(); ++row) values.push_back(run.trace.iterate(row)[i]);
  return values;
}

long sign_changes(const std::vector<double>& values) {
  long changes = 0;
  for (std::size_t k = 1; k < values.size(); ++k) changes += values[k] * values[k - 1] < 0 ? 1 : 0;
  return changes;
}

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) throw std::logic_error("curves of different lengths");
  double largest = 0;
  for (std::size_t k = 0; k < a.size(); ++k) largest = std::max(largest, std::abs(a[k] - b[k]));
  return largest;
}

}  // namespace optbed
