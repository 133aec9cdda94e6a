#include "experiments/figures/figure_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/theory/eigenvalues.hpp"
#include "experiments/made_at.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

FigureRun prepare(const RunSpec& spec, const ProblemRegistry& problems, const SolverRegistry& solvers) {
  FigureRun run{.spec = spec,
                .problem = made_at(problems, spec.problem),
                .solver = made_at(solvers, spec.solver),
                .x0 = {}};
  if (const std::string missing = run.solver->unmet_need(*run.problem); !missing.empty()) {
    throw_usage_error(spec.solver.at, fmt::format("{} lacks what {} needs: {}", spec.problem.value,
                                                  spec.solver.value, missing));
  }
  run.x0 = run.problem->start();
  if (spec.x0) {
    const auto& numbers = spec.x0->value;
    if (static_cast<Index>(numbers.size()) != run.problem->dimension()) {
      throw_usage_error(spec.x0->at, fmt::format("x0 has {} numbers, but {} has dimension {}", numbers.size(),
                                                 spec.problem.value, run.problem->dimension()));
    }
    run.x0 = Eigen::Map<const Vector>(numbers.data(), static_cast<Index>(numbers.size()));
  }
  return run;
}

// A panel of paths draws the contours of one function of two variables.
void check_paths(const PanelSpec& panel, const std::vector<FigureRun>& runs) {
  const FigureRun& first = runs[panel.runs.front()];
  for (const std::size_t i : panel.runs) {
    const FigureRun& run = runs[i];
    if (run.problem->dimension() != 2) {
      throw_usage_error(panel.at, fmt::format("paths need a problem of 2 variables, but {} has {}",
                                              run.spec.problem.value, run.problem->dimension()));
    }
    if (run.spec.problem.value != first.spec.problem.value) {
      throw_usage_error(panel.at,
                        fmt::format("paths of one panel share their contour lines, but the runs '{}' and '{}' "
                                    "are on different problems",
                                    first.spec.label, run.spec.label));
    }
  }
}

void check_convergence(const PanelSpec& panel, const FigureRun& run) {
  const Facts& facts = run.problem->facts();
  const auto needs = [&](bool known, const std::string& what) {
    if (known) return;
    throw_usage_error(panel.at, fmt::format("the panel needs {} of {} (run '{}'), which is not known", what,
                                            run.spec.problem.value, run.spec.label));
  };
  switch (panel.quantity) {
    case PlottedQuantity::gap:
      needs(facts.minimum.has_value(), "the minimum value");
      break;
    case PlottedQuantity::distance:
      needs(!facts.minimisers.empty(), "a minimiser");
      break;
    case PlottedQuantity::coordinate:
    case PlottedQuantity::coordinate_error:
      needs(!facts.minimisers.empty(), "a minimiser");
      for (const long i : panel.coordinates) {
        if (i > run.problem->dimension()) {
          throw_usage_error(panel.at, fmt::format("there is no coordinate {}: {} has dimension {}", i,
                                                  run.spec.problem.value, run.problem->dimension()));
        }
      }
      break;
    case PlottedQuantity::mode:
      needs(!facts.minimisers.empty(), "a minimiser");
      needs(run.problem->has_hessian(), "the Hessian");
      if (run.problem->dimension() > largest_decomposition) {
        throw_usage_error(
            panel.at, fmt::format("modes are for at most {} variables, but {} has {}", largest_decomposition,
                                  run.spec.problem.value, run.problem->dimension()));
      }
      break;
    case PlottedQuantity::value:
    case PlottedQuantity::gradient_norm:
      break;
  }
}

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

// The bound of a statement in the quantity that is shown: its own, or f - f* <= (L/2) |x - x*|^2 (Nesterov
// 2004, 2.1.6).
std::function<double(long)> bound_on(const Statement& statement, Quantity quantity, const Facts& facts) {
  if (!statement.bound) return {};
  if (statement.quantity == quantity) return statement.bound;
  if (statement.quantity != Quantity::distance || !facts.lipschitz) return {};
  return [bound = statement.bound, L = facts.lipschitz->value](long k) {
    const double distance = bound(k);
    return L / 2 * distance * distance;
  };
}

// e_m ((1 + slope k)/(1 + slope m) factor^(k-m)), squared where the gap is shown, from row m on.
std::vector<double> powers_of_factor(const Statement& statement, Quantity quantity,
                                     const std::vector<double>& iterations, const std::vector<double>& errors,
                                     std::size_t first) {
  std::vector<double> curve(errors.size(), not_known);
  const double slope = statement.polynomial_slope;
  for (std::size_t row = first; row < errors.size(); ++row) {
    const double k = iterations[row];
    const double m = iterations[first];
    const double contraction = (1 + slope * k) / (1 + slope * m) * std::pow(*statement.factor, k - m);
    curve[row] = errors[first] * (quantity == Quantity::gap ? contraction * contraction : contraction);
  }
  return curve;
}

std::vector<double> curve_of(const Statement& statement, const FigureRun& run, Quantity quantity) {
  const Trace& trace = run.result.trace;
  const std::vector<double>& iterations = trace.column("iteration");
  if (const auto bound = bound_on(statement, quantity, run.problem->facts())) {
    std::vector<double> curve;
    for (const double iteration : iterations) {
      const auto k = static_cast<long>(iteration);
      curve.push_back(statement.valid_up_to < 0 || k <= statement.valid_up_to ? bound(k) : not_known);
    }
    return curve;
  }
  const std::string column = to_string(quantity);
  if (!statement.factor || *statement.factor <= 0 || !trace.has(column)) return {};
  const bool local = statement.scope == Scope::local && !run.problem->facts().is_quadratic();
  const RateFit& fit = run.comparison.measured;
  const auto first = local ? static_cast<std::size_t>(std::max(0L, (fit.first + fit.last) / 2)) : 0;
  if (first >= trace.rows()) return {};
  return powers_of_factor(statement, quantity, iterations, trace.column(column), first);
}

}  // namespace

std::vector<FigureRun> prepare_runs(const FigureSpec& spec, const ProblemRegistry& problems,
                                    const SolverRegistry& solvers) {
  std::vector<FigureRun> runs;
  for (const RunSpec& run : spec.runs) runs.push_back(prepare(run, problems, solvers));
  for (const PanelSpec& panel : spec.panels) {
    if (panel.kind == PanelKind::paths) {
      check_paths(panel, runs);
    } else {
      for (const std::size_t i : panel.runs) check_convergence(panel, runs[i]);
    }
  }
  return runs;
}

void perform(FigureRun& run, const std::function<bool()>& interrupted) {
  MinimizeSettings settings;
  settings.limits = run.spec.limits;
  settings.trace = {.seconds = false, .properties = false, .iterates = true};
  settings.start = run.x0;
  settings.seed = run.spec.seed;
  settings.observer = [&interrupted](const Observation&) { return interrupted(); };
  run.result = minimize(*run.problem, *run.solver, settings);
  run.statements = applicable_theory(*run.solver, {*run.problem, run.x0});
  if (run.result.trace.rows() == 0) {
    run.comparison.reason = "the run did not start: " + to_string(run.result.stop);
    return;
  }
  run.comparison = compare_with_theory(run.result.trace, run.statements);
}

std::vector<double> theory_curve(const FigureRun& run, Quantity quantity) {
  if (run.result.trace.rows() == 0) return {};
  std::vector<const Statement*> candidates;
  if (run.comparison.theory) candidates.push_back(&*run.comparison.theory);
  for (const Statement& statement : run.statements) candidates.push_back(&statement);
  // A bound on the quantity itself is sharper than one that is made from the distance.
  std::stable_partition(candidates.begin(), candidates.end(),
                        [quantity](const Statement* s) { return s->bound && s->quantity == quantity; });
  for (const Statement* statement : candidates) {
    std::vector<double> curve = curve_of(*statement, run, quantity);
    if (!curve.empty()) return curve;
  }
  return {};
}

std::vector<double> total_evaluations(const Trace& trace) {
  std::vector<double> totals(trace.rows(), 0.0);
  for (const std::string& name : trace.names()) {
    if (!name.ends_with("_evaluations")) continue;
    const std::vector<double>& counts = trace.column(name);
    for (std::size_t row = 0; row < totals.size(); ++row) totals[row] += counts[row];
  }
  return totals;
}

}  // namespace optbed
