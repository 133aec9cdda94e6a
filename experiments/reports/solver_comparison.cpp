#include "experiments/reports/solver_comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/reports/rank_order.hpp"
#include "experiments/reports/stored_runs.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

bool all_positive(const std::vector<PerhapsCost>& costs) {
  return std::all_of(costs.begin(), costs.end(), [](const PerhapsCost& cost) { return !cost || *cost > 0; });
}

PairedScale scale_of(const CostTable& table) {
  for (std::size_t s = 0; s < table.solvers().size(); ++s) {
    if (!all_positive(table.column(s))) return PairedScale::difference;
  }
  return PairedScale::log_ratio;
}

// A, B, … of the groups that the solver is in; a dash where it differs from every other.
std::string letters(const SolverGroups& groups, std::size_t solver) {
  std::string text;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const bool inside = std::find(groups[g].begin(), groups[g].end(), solver) != groups[g].end();
    if (inside) text += g < 26 ? std::string(1, static_cast<char>('A' + g)) : fmt::format("({})", g + 1);
  }
  return text.empty() ? "-" : text;
}

TextTable table_of_average_ranks(const SolverComparison& comparison) {
  const FriedmanTest& friedman = comparison.friedman;
  TextTable table;
  table.notes = {
      fmt::format("cost: {}; median over the seeds; {} problems{}", meaning(comparison.cost),
                  comparison.problems,
                  comparison.left_out > 0
                      ? fmt::format(", and {} left out that not every solver has run on", comparison.left_out)
                      : ""),
      fmt::format("Friedman: chi squared {:.4g}, p = {:.3g}; Iman and Davenport: {}", friedman.chi_squared,
                  friedman.p_value,
                  friedman.f ? fmt::format("p = {:.3g}", friedman.f_p_value)
                             : "no F, for all problems rank the solvers alike"),
      fmt::format(
          "Nemenyi: average ranks differ from {:.4g} on; solvers that share a letter do not differ at the "
          "level {}",
          comparison.nemenyi.critical_difference, comparison_level)};
  table.columns = {{"average rank"}, {"solver", false}, {"Nemenyi", false}, {"signed rank, Holm", false}};
  for (const std::size_t s : best_rank_first(friedman.average_ranks)) {
    const double rank = friedman.average_ranks[s];
    table.rows.push_back({{fmt::format("{:.3f}", rank), fmt::format("{}", rank)},
                          TableCell::words(comparison.solvers[s]),
                          TableCell::words(letters(comparison.nemenyi.groups, s)),
                          TableCell::words(letters(comparison.groups, s))});
  }
  return table;
}

TextTable table_of_pairs(const SolverComparison& comparison) {
  TextTable table;
  table.notes = {
      fmt::format("signed-rank tests of the {} over the problems, p-values adjusted by Holm's procedure",
                  to_string(comparison.scale))};
  table.columns = {{"first", false}, {"second", false}, {"cheaper", false}, {"p"}, {"adjusted p"}};
  for (const PairedTest& pair : comparison.pairs) {
    const std::string& first = comparison.solvers[pair.first];
    const std::string& second = comparison.solvers[pair.second];
    const double sign = pair.test.statistic - pair.test.negative;
    table.rows.push_back(
        {TableCell::words(first),
         TableCell::words(second),
         TableCell::words(sign == 0  ? "neither"
                          : sign < 0 ? "first"
                                     : "second"),
         {fmt::format("{:.3g}", pair.test.p_value), fmt::format("{}", pair.test.p_value)},
         {fmt::format("{:.3g}", pair.adjusted_p_value), fmt::format("{}", pair.adjusted_p_value)}});
  }
  return table;
}

Json names_of(const SolverGroups& groups, const std::vector<std::string>& solvers) {
  Json array = Json::array();
  for (const auto& group : groups) {
    Json names = Json::array();
    for (const std::size_t s : group) names.push_back(solvers[s]);
    array.push_back(std::move(names));
  }
  return array;
}

}  // namespace

PairedScale paired_scale(const std::vector<PerhapsCost>& a, const std::vector<PerhapsCost>& b) {
  return all_positive(a) && all_positive(b) ? PairedScale::log_ratio : PairedScale::difference;
}

std::string to_string(PairedScale scale) {
  return scale == PairedScale::log_ratio ? "logarithms of cost ratios" : "differences of costs";
}

SolverComparison compare_solvers(const RunTable& runs, CostKind cost) {
  if (runs.solvers().size() < 2) {
    throw UsageError(fmt::format("there is one solver only, '{}': compare two stores, or take more solvers",
                                 runs.solvers().front()));
  }
  const RunTable complete = runs.complete();
  const CostTable costs = median_costs(complete, cost);
  const PairedScale scale = scale_of(costs);
  SolverComparison comparison{.cost = cost,
                              .solvers = costs.solvers(),
                              .problems = costs.problems().size(),
                              .left_out = runs.problems().size() - costs.problems().size(),
                              .friedman = friedman_test(costs),
                              .nemenyi = critical_difference_diagram(costs, comparison_level),
                              .scale = scale,
                              .pairs = paired_tests(costs, scale),
                              .groups = {}};
  comparison.groups =
      groups_without_difference(comparison.friedman.average_ranks, comparison.pairs, comparison_level);
  return comparison;
}

std::string written(const SolverComparison& comparison, TableFormat format) {
  if (format == TableFormat::csv) return written(table_of_pairs(comparison), format);
  return written(table_of_average_ranks(comparison), format) + '\n' +
         written(table_of_pairs(comparison), format);
}

Json json_of(const SolverComparison& comparison) {
  Json ranks = Json::object();
  for (std::size_t s = 0; s < comparison.solvers.size(); ++s) {
    ranks[comparison.solvers[s]] = comparison.friedman.average_ranks[s];
  }
  Json pairs = Json::array();
  for (const PairedTest& pair : comparison.pairs) {
    pairs.push_back({{"first", comparison.solvers[pair.first]},
                     {"second", comparison.solvers[pair.second]},
                     {"w_plus", pair.test.statistic},
                     {"w_minus", pair.test.negative},
                     {"p", pair.test.p_value},
                     {"adjusted_p", pair.adjusted_p_value}});
  }
  return {{"cost", to_string(comparison.cost)},
          {"problems", comparison.problems},
          {"left_out", comparison.left_out},
          {"average_ranks", std::move(ranks)},
          {"friedman",
           {{"chi_squared", comparison.friedman.chi_squared},
            {"p", comparison.friedman.p_value},
            {"f", to_json(comparison.friedman.f)},
            {"f_p", comparison.friedman.f_p_value}}},
          {"critical_difference", comparison.nemenyi.critical_difference},
          {"nemenyi_groups", names_of(comparison.nemenyi.groups, comparison.solvers)},
          {"signed_rank_groups", names_of(comparison.groups, comparison.solvers)},
          {"pairs", std::move(pairs)}};
}

}  // namespace optbed
