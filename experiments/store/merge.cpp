#include "experiments/store/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "problems/errors.hpp"

namespace optbed {
namespace {

bool is_ended_by_clock(const FinishedRun& run) { return run.stop == to_string(StopReason::max_seconds); }

// What a run that both have counts as.
void count_common(const FinishedRun& a, const FinishedRun& b, const Store& into, const Store& from,
                  Merge& count) {
  const std::vector<std::string> found = differences(a, b);
  if (found.empty()) {
    ++count.there_already;
  } else if (is_ended_by_clock(a) || is_ended_by_clock(b)) {
    ++count.out_of_time_too;
  } else {
    throw InputError(
        fmt::format("{} and {} disagree on the run {} ({} on {}):\n  {}\n  nothing of {} was added",
                    into.path(), from.path(), b.name.text(), b.description.solver, b.description.problem,
                    fmt::join(found, "\n  "), from.path()));
  }
}

}  // namespace

Merge merge(Store& into, const Store& from) {
  Merge count;
  into.begin();
  try {
    for (const auto& [name, text] : from.specs()) into.keep_spec(name, text);
    from.for_each(Store::Part::whole, [&](const FinishedRun& run) {
      if (into.contains(run.name)) {
        count_common(into.run(run.name), run, into, from, count);
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
