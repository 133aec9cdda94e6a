#include "experiments/store/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "problems/errors.hpp"

namespace optbed {
namespace {

// By what another attempt may be spared.
bool was_cut_off(const FinishedRun& run) {
  return run.stop == to_string(StopReason::max_seconds) || run.stop == stop_at_crash ||
         run.stop == stop_at_exception;
}

void require_same(const FinishedRun& a, const FinishedRun& b, const Store& into, const Store& from) {
  const std::vector<std::string> found = differences(a, b);
  if (found.empty()) return;
  throw InputError(
      fmt::format("{} and {} disagree on the run {} ({} on {}):\n  {}\n  nothing of {} was added; 'optbed "
                  "replay' of the run in each store says which of them this program makes again",
                  into.path(), from.path(), b.name.text(), b.description.solver, b.description.problem,
                  fmt::join(found, "\n  "), from.path()));
}

}  // namespace

Merge merge(Store& into, const Store& from) {
  Merge count;
  into.begin();
  try {
    for (const auto& [name, text] : from.specs()) into.keep_spec(name, text);
    from.for_each(Store::Part::whole, [&](const FinishedRun& run) {
      if (into.contains(run.name)) {
        const FinishedRun there = into.run(run.name);
        if (was_cut_off(there) && !was_cut_off(run)) {
          into.erase(run.name);
          into.insert(run, from.environment_of(run.name));
          ++count.replaced;
        } else {
          if (!was_cut_off(run)) require_same(there, run, into, from);
          ++count.there_already;
        }
      } else {
        into.insert(run, from.environment_of(run.name));
        ++count.added;
      }
    });
  } catch (...) {
    into.roll_back();
    throw;
  }
  into.commit();
  return count;
}

}  // namespace optbed
