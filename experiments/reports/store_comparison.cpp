#include "experiments/reports/store_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/statistics/holm.hpp"
#include "analysis/statistics/quantile.hpp"
#include "experiments/reports/solver_comparison.hpp"
#include "experiments/store/run_limits.hpp"
#include "problems/errors.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

// In the order of ObservationUnit.
const std::vector<std::string>& unit_words() {
  static const std::vector<std::string> words = {"problem", "run"};
  return words;
}

// The runs of one solver that both have, in the same order.
struct CommonRuns {
  std::vector<StoredRun> before;
  std::vector<StoredRun> after;
};

using RunKey = std::tuple<std::string, std::string, std::uint64_t>;  // solver, problem, seed

RunKey key_of(const StoredRun& run) { return {run.solver, run.problem, run.seed}; }

std::map<RunKey, const StoredRun*> by_key(const std::vector<StoredRun>& runs) {
  std::map<RunKey, const StoredRun*> map;
  for (const StoredRun& run : runs) map.emplace(key_of(run), &run);
  return map;
}

// By solver, in the order of the second store.
std::vector<CommonRuns> common_runs(const std::vector<StoredRun>& before, const std::vector<StoredRun>& after) {
  const auto earlier = by_key(before);
  std::map<std::string, std::size_t> places;
  std::vector<CommonRuns> common;
  for (const StoredRun& run : after) {
    const auto found = earlier.find(key_of(run));
    if (found == earlier.end()) continue;
    const auto [place, is_new] = places.emplace(run.solver, common.size());
    if (is_new) common.emplace_back();
    common[place->second].before.push_back(*found->second);
    common[place->second].after.push_back(run);
  }
  return common;
}

// A problem a row; each run a problem of its own where it is the unit.
std::vector<PerhapsCost> observed_costs(std::vector<StoredRun> runs, CostKind cost, ObservationUnit unit) {
  if (unit == ObservationUnit::run) {
    for (StoredRun& run : runs) run.problem += fmt::format(" seed {}", run.seed);
  }
  return median_costs(table_of(runs), cost).column(0);
}

std::size_t count_solved(const std::vector<StoredRun>& runs) {
  return static_cast<std::size_t>(
      std::count_if(runs.begin(), runs.end(), [](const StoredRun& run) { return run.solved; }));
}

SolverChange change_of(const CommonRuns& runs, CostKind cost, ObservationUnit unit) {
  SolverChange change{.solver = runs.after.front().solver, .runs = runs.after.size()};
  change.solved_before = count_solved(runs.before);
  change.solved_after = count_solved(runs.after);
  const std::vector<PerhapsCost> before = observed_costs(runs.before, cost, unit);
  const std::vector<PerhapsCost> after = observed_costs(runs.after, cost, unit);
  change.observations = after.size();
  std::vector<double> ratios;
  for (std::size_t i = 0; i < after.size(); ++i) {
    if (before[i] && after[i] && *before[i] > 0 && *after[i] > 0) ratios.push_back(*after[i] / *before[i]);
  }
  change.ratios = ratios.size();
  if (!ratios.empty()) change.ratio = median(ratios);
  if (ratios.size() > 1) {
    change.interval = bootstrap_interval(ratios, [](std::span<const double> sample) { return median(sample); });
  }
  change.scale = paired_scale(after, before);
  change.test = signed_rank_test(paired_differences(after, before, change.scale));
  return change;
}

void adjust_p_values(std::vector<SolverChange>& changes) {
  std::vector<double> p_values;
  p_values.reserve(changes.size());
  for (const SolverChange& change : changes) p_values.push_back(change.test.p_value);
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < changes.size(); ++i) changes[i].adjusted_p_value = adjusted[i];
}

void add_limit_differences(const StoredRun& before, const StoredRun& after, std::vector<LimitDifference>& all) {
  for (const NamedLimit& limit : named_limits()) {
    const std::optional<double> x = limit.of(before.limits);
    const std::optional<double> y = limit.of(after.limits);
    if (x == y) continue;
    const auto same = [&](const LimitDifference& one) {
      return one.limit == limit.name && one.before == x && one.after == y;
    };
    const auto found = std::find_if(all.begin(), all.end(), same);
    if (found == all.end()) {
      all.push_back({limit.name, x, y, 1});
    } else {
      ++found->pairs;
    }
  }
}

std::string note_of(const LimitDifference& difference, std::size_t pairs) {
  const auto text = [](const std::optional<double>& limit) {
    return limit ? format_real(*limit) : std::string("none");
  };
  return fmt::format(
      "other limits in the two stores, of which a ratio may come: {} {} and {}, in {} of {} runs",
      difference.limit, text(difference.before), text(difference.after), difference.pairs, pairs);
}

TableCell ratio_cell(const std::optional<double>& ratio) {
  return ratio ? TableCell{fmt::format("{:.4g}", *ratio), format_real(*ratio)} : TableCell{"-", ""};
}

TextTable table_of_changes(const StoreComparison& comparison) {
  TextTable table;
  const bool by_problem = comparison.unit == ObservationUnit::problem;
  table.notes = {
      fmt::format("cost: {}; {}", meaning(comparison.cost),
                  by_problem ? "the tests take a problem, its median over the seeds, as one observation"
                             : "the tests take each run as one observation"),
      fmt::format("runs in one store only, which are left out: {} in the first, {} in the second",
                  comparison.only_before, comparison.only_after)};
  for (const LimitDifference& difference : comparison.limits) {
    table.notes.push_back(note_of(difference, comparison.pairs.size()));
  }
  table.notes.insert(
      table.notes.end(),
      {"ratio: the median of cost after / before where both are solved, with its bootstrap interval of "
       "95 % (BCa)",
       "p: signed-rank test of the costs, not solved being more than any; adjusted by Holm's procedure"});
  table.columns = {{"solver", false}, {"runs"},         {"solved before"},
                   {"solved after"},  {"observations"}, {"ratio"},
                   {"from"},          {"to"},           {"p"},
                   {"adjusted p"}};
  for (const SolverChange& change : comparison.solvers) {
    const auto count = [](std::size_t n) { return TableCell::number(static_cast<double>(n)); };
    const auto probability = [](double p) { return TableCell{fmt::format("{:.3g}", p), format_real(p)}; };
    std::optional<double> low;
    std::optional<double> high;
    if (change.interval) {
      low = change.interval->low;
      high = change.interval->high;
    }
    table.rows.push_back({TableCell::words(change.solver), count(change.runs), count(change.solved_before),
                          count(change.solved_after), count(change.observations), ratio_cell(change.ratio),
                          ratio_cell(low), ratio_cell(high), probability(change.test.p_value),
                          probability(change.adjusted_p_value)});
  }
  return table;
}

TextTable table_of_solved_by_one(const StoreComparison& comparison) {
  TextTable table;
  table.notes = {"runs that one of the two solved"};
  table.columns = {{"solved", false}, {"problem", false},     {"solver", false},
                   {"seed"},          {"stop before", false}, {"stop after", false}};
  const auto add = [&table](const std::vector<SolvedByOne>& runs, const char* when) {
    for (const SolvedByOne& run : runs) {
      table.rows.push_back({TableCell::words(when), TableCell::words(run.problem), TableCell::words(run.solver),
                            TableCell::words(fmt::format("{}", run.seed)), TableCell::words(run.stop_before),
                            TableCell::words(run.stop_after)});
    }
  };
  add(comparison.lost, "before only");
  add(comparison.gained, "after only");
  return table;
}

Json json_of(const std::vector<SolvedByOne>& runs) {
  Json array = Json::array();
  for (const SolvedByOne& run : runs) {
    array.push_back({{"problem", run.problem},
                     {"solver", run.solver},
                     {"seed", run.seed},
                     {"stop_before", run.stop_before},
                     {"stop_after", run.stop_after}});
  }
  return array;
}

}  // namespace

ObservationUnit observation_unit(const std::string& word) {
  return static_cast<ObservationUnit>(parse_choice("compare", "--unit", word, unit_words()));
}

StoreComparison compare_stores(const std::vector<StoredRun>& before, const std::vector<StoredRun>& after,
                               CostKind cost, ObservationUnit unit) {
  const std::vector<CommonRuns> common = common_runs(before, after);
  if (common.empty()) {
    throw UsageError(
        fmt::format("of {} and {} runs none has the same problem, start, solver and seed in both "
                    "stores",
                    before.size(), after.size()));
  }
  StoreComparison comparison{.cost = cost,
                             .unit = unit,
                             .only_before = before.size(),
                             .only_after = after.size(),
                             .pairs = {},
                             .limits = {},
                             .solvers = {},
                             .lost = {},
                             .gained = {}};
  for (const CommonRuns& runs : common) {
    comparison.only_before -= runs.before.size();
    comparison.only_after -= runs.after.size();
    comparison.solvers.push_back(change_of(runs, cost, unit));
    for (std::size_t i = 0; i < runs.after.size(); ++i) {
      const StoredRun& a = runs.before[i];
      const StoredRun& b = runs.after[i];
      comparison.pairs.push_back({a.name, b.name});
      add_limit_differences(a, b, comparison.limits);
      if (a.solved == b.solved) continue;
      (a.solved ? comparison.lost : comparison.gained).push_back({b.problem, b.solver, b.seed, a.stop, b.stop});
    }
  }
  adjust_p_values(comparison.solvers);
  return comparison;
}

std::string written(const StoreComparison& comparison, TableFormat format) {
  std::string text = written(table_of_changes(comparison), format);
  const TextTable solved_by_one = table_of_solved_by_one(comparison);
  if (!solved_by_one.rows.empty() && format != TableFormat::csv) text += '\n' + written(solved_by_one, format);
  return text;
}

Json json_of(const StoreComparison& comparison) {
  Json solvers = Json::array();
  for (const SolverChange& change : comparison.solvers) {
    Json interval = nullptr;
    if (change.interval) interval = {change.interval->low, change.interval->high};
    solvers.push_back({{"solver", change.solver},
                       {"runs", change.runs},
                       {"solved_before", change.solved_before},
                       {"solved_after", change.solved_after},
                       {"observations", change.observations},
                       {"ratios", change.ratios},
                       {"ratio", to_json(change.ratio)},
                       {"interval", std::move(interval)},
                       {"p", change.test.p_value},
                       {"adjusted_p", change.adjusted_p_value}});
  }
  Json limits = Json::array();
  for (const LimitDifference& difference : comparison.limits) {
    limits.push_back({{"limit", difference.limit},
                      {"before", to_json(difference.before)},
                      {"after", to_json(difference.after)},
                      {"runs", difference.pairs}});
  }
  return {{"cost", to_string(comparison.cost)},
          {"unit", unit_words()[static_cast<std::size_t>(comparison.unit)]},
          {"only_before", comparison.only_before},
          {"only_after", comparison.only_after},
          {"limits", std::move(limits)},
          {"solvers", std::move(solvers)},
          {"lost", json_of(comparison.lost)},
          {"gained", json_of(comparison.gained)}};
}

}  // namespace optbed
