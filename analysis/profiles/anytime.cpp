#include "analysis/profiles/anytime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics/quantile.hpp"

namespace optbed {
namespace {

[[noreturn]] void fail_run(const AnytimeRun& run, const std::string& what) {
  throw UsageError(
      fmt::format("the run of '{}' on '{}' with the seed {} {}", run.solver, run.problem, run.seed, what));
}

void check_run(const AnytimeRun& run) {
  if (run.evaluations.empty()) fail_run(run, "has no points: record the start at least");
  if (run.values.size() != run.evaluations.size()) {
    fail_run(run, fmt::format("has {} values at {} points", run.values.size(), run.evaluations.size()));
  }
  const bool finite = std::all_of(run.evaluations.begin(), run.evaluations.end(),
                                  [](double count) { return std::isfinite(count) && count >= 0; });
  if (!finite || !std::is_sorted(run.evaluations.begin(), run.evaluations.end())) {
    fail_run(run, "has evaluations that are not ascending numbers >= 0");
  }
  if (run.dimension < 1) fail_run(run, fmt::format("has the dimension {}", run.dimension));
  if (run.minimum && !std::isfinite(*run.minimum)) fail_run(run, "has a minimum that is not finite");
}

// The least and the first values of the runs on one problem.
class ProblemSummary {
 public:
  void add(const AnytimeRun& run) {
    if (!first_) {
      first_ = &run;
    } else if (run.dimension != first_->dimension || run.minimum != first_->minimum) {
      fail_run(run, "has another dimension or minimum than others on that problem");
    }
    if (std::isfinite(run.values.front())) start_ = std::max(start_, run.values.front());
    for (const double value : run.values) {
      if (std::isfinite(value)) least_ = std::min(least_, value);
    }
  }

  AnytimeProblem facts() const {
    if (!std::isfinite(start_)) fail_run(*first_, "starts at no finite value, as all on that problem");
    return {.dimension = first_->dimension, .start = start_, .minimum = first_->minimum.value_or(least_)};
  }

 private:
  const AnytimeRun* first_ = nullptr;
  double start_ = -std::numeric_limits<double>::infinity();
  double least_ = std::numeric_limits<double>::infinity();
};

}  // namespace

PerhapsCost AnytimeRun::evaluations_to(double target) const {
  const auto reached =
      std::find_if(values.begin(), values.end(), [&](double value) { return value <= target; });
  if (reached == values.end()) return std::nullopt;
  return evaluations[static_cast<std::size_t>(reached - values.begin())];
}

AnytimeRun anytime_run(std::string problem, std::string solver, std::uint64_t seed, Index dimension,
                       const Trace& trace, const std::string& evaluations) {
  const bool gap = trace.has("gap");
  for (const std::string& column : {evaluations, std::string(gap ? "gap" : "value")}) {
    if (!trace.has(column)) {
      throw UsageError(
          fmt::format("the trace of '{}' on '{}' has no column '{}': record it", solver, problem, column));
    }
  }
  AnytimeRun run{
      .problem = std::move(problem), .solver = std::move(solver), .seed = seed, .dimension = dimension};
  run.evaluations = trace.column(evaluations);
  run.values = trace.column(gap ? "gap" : "value");
  if (gap) run.minimum = 0;
  return run;
}

AnytimeTable::AnytimeTable(std::vector<AnytimeRun> runs) : AnytimeTable(RunGrid(std::move(runs))) {}

AnytimeTable::AnytimeTable(RunGrid<AnytimeRun> grid) : RunGrid(std::move(grid)) {
  for (std::size_t p = 0; p < problems().size(); ++p) {
    ProblemSummary summary;
    for (std::size_t s = 0; s < solvers().size(); ++s) {
      for (const AnytimeRun& run : runs(p, s)) {
        check_run(run);
        summary.add(run);
      }
    }
    facts_.push_back(summary.facts());
  }
}

CostTable evaluations_to_converge(const AnytimeTable& runs, double tau) {
  if (!(tau > 0 && tau < 1))
    throw UsageError(fmt::format("the tau of a convergence test must be in (0, 1), not {}", tau));
  runs.require_complete();
  CostTable table(runs.problems(), runs.solvers());
  for (std::size_t p = 0; p < runs.problems().size(); ++p) {
    const AnytimeProblem& facts = runs.facts(p);
    const double target = facts.minimum + tau * (facts.start - facts.minimum);
    for (std::size_t s = 0; s < runs.solvers().size(); ++s) {
      std::vector<PerhapsCost> costs;
      for (const AnytimeRun& run : runs.runs(p, s)) costs.push_back(run.evaluations_to(target));
      table.set(p, s, median(costs));
    }
  }
  return table;
}

}  // namespace optbed
