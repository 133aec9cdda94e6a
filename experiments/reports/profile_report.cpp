#include "experiments/reports/profile_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "analysis/profiles/data_profile.hpp"
#include "analysis/profiles/target_distribution.hpp"
#include "experiments/reports/rank_order.hpp"
#include "experiments/reports/stored_runs.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

constexpr double usual_tau = 1e-3;

ProfileRanking ranking_of(const CostTable& costs) {
  ProfileRanking ranking{.profile = performance_profile(costs), .ranking = rank_solvers(costs)};
  if (costs.problems().size() > 1) ranking.stability = leave_one_problem_out(costs);
  for (PairwiseProfile& pair : pairwise_profiles(costs)) {
    if (pair.contradicts_full) ranking.contradictions.push_back(std::move(pair));
  }
  return ranking;
}

// The problems that every solver has run on.
template <class Grid>
Grid complete_part(const Grid& grid, ProfileReport& report) {
  Grid complete = grid.complete();
  report.problems = complete.problems().size();
  report.left_out = grid.problems().size() - report.problems;
  return complete;
}

AnytimeTable anytime_table(const Store& store, const RunFilter& filter, ProfileReport& report) {
  const RunGrid<AnytimeRun> grid(read_anytime_runs(store, filter, report.request.cost));
  return AnytimeTable(complete_part(grid, report));
}

CostTable costs_of(const Store& store, const RunFilter& filter, ProfileReport& report) {
  if (report.request.tau) {
    return evaluations_to_converge(anytime_table(store, filter, report), *report.request.tau);
  }
  return median_costs(complete_part(table_of(read_runs(store, filter)), report), report.request.cost);
}

// 1, 2, 4, … to the end; where these are many, 1, 4, 16, …, and so on.
std::vector<double> shown_abscissas(double end) {
  constexpr double most = 10;
  const double doublings = std::ceil(std::log2(std::max(1.0, end)));
  const double exponent = std::max(1.0, std::ceil(doublings / most));
  std::vector<double> shown = {1};
  while (shown.back() < end) shown.push_back(shown.back() * std::exp2(exponent));
  return shown;
}

TextTable table_of_shares(const ProfileReport& report) {
  TextTable table;
  table.columns = {{"solver", false}};
  const std::vector<double> abscissas = shown_abscissas(report.end());
  for (const double x : abscissas) table.columns.push_back({fmt::format("{:.6g}", x)});
  for (std::size_t s = 0; s < report.profile.solvers.size(); ++s) {
    auto& row = table.rows.emplace_back();
    row = {TableCell::words(report.profile.solvers[s])};
    for (const double x : abscissas) {
      const double share = report.profile.curves[s](x);
      row.push_back({fmt::format("{:.3f}", share), format_real(share)});
    }
  }
  return table;
}

TextTable table_of_ranks(const ProfileRanking& ranking) {
  TextTable table;
  table.columns = {{"rank"}, {"solver", false}, {"area"}, {"cheapest on"}, {"solved"}};
  const auto& stability = ranking.stability;
  if (stability) {
    table.columns.push_back({"rank without a problem"});
    table.columns.push_back({"rank kept"});
  }
  for (const std::size_t s : best_rank_first(ranking.ranking.ranks)) {
    auto& row = table.rows.emplace_back();
    const double area = ranking.ranking.scores[s];
    row = {TableCell::number(ranking.ranking.ranks[s]),
           TableCell::words(ranking.profile.solvers[s]),
           {fmt::format("{:.3f}", area), format_real(area)},
           TableCell::share(ranking.profile.wins[s]),
           TableCell::share(ranking.profile.solved[s])};
    if (!stability) continue;
    row.push_back(
        TableCell::words(fmt::format("{:g} to {:g}", stability->best_rank[s], stability->worst_rank[s])));
    row.push_back(TableCell::share(stability->kept[s]));
  }
  return table;
}

std::string counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string title_of(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::performance:
      return "performance profile: the share solved at no more than so many times the least cost";
    case ProfileKind::data:
      return "data profile: the share solved within so many times n + 1 evaluations";
    case ProfileKind::ecdf:
      return "distribution of the evaluations to 51 targets: the share of f - f_L <= 100, …, 1e-8 reached "
             "within so many times n";
  }
  return {};
}

std::string order_of_pair(const PairwiseProfile& pair, const ProfileRanking& ranking) {
  const bool first_wins = pair.ranking.ranks[0] < pair.ranking.ranks[1];
  const std::size_t better = first_wins ? pair.first : pair.second;
  const std::size_t worse = first_wins ? pair.second : pair.first;
  return fmt::format("{} is better than {}", ranking.profile.solvers[better], ranking.profile.solvers[worse]);
}

std::string text_of_ranking(const ProfileRanking& ranking) {
  std::string text = "\nby the area below the performance profile of these costs (log2 of the ratio)\n";
  text += written(table_of_ranks(ranking), TableFormat::text);
  if (ranking.stability) {
    const auto& distances = ranking.stability->distances;
    const auto changing = std::count_if(distances.begin(), distances.end(), [](double d) { return d > 0; });
    text += fmt::format("the order changes with the loss of {} of {} problems\n", changing, distances.size());
  }
  for (const PairwiseProfile& pair : ranking.contradictions) {
    text += fmt::format("by themselves, against that order: {}\n", order_of_pair(pair, ranking));
  }
  const auto& none = ranking.profile.solved_by_none;
  if (!none.empty()) text += fmt::format("solved by none: {}\n", fmt::join(none, ", "));
  return text;
}

Json json_of(const ProfileRanking& ranking, std::size_t solver) {
  Json object = {{"rank", ranking.ranking.ranks[solver]},
                 {"area", ranking.ranking.scores[solver]},
                 {"wins", ranking.profile.wins[solver]},
                 {"solved", ranking.profile.solved[solver]}};
  if (ranking.stability) {
    object["best_rank"] = ranking.stability->best_rank[solver];
    object["worst_rank"] = ranking.stability->worst_rank[solver];
    object["kept"] = ranking.stability->kept[solver];
  }
  return object;
}

}  // namespace

ProfileKind profile_kind(const std::string& word) {
  constexpr ProfileKind kinds[] = {ProfileKind::performance, ProfileKind::data, ProfileKind::ecdf};
  return kinds[parse_choice("profile", "--kind", word, {"performance", "data", "ecdf"})];
}

std::string to_string(ProfileKind kind) {
  switch (kind) {
    case ProfileKind::performance:
      return "performance";
    case ProfileKind::data:
      return "data";
    case ProfileKind::ecdf:
      return "ecdf";
  }
  return {};
}

std::string ProfileReport::basis() const {
  const std::string cost =
      fmt::format("over {}; cost: {}", counted(problems, "problem"), meaning(request.cost));
  if (request.kind == ProfileKind::ecdf) return cost + "; every seed by itself";
  const auto converged =
      request.tau ? fmt::format("to f <= f_L + {:g} (f_0 - f_L)", *request.tau) : std::string("of solved runs");
  return fmt::format("{}, {}; median over the seeds", cost, converged);
}

std::string ProfileReport::abscissa() const {
  switch (request.kind) {
    case ProfileKind::performance:
      return "ratio to the least cost";
    case ProfileKind::data:
      return "evaluations / (n + 1)";
    case ProfileKind::ecdf:
      return "evaluations / n";
  }
  return {};
}

double ProfileReport::end() const {
  double end = 1;
  for (const StepFunction& curve : profile.curves) {
    if (!curve.steps.empty()) end = std::max(end, curve.steps.back().at);
  }
  return end;
}

ProfileReport profile_report(const Store& store, const RunFilter& filter, const ProfileRequest& request) {
  ProfileReport report;
  report.request = request;
  if (request.kind == ProfileKind::ecdf) {
    if (request.tau) throw UsageError("--tau is of one target, and an ecdf has many: leave it out");
    report.profile = target_distribution(anytime_table(store, filter, report));
    return report;
  }
  if (request.kind == ProfileKind::data) {
    report.request.tau = request.tau.value_or(usual_tau);
    const AnytimeTable runs = anytime_table(store, filter, report);
    report.profile = data_profile(runs, *report.request.tau);
    report.ranking = ranking_of(evaluations_to_converge(runs, *report.request.tau));
    return report;
  }
  report.ranking = ranking_of(costs_of(store, filter, report));
  report.profile = report.ranking->profile;
  return report;
}

std::string text_of(const ProfileReport& report) {
  std::string text = fmt::format("{}\n{}\n", title_of(report.request.kind), report.basis());
  if (report.left_out > 0) {
    text += fmt::format("left out: {} that not every solver has run on\n", counted(report.left_out, "problem"));
  }
  text += '\n' + written(table_of_shares(report), TableFormat::text);
  if (report.ranking) text += text_of_ranking(*report.ranking);
  return text;
}

std::string csv_of(const ProfileReport& report) {
  TextTable table;
  table.notes = {fmt::format("{} profile; x: {}; share: from this x on", to_string(report.request.kind),
                             report.abscissa())};
  table.columns = {{"solver", false}, {"x"}, {"share"}};
  for (std::size_t s = 0; s < report.profile.solvers.size(); ++s) {
    for (const Step& step : report.profile.curves[s].steps) {
      table.rows.push_back({TableCell::words(report.profile.solvers[s]), TableCell::number(step.at),
                            TableCell::number(step.height)});
    }
  }
  return written(table, TableFormat::csv);
}

Json json_of(const ProfileReport& report) {
  Json object = {{"kind", to_string(report.request.kind)},
                 {"cost", to_string(report.request.cost)},
                 {"tau", to_json(report.request.tau)},
                 {"problems", report.problems},
                 {"left_out", report.left_out},
                 {"abscissa", report.abscissa()}};
  Json solvers = Json::array();
  for (std::size_t s = 0; s < report.profile.solvers.size(); ++s) {
    Json solver = {{"solver", report.profile.solvers[s]}};
    if (report.ranking) solver.update(json_of(*report.ranking, s));
    Json x = Json::array();
    Json share = Json::array();
    for (const Step& step : report.profile.curves[s].steps) {
      x.push_back(step.at);
      share.push_back(step.height);
    }
    solver["x"] = std::move(x);
    solver["share"] = std::move(share);
    solvers.push_back(std::move(solver));
  }
  object["solvers"] = std::move(solvers);
  if (!report.ranking) return object;
  Json contradictions = Json::array();
  for (const PairwiseProfile& pair : report.ranking->contradictions) {
    contradictions.push_back(order_of_pair(pair, *report.ranking));
  }
  object["contradictions"] = std::move(contradictions);
  object["solved_by_none"] = report.ranking->profile.solved_by_none;
  return object;
}

}  // namespace optbed
