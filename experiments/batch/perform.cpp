#include "experiments/batch/perform.hpp"

#include <limits>
#include <new>

namespace optbed {
namespace {

FinishedRun minimized(const RunDescription& description, const Problem& problem, Solver& solver,
                      const std::function<bool()>& ends) {
  FinishedRun run;
  MinimizeSettings settings{.limits = description.limits,
                            .trace = description.trace,
                            .start = start_point(description.start, problem),
                            .seed = description.seed,
                            .observer = [&ends](const Observation&) { return ends(); }};
  run.result = minimize(problem, solver, std::move(settings));
  require_storable(static_cast<std::size_t>(run.result.x.size()), "the final point");
  run.trace = stored_trace(run.result.trace);
  run.result.trace = {};
  run.stop = to_string(run.result.stop);
  return run;
}

}  // namespace

FinishedRun perform(const RunName& name, const RunDescription& description, const ProblemSource& problem,
                    const SolverRegistry& solvers, const std::function<bool()>& ends) {
  try {
    FinishedRun run = minimized(description, *problem(), *solvers.make(description.solver), ends);
    run.name = name;
    run.description = description;
    return run;
  } catch (const std::bad_alloc&) {
    return failed_run(name, description, stop_at_exception, "there is not enough memory");
  } catch (const std::exception& error) {
    return failed_run(name, description, stop_at_exception, error.what());
  }
}

FinishedRun failed_run(const RunName& name, const RunDescription& description, std::string stop,
                       std::string message) {
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  FinishedRun run;
  run.name = name;
  run.description = description;
  run.stop = std::move(stop);
  run.result.value = unknown;
  run.result.gradient_norm = unknown;
  run.result.seconds = unknown;
  run.result.message = std::move(message);
  return run;
}

bool was_ended(const FinishedRun& run) { return run.stop == to_string(StopReason::observer); }

}  // namespace optbed
