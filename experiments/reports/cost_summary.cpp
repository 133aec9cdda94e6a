#include "experiments/reports/cost_summary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/statistics/quantile.hpp"
#include "experiments/reports/stored_runs.hpp"

namespace optbed {
namespace {

constexpr const char* unsolved = "unsolved";

struct CostSummary {
  std::size_t runs = 0;
  std::size_t solved = 0;
  PerhapsCost lower = {};  // quartile
  PerhapsCost median = {};
  PerhapsCost upper = {};
};

CostSummary summary_of(std::span<const RunRecord> runs, CostKind kind) {
  CostSummary summary{.runs = runs.size()};
  std::vector<PerhapsCost> costs;
  for (const RunRecord& run : runs) {
    summary.solved += run.solved ? 1 : 0;
    costs.push_back(run.solved ? run.cost(kind) : std::nullopt);
  }
  summary.lower = quantile(costs, 0.25);
  summary.median = median(costs);
  summary.upper = quantile(costs, 0.75);
  return summary;
}

TableCell cost_cell(const PerhapsCost& cost) {
  return cost ? TableCell::number(*cost) : TableCell{unsolved, "inf"};
}

TableCell solved_cell(const CostSummary& summary) {
  return {fmt::format("{}/{}", summary.solved, summary.runs), fmt::format("{}", summary.solved)};
}

// 3 [2, 5], 8/9 solved
TableCell matrix_cell(const CostSummary& summary) {
  TableCell cell = cost_cell(summary.median);
  if (summary.runs == 1 || summary.solved == 0) return cell;
  cell.shown += fmt::format(" [{}, {}]", cost_cell(summary.lower).shown, cost_cell(summary.upper).shown);
  if (summary.solved < summary.runs) cell.shown += " " + solved_cell(summary).shown;
  return cell;
}

// Of all costs. That none is solved is said once.
TableCell matrix_cell(std::span<const RunRecord> runs, const std::vector<CostKind>& kinds) {
  if (runs.empty()) return {"no run", ""};
  TableCell cell = matrix_cell(summary_of(runs, kinds.front()));
  const bool is_any_solved =
      std::any_of(runs.begin(), runs.end(), [](const RunRecord& run) { return run.solved; });
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    const TableCell next = matrix_cell(summary_of(runs, kinds[i]));
    if (is_any_solved) cell.shown += " / " + next.shown;
    cell.data += ";" + next.data;
  }
  return cell;
}

TableCell dimension_cell(const RunTable& runs, std::size_t problem) {
  for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
    for (const RunRecord& run : runs.runs(problem, s)) {
      if (run.dimension) return TableCell::number(static_cast<double>(*run.dimension));
    }
  }
  return {"?", ""};
}

}  // namespace

TextTable cost_rows(const RunTable& runs, CostKind kind) {
  TextTable table;
  table.notes = {
      fmt::format("cost: {}; quartiles over the seeds", meaning(kind)),
      "not solved counts as more than any cost; unsolved: so many runs are not that there is no such "
      "quartile (in CSV inf)"};
  table.columns = {{"problem", false}, {"n"},      {"solver", false}, {"runs"},
                   {"solved"},         {"median"}, {"lower"},         {"upper"}};
  for (std::size_t p = 0; p < runs.problems().size(); ++p) {
    for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
      if (runs.runs(p, s).empty()) continue;
      const CostSummary summary = summary_of(runs.runs(p, s), kind);
      table.rows.push_back({TableCell::words(runs.problems()[p]), dimension_cell(runs, p),
                            TableCell::words(runs.solvers()[s]),
                            TableCell::number(static_cast<double>(summary.runs)), solved_cell(summary),
                            cost_cell(summary.median), cost_cell(summary.lower), cost_cell(summary.upper)});
    }
  }
  return table;
}

TextTable cost_matrix(const RunTable& runs, const std::vector<CostKind>& kinds) {
  TextTable table;
  std::string meanings;
  for (const CostKind kind : kinds) meanings += (meanings.empty() ? "" : " / ") + meaning(kind);
  table.notes = {
      fmt::format("cost: {}; median over the seeds, with [quartiles] and the solved of all runs", meanings),
      "not solved counts as more than any cost; unsolved: half of the runs or more are not solved "
      "(in CSV inf, and an empty field where there is no run)"};
  table.columns = {{"problem", false}, {"n"}};
  for (const std::string& solver : runs.solvers()) table.columns.push_back({solver});
  for (std::size_t p = 0; p < runs.problems().size(); ++p) {
    auto& row = table.rows.emplace_back();
    row = {TableCell::words(runs.problems()[p]), dimension_cell(runs, p)};
    for (std::size_t s = 0; s < runs.solvers().size(); ++s) row.push_back(matrix_cell(runs.runs(p, s), kinds));
  }
  return table;
}

}  // namespace optbed
