#include "experiments/batch/replay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/batch/perform.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

RunName only_run_called(const Store& store, const std::string& name) {
  constexpr long shown = 4;
  const std::vector<std::string> found = store.names_beginning_with(name, shown);
  if (name.empty() || found.empty()) {
    throw UsageError(
        fmt::format("{}: no run's name begins with '{}'; the names are in the column 'run' of the view "
                    "runs",
                    store.path(), name));
  }
  if (found.size() > 1) {
    throw UsageError(fmt::format("{}: the names of several runs begin with '{}': {}{}", store.path(), name,
                                 fmt::join(found, ", "), found.size() == shown ? ", …" : ""));
  }
  return parse_run_name(found.front());
}

}  // namespace

Replay replay(const Store& store, const std::string& name, const ProblemRegistry& problems,
              const SolverRegistry& solvers, const std::function<bool()>& interrupted) {
  const RunName run = only_run_called(store, name);
  Replay replay{.stored = store.run(run), .results = {}, .environment = {}};
  const RunDescription& description = replay.stored.description;
  const auto problem = [&] { return std::shared_ptr<const Problem>(problems.make(description.problem)); };
  const FinishedRun again = perform(run, description, problem, solvers, interrupted);
  replay.interrupted = was_ended(again);
  replay.results = differences(replay.stored, again);
  replay.environment = differences(store.environment_of(run), this_environment());
  return replay;
}

}  // namespace optbed
