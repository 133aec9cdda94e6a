#include "analysis/statistics/run_table.hpp"

#include <fmt/format.h>

#include <array>

#include "analysis/statistics/quantile.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {
namespace {

constexpr std::array all_cost_kinds = {CostKind::evaluations, CostKind::value_evaluations,
                                       CostKind::gradient_evaluations, CostKind::iterations, CostKind::seconds};

PerhapsCost cost_of_solved(const RunRecord& run, CostKind kind) {
  if (!run.solved) return std::nullopt;
  const std::optional<double>& cost = run.cost(kind);
  if (cost) return cost;
  throw UsageError(fmt::format("the run of '{}' on '{}' with the seed {} has no {}: compare by another cost",
                               run.solver, run.problem, run.seed, to_string(kind)));
}

void agree_on_dimension(std::optional<Index>& dimension, const RunRecord& run) {
  if (!run.dimension) return;
  if (!dimension) dimension = run.dimension;
  if (*dimension == *run.dimension) return;
  throw UsageError(
      fmt::format("'{}' has the dimension {} in one run and {} in another: give the problems two names",
                  run.problem, *dimension, *run.dimension));
}

}  // namespace

std::string to_string(CostKind kind) {
  switch (kind) {
    case CostKind::evaluations:
      return "evaluations";
    case CostKind::value_evaluations:
      return "value_evaluations";
    case CostKind::gradient_evaluations:
      return "gradient_evaluations";
    case CostKind::iterations:
      return "iterations";
    case CostKind::seconds:
      return "seconds";
  }
  return {};
}

CostKind cost_kind(const std::string& name) {
  std::vector<std::string> names;
  for (const CostKind kind : all_cost_kinds) {
    names.push_back(to_string(kind));
    if (names.back() == name) return kind;
  }
  throw UsageError(fmt::format("there is no cost '{}': take one of {}{}", name, fmt::join(names, ", "),
                               did_you_mean(name, names)));
}

const std::optional<double>& RunRecord::cost(CostKind kind) const {
  switch (kind) {
    case CostKind::evaluations:
      return evaluations;
    case CostKind::value_evaluations:
      return value_evaluations;
    case CostKind::gradient_evaluations:
      return gradient_evaluations;
    case CostKind::iterations:
      return iterations;
    case CostKind::seconds:
      break;
  }
  return seconds;
}

CostTable median_costs(const RunTable& runs, CostKind kind) {
  runs.require_complete();
  CostTable table(runs.problems(), runs.solvers());
  for (std::size_t p = 0; p < runs.problems().size(); ++p) {
    for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
      std::vector<PerhapsCost> costs;
      for (const RunRecord& run : runs.runs(p, s)) costs.push_back(cost_of_solved(run, kind));
      table.set(p, s, median(costs));
    }
  }
  return table;
}

std::vector<Index> dimensions(const RunTable& runs) {
  std::vector<Index> all;
  for (std::size_t p = 0; p < runs.problems().size(); ++p) {
    std::optional<Index> dimension;
    for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
      for (const RunRecord& run : runs.runs(p, s)) agree_on_dimension(dimension, run);
    }
    if (!dimension)
      throw UsageError(fmt::format("no run on '{}' has recorded its dimension", runs.problems()[p]));
    all.push_back(*dimension);
  }
  return all;
}

}  // namespace optbed
