#include "experiments/batch/stages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "analysis/statistics/quantile.hpp"
#include "experiments/version.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// That of a run that broke off, or went away from every minimum, is worse than any; what a run had reached when
// its time was up is what it is worth.
double comparable_value(const FinishedRun& run) {
  constexpr double worst = std::numeric_limits<double>::infinity();
  const std::string ends[] = {stop_at_exception, stop_at_crash, to_string(StopReason::unsupported),
                              to_string(StopReason::non_finite), to_string(StopReason::diverged)};
  const bool broke_off = std::find(std::begin(ends), std::end(ends), run.stop) != std::end(ends);
  return broke_off || std::isnan(run.result.value) ? worst : run.result.value;
}

PerhapsCost cost_of(const FinishedRun& run, TuningMeasure measure) {
  if (!run.result.solved) return std::nullopt;
  switch (measure) {
    case TuningMeasure::value:
      return std::nullopt;
    case TuningMeasure::evaluations:
      return static_cast<double>(run.result.evaluations.total());
    case TuningMeasure::gradient_evaluations:
      return static_cast<double>(run.result.evaluations.gradient);
    case TuningMeasure::iterations:
      return static_cast<double>(run.result.iterations);
  }
  return std::nullopt;
}

// The name of all reports that differ from this one in the setting alone.
RunName name_of_any_setting(RunDescription report) {
  report.solver.clear();
  return run_name(report, version());
}

struct Trials {
  std::vector<PerhapsCost> costs;
  std::vector<double> values;
};

// The median of values of which some may be infinite, which an interpolation between them could not take.
double median_value(const std::vector<double>& values) {
  std::vector<PerhapsCost> finite;
  finite.reserve(values.size());
  for (const double value : values) finite.push_back(std::isfinite(value) ? PerhapsCost(value) : std::nullopt);
  return median(finite).value_or(std::numeric_limits<double>::infinity());
}

TuningChoice best_of(const std::string& problem, const std::vector<std::string>& settings,
                     const std::map<std::string, Trials>& trials) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  TuningChoice best{.problem = problem, .setting = {}, .value = infinity};
  for (const std::string& setting : settings) {
    const auto found = trials.find(setting);
    if (found == trials.end()) continue;
    const PerhapsCost cost = median(found->second.costs);
    const double value = median_value(found->second.values);
    if (std::tuple(cost.value_or(infinity), value) >= std::tuple(best.cost.value_or(infinity), best.value))
      continue;
    best.setting = setting;
    best.value = value;
    best.cost = cost;
  }
  return best;
}

std::vector<TunedSolver> settings_of(const Tuning& tuning, const std::vector<TuningChoice>& choices) {
  std::vector<TunedSolver> settings;
  for (const TuningChoice& choice : choices) {
    if (choice.setting.empty()) continue;
    settings.push_back({.solver = {choice.setting, tuning.solver.at},
                        .tuning = tuning.label,
                        .written = tuning.solver.value,
                        .only_on = choice.problem});
  }
  return settings;
}

}  // namespace

BatchSpec spec_of_trials(const BatchSpec& spec, const Tuning& tuning) {
  BatchSpec trials = spec;
  trials.stage = BatchStage::trials;
  trials.solvers.clear();
  trials.tunings.clear();
  trials.tuned.clear();
  trials.seeds = tuning.seeds;
  trials.trace = TracePolicy::none();
  for (const std::string& setting : tuning.settings) {
    trials.tuned.push_back(
        {.solver = {setting, tuning.solver.at}, .tuning = tuning.label, .written = tuning.solver.value});
  }
  return trials;
}

void require_trials_of(const Tuning& tuning, const Store& store) {
  const auto has = [](const auto& values, const auto& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  store.for_each(Store::Part::without_numbers, [&](const FinishedRun& run) {
    const RunDescription& trial = run.description;
    if (!trial.is_trial || trial.tuning != tuning.label) return;
    if (has(tuning.settings, trial.solver) && has(tuning.seeds.value, trial.seed)) return;
    throw_usage_error(
        tuning.solver.at,
        fmt::format("[[tuning]]: {} has trials of '{}' that this one does not make, as {} with the seed "
                    "{}: give it another 'label', or take another store",
                    store.path(), tuning.label, trial.solver, trial.seed));
  });
}

std::vector<TuningChoice> choices_of(const Tuning& tuning, const Plan& trials, const Store& store) {
  std::vector<std::string> problems;
  std::map<std::string, std::map<std::string, Trials>> found;  // by problem and setting
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const RunDescription description = trials.run(i);
    const RunName name = run_name(description, version());
    if (!store.contains(name)) continue;
    const FinishedRun run = store.run(name);
    const auto [of_problem, is_new] = found.try_emplace(description.problem);
    if (is_new) problems.push_back(description.problem);
    Trials& of_setting = of_problem->second[description.solver];
    of_setting.costs.push_back(cost_of(run, tuning.measure));
    of_setting.values.push_back(comparable_value(run));
  }
  std::vector<TuningChoice> choices;
  choices.reserve(problems.size());
  for (const std::string& problem : problems) {
    choices.push_back(best_of(problem, tuning.settings, found.at(problem)));
  }
  return choices;
}

BatchSpec spec_of_reports(const BatchSpec& spec, const std::vector<std::vector<TuningChoice>>& choices) {
  BatchSpec reports = spec;
  reports.stage = BatchStage::reports;
  reports.tunings.clear();
  reports.tuned.clear();
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::vector<TunedSolver> chosen = settings_of(spec.tunings[i], choices[i]);
    reports.tuned.insert(reports.tuned.end(), chosen.begin(), chosen.end());
  }
  return reports;
}

std::optional<Plan> chosen_reports(const BatchSpec& spec, const Store& store, const ProblemRegistry& problems,
                                   const SolverRegistry& solvers) {
  std::vector<std::vector<TuningChoice>> choices;
  for (const Tuning& tuning : spec.tunings) {
    const Plan trials(spec_of_trials(spec, tuning), problems, solvers);
    for (std::size_t i = 0; i < trials.size(); ++i) {
      if (!store.contains(run_name(trials.run(i), version()))) return std::nullopt;
    }
    choices.push_back(choices_of(tuning, trials, store));
  }
  return Plan(spec_of_reports(spec, choices), problems, solvers);
}

std::size_t erase_superseded(const Plan& reports, Store& store) {
  if (reports.spec().tuned.empty()) return 0;
  std::set<RunName> wanted;
  std::set<RunName> places;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const RunDescription run = reports.run(i);
    if (run.tuning.empty()) continue;
    wanted.insert(run_name(run, version()));
    places.insert(name_of_any_setting(run));
  }
  std::vector<RunName> superseded;
  store.for_each(Store::Part::without_numbers, [&](const FinishedRun& run) {
    const RunDescription& report = run.description;
    if (report.is_trial || report.tuning.empty() || wanted.contains(run.name)) return;
    const bool is_of_this_version = run_name(report, version()) == run.name;
    if (is_of_this_version && places.contains(name_of_any_setting(report))) superseded.push_back(run.name);
  });
  store.begin();
  for (const RunName& run : superseded) store.erase(run);
  store.commit();
  return superseded.size();
}

MissingRuns missing_runs(const BatchSpec& spec, const Store& store, const ProblemRegistry& problems,
                         const SolverRegistry& solvers) {
  MissingRuns missing;
  // Returns whether all runs of the plan are there.
  const auto look = [&](const Plan& plan) {
    const std::size_t before = missing.runs.size();
    missing.of += plan.size();
    for (std::size_t i = 0; i < plan.size(); ++i) {
      RunDescription run = plan.run(i);
      if (!store.contains(run_name(run, version()))) missing.runs.push_back(std::move(run));
    }
    return missing.runs.size() == before;
  };
  BatchSpec reports = spec;
  reports.tuned.clear();
  for (std::size_t i = 0; i < spec.tunings.size(); ++i) {
    const Tuning& tuning = spec.tunings[i];
    const Plan trials(spec_of_trials(spec, tuning), problems, solvers);
    const std::vector<TunedSolver> chosen = look(trials)
                                                ? settings_of(tuning, choices_of(tuning, trials, store))
                                                : std::vector<TunedSolver>{spec.tuned[i]};
    reports.tuned.insert(reports.tuned.end(), chosen.begin(), chosen.end());
  }
  reports.stage = BatchStage::reports;
  look(Plan(reports, problems, solvers));
  return missing;
}

}  // namespace optbed
