#include "experiments/batch/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/made_at.hpp"
#include "experiments/spec_limits.hpp"

namespace optbed {
namespace {

// The numbers of so many are held at once.
constexpr double most_runs = 1e8;

// Two entries of a list that are the same make two runs of the same name.
void require_different(const std::vector<Placed<std::string>>& entries, const char* what) {
  std::map<std::string, const SourcePosition*> seen;
  for (const auto& [value, at] : entries) {
    const auto [first, is_new] = seen.emplace(value, &at);
    if (is_new) continue;
    throw_usage_error(at, fmt::format("the {} {} is there twice, also at {}: two runs would have the same name",
                                      what, value, to_string(*first->second)));
  }
}

void require_different_seeds(const Placed<std::vector<std::uint64_t>>& seeds) {
  std::vector<std::uint64_t> ascending = seeds.value;
  std::sort(ascending.begin(), ascending.end());
  const auto twice = std::adjacent_find(ascending.begin(), ascending.end());
  if (twice == ascending.end()) return;
  throw_usage_error(seeds.at,
                    fmt::format("the seed {} is there twice: two runs would have the same name", *twice));
}

void require_starts_fit(const BatchSpec& spec, const Problem& problem, const std::string& text) {
  for (const auto& [start, at] : spec.starts) {
    try {
      start_point(start, problem);
    } catch (const UsageError& error) {
      throw_usage_error(at, fmt::format("{} ({})", error.what(), text));
    }
  }
}

double work_of(const Problem& problem, const Limits& limits) {
  const auto iterations = static_cast<double>(limits.max_iterations);
  const auto evaluations = static_cast<double>(limits.max_evaluations);
  return static_cast<double>(problem.dimension()) *
         (limits.max_evaluations > 0 ? std::min(iterations, evaluations) : iterations);
}

}  // namespace

Plan::Plan(BatchSpec spec, const ProblemRegistry& problems, const SolverRegistry& solvers)
    : spec_(std::move(spec)), override_fits_(spec_.overrides.size(), false) {
  require_different(spec_.problems, "problem");
  require_different(spec_.solvers, "solver");
  require_different(spec_.starts, "start");
  require_different_seeds(spec_.seeds);
  for (const auto& solver : spec_.solvers) solvers_.push_back({solver, {}, solver.value});
  solvers_.insert(solvers_.end(), spec_.tuned.begin(), spec_.tuned.end());
  std::vector<std::unique_ptr<Solver>> made_solvers;
  made_solvers.reserve(solvers_.size());
  for (const TunedSolver& solver : solvers_) made_solvers.push_back(made_at(solvers, solver.solver));
  for (std::size_t i = 0; i < spec_.problems.size(); ++i) {
    const auto problem = made_at(problems, spec_.problems[i]);
    add_pairs_of(i, *problem, made_solvers);
  }
  require_no_more_than(most_runs);
  if (spec_.stage == BatchStage::whole) require_complete();
  std::stable_sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) { return a.work > b.work; });
}

void Plan::require_no_more_than(double most) const {
  const double runs = static_cast<double>(pairs_.size()) * static_cast<double>(spec_.starts.size()) *
                      static_cast<double>(spec_.seeds.value.size());
  if (runs <= most) return;
  throw_usage_error(
      {spec_.file},
      fmt::format("the batch has {:.3g} runs ({} pairs with their limits, {} starts, {} seeds), more than "
                  "{:.0e}: write several specs",
                  runs, pairs_.size(), spec_.starts.size(), spec_.seeds.value.size(), most));
}

void Plan::require_complete() const {
  for (std::size_t i = 0; i < spec_.overrides.size(); ++i) {
    if (!override_fits_[i]) {
      const PairOverride& one = spec_.overrides[i];
      throw_usage_error(one.at,
                        fmt::format("[[override]] fits no pair of this batch: problem '{}', solver '{}'; "
                                    "write a name or a full string of the batch, sets do not count here",
                                    one.problem.value_or("any"), one.solver.value_or("any")));
    }
  }
  if (pairs_.empty()) {
    throw_usage_error(
        {spec_.file},
        fmt::format("nothing to run: none of the {} pairs of a problem and a solver fits{}", skipped_.size(),
                    skipped_.empty() ? "" : "; the first: " + skipped_.front().why));
  }
}

void Plan::add_pairs_of(std::size_t problem, const Problem& made,
                        const std::vector<std::unique_ptr<Solver>>& solvers) {
  const std::string& problem_text = spec_.problems[problem].value;
  bool is_run = false;
  for (std::size_t solver = 0; solver < solvers.size(); ++solver) {
    const std::string& solver_text = solvers_[solver].written;
    if (solvers_[solver].only_on && *solvers_[solver].only_on != problem_text) continue;
    std::vector<Limits> all_limits = spec_.limits;
    bool skip = false;
    for (std::size_t i = 0; i < spec_.overrides.size(); ++i) {
      const PairOverride& one = spec_.overrides[i];
      if (!one.applies_to(problem_text, solver_text)) continue;
      override_fits_[i] = true;
      for (Limits& limits : all_limits) limits = one.limits(limits);
      all_limits = different(all_limits);
      skip = one.skip.value_or(skip);
    }
    const std::string unmet = solvers[solver]->unmet_need(made);
    if (skip) {
      note_skipped({problem_text, solver_text, "an [[override]] says so"});
    } else if (!unmet.empty() && !spec_.record_unsupported) {
      note_skipped({problem_text, solver_text, "the problem lacks " + unmet});
    } else {
      for (const Limits& limits : all_limits) {
        pairs_.push_back({problem, solver, limits, work_of(made, limits)});
      }
      is_run = true;
    }
  }
  if (is_run) require_starts_fit(spec_, made, problem_text);
}

// Once for all settings of a solver that is tuned, which follow each other.
void Plan::note_skipped(SkippedPair pair) {
  const bool is_noted =
      !skipped_.empty() && skipped_.back().problem == pair.problem && skipped_.back().solver == pair.solver;
  if (!is_noted) skipped_.push_back(std::move(pair));
}

RunDescription Plan::run(std::size_t number) const {
  const Pair& pair = pair_of(number);
  const std::size_t seeds = spec_.seeds.value.size();
  return {.problem = spec_.problems[pair.problem].value,
          .solver = solvers_[pair.solver].solver.value,
          .start = spec_.starts[number / seeds % spec_.starts.size()].value,
          .seed = spec_.seeds.value[number % seeds],
          .limits = pair.limits,
          .trace = spec_.trace,
          .tuning = solvers_[pair.solver].tuning,
          .is_trial = spec_.stage == BatchStage::trials};
}

}  // namespace optbed
