#include "experiments/reports/stored_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "experiments/store/run_limits.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

std::string problem_and_start(const RunDescription& run) {
  return run.start == "standard" ? run.problem : fmt::format("{} from {}", run.problem, run.start);
}

// As reports name it: a setting that a tuning has chosen goes by what was tuned, whatever it is on a problem.
const std::string& reported_solver(const RunDescription& run) {
  return run.tuning.empty() || run.is_trial ? run.solver : run.tuning;
}

// Refuses runs that no statistics should take for repetitions of one another.
class Repetitions {
 public:
  explicit Repetitions(const std::string& store) : store_(store) {}

  void add(const FinishedRun& run) {
    const RunDescription& now = run.description;
    const auto [place, is_new] = seen_.try_emplace({problem_and_start(now), reported_solver(now), now.seed},
                                                   Seen{now.solver, now.limits});
    if (is_new) return;
    throw UsageError(fmt::format("{}: two runs of '{}' on '{}' with the seed {} differ in {}", store_,
                                 reported_solver(now), problem_and_start(now), now.seed,
                                 place->second.solver == now.solver
                                     ? difference(place->second.limits, now.limits)
                                     : settings(place->second.solver, now.solver)));
  }

 private:
  struct Seen {
    std::string solver;
    Limits limits;
  };

  static std::string settings(const std::string& a, const std::string& b) {
    return fmt::format(
        "the setting, '{}' and '{}': two tunings of one label; leave one out with solver!=…, or keep "
        "them in two stores",
        a, b);
  }

  static std::string difference(const Limits& a, const Limits& b) {
    for (const NamedLimit& limit : named_limits()) {
      const std::optional<double> x = limit.of(a);
      const std::optional<double> y = limit.of(b);
      if (x == y) continue;
      if (x && y) return fmt::format("their limits: add {0}={1} or {0}={2} to the filter", limit.name, *x, *y);
      return fmt::format(
          "their limits: one has {0}={1} and the other none; add {0}={1} to the filter, which leaves the other "
          "out, or keep such in two stores",
          limit.name, x ? *x : *y);
    }
    return "the program's version or in what their traces hold: keep such in two stores, which 'optbed "
           "compare' takes";
  }

  const std::string& store_;
  std::map<std::tuple<std::string, std::string, std::uint64_t>, Seen> seen_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Compares text with the numbers in it by their values: n=2 < n=10, kappa=10 < kappa=1e4. Texts that say the
// same in other digits follow in the order of their characters: n=10 < n=1e1.
bool precedes_naturally(const std::string& a, const std::string& b) {
  const char* x = a.data();
  const char* y = b.data();
  const char* const x_end = x + a.size();
  const char* const y_end = y + b.size();
  while (x != x_end && y != y_end) {
    if (is_digit(*x) && is_digit(*y)) {
      double first = 0;
      double second = 0;
      x = std::from_chars(x, x_end, first).ptr;
      y = std::from_chars(y, y_end, second).ptr;
      if (first != second) return first < second;
    } else {
      if (*x != *y) return *x < *y;
      ++x;
      ++y;
    }
  }
  if (x == x_end && y == y_end) return a < b;
  return x == x_end;
}

// Problems, then solvers as the registries have them, unknown ones last; variants by their text.
class RunOrder {
 public:
  RunOrder() : problems_(positions(all_problems().names())), solvers_(positions(all_solvers().names())) {}

  template <class Run>
  void sort(std::vector<Run>& runs) const {
    std::stable_sort(runs.begin(), runs.end(), [this](const Run& a, const Run& b) {
      if (a.problem != b.problem) return precedes(a.problem, b.problem, problems_);
      if (a.solver != b.solver) return precedes(a.solver, b.solver, solvers_);
      return a.seed < b.seed;
    });
  }

 private:
  using Positions = std::map<std::string, std::size_t>;

  static Positions positions(const std::vector<std::string>& names) {
    Positions positions;
    for (std::size_t i = 0; i < names.size(); ++i) positions.emplace(names[i], i);
    return positions;
  }

  static std::size_t position(const std::string& text, const Positions& positions) {
    const auto found = positions.find(text.substr(0, text.find_first_of(": ")));
    return found == positions.end() ? positions.size() : found->second;
  }

  static bool precedes(const std::string& a, const std::string& b, const Positions& positions) {
    const std::size_t first = position(a, positions);
    const std::size_t second = position(b, positions);
    return first != second ? first < second : precedes_naturally(a, b);
  }

  Positions problems_;
  Positions solvers_;
};

[[noreturn]] void fail_empty(const std::string& where, const RunFilter& filter) {
  if (filter.text().empty()) throw UsageError(fmt::format("{} has no runs yet", where));
  throw UsageError(fmt::format("no run in {} fits '{}'", where, filter.text()));
}

StoredRun stored_run(const FinishedRun& run) {
  StoredRun record;
  const EvaluationCounts& evaluations = run.result.evaluations;
  record.problem = problem_and_start(run.description);
  record.solver = reported_solver(run.description);
  record.seed = run.description.seed;
  record.solved = run.result.solved;
  if (run.result.x.size() > 0) record.dimension = run.result.x.size();
  record.evaluations = static_cast<double>(evaluations.total());
  record.value_evaluations = static_cast<double>(evaluations.value);
  record.gradient_evaluations = static_cast<double>(evaluations.gradient);
  record.iterations = static_cast<double>(run.result.iterations);
  if (std::isfinite(run.result.seconds)) record.seconds = run.result.seconds;
  record.stop = run.stop;
  record.name = run.name;
  record.limits = run.description.limits;
  return record;
}

void for_each_accepted(const Store& store, Store::Part part, const RunFilter& filter,
                       RunFilter::Vocabulary& vocabulary, const std::function<void(const FinishedRun&)>& look) {
  Repetitions repetitions(store.path());
  store.for_each(part, [&](const FinishedRun& run) {
    vocabulary.add(run);
    if (run.description.is_trial && !filter.asks_for_trials()) return;
    if (!filter.accepts(run)) return;
    repetitions.add(run);
    look(run);
  });
}

std::optional<std::size_t> place_of_column(const StoredTrace& trace, const std::string& name) {
  for (std::size_t i = 0; i < trace.columns.size(); ++i) {
    if (trace.columns[i].name == name) return i;
  }
  return std::nullopt;
}

bool counts(const std::string& column, CostKind kind) {
  return kind == CostKind::evaluations ? column.ends_with("_evaluations") : column == to_string(kind);
}

// Absent where the trace does not record them.
std::optional<std::vector<double>> evaluations_in(const StoredTrace& trace, CostKind kind) {
  std::optional<std::vector<double>> sum;
  for (std::size_t i = 0; i < trace.columns.size(); ++i) {
    if (!counts(trace.columns[i].name, kind)) continue;
    if (!sum) sum.emplace(trace.rows);
    const auto column = trace.column(i);
    for (std::size_t row = 0; row < trace.rows; ++row) (*sum)[row] += column[row];
  }
  return sum;
}

// A run without rows has no points either: nothing is known of it but that it ended.
AnytimeRun anytime_of(const FinishedRun& run, CostKind kind) {
  AnytimeRun anytime{.problem = problem_and_start(run.description),
                     .solver = reported_solver(run.description),
                     .seed = run.description.seed,
                     .dimension = run.result.x.size()};
  const auto gap = place_of_column(run.trace, "gap");
  const auto values = gap ? gap : place_of_column(run.trace, "value");
  const auto evaluations = evaluations_in(run.trace, kind);
  // It threw, crashed or was killed, or the method could not start.
  const bool ended_at_once = run.result.x.size() == 0 || run.stop == to_string(StopReason::unsupported);
  if (run.trace.rows == 0 && ended_at_once) return anytime;
  if (run.trace.rows == 0 || !values || !evaluations) {
    throw UsageError(
        fmt::format("the run of '{}' on '{}' with the seed {} has no trace of the value and of {}: run the "
                    "batch with a [trace] that records both",
                    run.description.solver, anytime.problem, run.description.seed, to_string(kind)));
  }
  anytime.evaluations = *evaluations;
  const auto column = run.trace.column(*values);
  anytime.values.assign(column.begin(), column.end());
  if (gap) anytime.minimum = 0;
  return anytime;
}

// Gives runs without points the facts of the others on their problem, and a first point that reaches nothing.
std::vector<AnytimeRun> with_points(std::vector<AnytimeRun> runs) {
  std::map<std::string, AnytimeRun> others;
  for (const AnytimeRun& run : runs) {
    if (!run.evaluations.empty()) others.try_emplace(run.problem, run);
  }
  std::vector<AnytimeRun> complete;
  for (AnytimeRun& run : runs) {
    const auto other = others.find(run.problem);
    if (other == others.end()) continue;
    if (run.evaluations.empty()) {
      run.dimension = other->second.dimension;
      run.minimum = other->second.minimum;
      run.evaluations = {0};
      run.values = {std::numeric_limits<double>::quiet_NaN()};
    }
    complete.push_back(std::move(run));
  }
  return complete;
}

}  // namespace

std::vector<StoredRun> read_runs(const Store& store, const RunFilter& filter) {
  std::vector<StoredRun> runs = std::move(read_runs(std::vector<const Store*>{&store}, filter).front());
  if (runs.empty()) fail_empty(store.path(), filter);
  return runs;
}

std::vector<std::vector<StoredRun>> read_runs(const std::vector<const Store*>& stores,
                                              const RunFilter& filter) {
  RunFilter::Vocabulary vocabulary;
  std::vector<std::vector<StoredRun>> all;
  for (const Store* store : stores) {
    std::vector<StoredRun>& runs = all.emplace_back();
    for_each_accepted(*store, Store::Part::without_numbers, filter, vocabulary,
                      [&runs](const FinishedRun& run) { runs.push_back(stored_run(run)); });
    RunOrder().sort(runs);
  }
  filter.require_names_in(vocabulary);
  return all;
}

std::vector<std::string> tuning_notes(const Store& store, const RunFilter& filter) {
  struct Spent {
    std::set<std::string> settings;
    std::set<std::string> problems;
    std::size_t trials = 0;
    double evaluations = 0;
  };
  // Of each label and problem the limits of the reports: trials with the same have chosen their settings.
  std::map<std::pair<std::string, std::string>, std::vector<Limits>> reported;
  store.for_each(Store::Part::without_numbers, [&](const FinishedRun& run) {
    const RunDescription& description = run.description;
    if (description.tuning.empty() || description.is_trial || !filter.accepts(run)) return;
    std::vector<Limits>& limits = reported[{description.tuning, description.problem}];
    if (std::find(limits.begin(), limits.end(), description.limits) == limits.end()) {
      limits.push_back(description.limits);
    }
  });
  std::map<std::string, Spent> spent;
  store.for_each(Store::Part::without_numbers, [&](const FinishedRun& run) {
    const RunDescription& trial = run.description;
    if (!trial.is_trial) return;
    const auto found = reported.find({trial.tuning, trial.problem});
    if (found == reported.end()) return;
    const std::vector<Limits>& limits = found->second;
    if (std::find(limits.begin(), limits.end(), trial.limits) == limits.end()) return;
    Spent& of = spent[trial.tuning];
    of.settings.insert(trial.solver);
    of.problems.insert(trial.problem);
    ++of.trials;
    of.evaluations += static_cast<double>(run.result.evaluations.total());
  });
  std::vector<std::string> notes;
  notes.reserve(spent.size());
  for (const auto& [tuning, of] : spent) {
    notes.push_back(
        fmt::format("{}: each problem's best of {} settings; chosen by {} trials on {} {}, {:.4g} "
                    "evaluations that are not in the cost",
                    tuning, of.settings.size(), of.trials, of.problems.size(),
                    of.problems.size() == 1 ? "problem" : "problems", of.evaluations));
  }
  return notes;
}

RunTable table_of(const std::vector<StoredRun>& runs) { return RunTable({runs.begin(), runs.end()}); }

std::vector<AnytimeRun> read_anytime_runs(const Store& store, const RunFilter& filter, CostKind kind) {
  if (kind == CostKind::iterations || kind == CostKind::seconds) {
    throw UsageError(
        fmt::format("these profiles count evaluations, not {}: take --cost evaluations, "
                    "value_evaluations or gradient_evaluations",
                    to_string(kind)));
  }
  RunFilter::Vocabulary vocabulary;
  std::vector<AnytimeRun> runs;
  for_each_accepted(store, Store::Part::whole, filter, vocabulary,
                    [&](const FinishedRun& run) { runs.push_back(anytime_of(run, kind)); });
  filter.require_names_in(vocabulary);
  if (runs.empty()) fail_empty(store.path(), filter);
  RunOrder().sort(runs);
  return with_points(std::move(runs));
}

std::string meaning(CostKind kind) {
  switch (kind) {
    case CostKind::evaluations:
      return "evaluations of all kinds together, each as one";
    case CostKind::value_evaluations:
      return "evaluations of f alone";
    case CostKind::gradient_evaluations:
      return "evaluations of the gradient, with f";
    case CostKind::iterations:
      return "iterations";
    case CostKind::seconds:
      return "seconds in the method and its evaluations";
  }
  return {};
}

}  // namespace optbed
