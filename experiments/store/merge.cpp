#include "experiments/store/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "problems/errors.hpp"

namespace optbed {
namespace {

void require_same(const Store& a, const Store& b, const FinishedRun& of_b) {
  const std::vector<std::string> found = differences(a.run(of_b.name), of_b);
  if (found.empty()) return;
  throw InputError(fmt::format("{} and {} disagree on the run {} ({} on {}):\n  {}\n  nothing of {} was added",
                               a.path(), b.path(), of_b.name.text(), of_b.description.solver,
                               of_b.description.problem, fmt::join(found, "\n  "), b.path()));
}

}  // namespace

Merge merge(Store& into, const Store& from) {
  Merge count;
  into.begin();
  try {
    for (const auto& [name, text] : from.specs()) into.keep_spec(name, text);
    from.for_each(Store::Part::whole, [&](const FinishedRun& run) {
      if (into.contains(run.name)) {
        require_same(into, from, run);
        ++count.there_already;
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
