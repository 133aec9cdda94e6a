#include "experiments/batch/runner.hpp"

#include <atomic>
#include <thread>

#include "experiments/batch/finished_queue.hpp"
#include "experiments/batch/isolated_runs.hpp"
#include "experiments/batch/perform.hpp"
#include "experiments/batch/shared_problems.hpp"
#include "experiments/batch/store_writer.hpp"
#include "experiments/version.hpp"

namespace optbed {
namespace {

constexpr std::size_t most_waiting_bytes = std::size_t{16} << 20U;
// Until all producers have finished and all is stored.
void write_all(FinishedQueue& queue, StoreWriter writer) {
  while (!queue.is_finished()) {
    for (FinishedRun& run : queue.take_all(writer.deadline())) writer.write(std::move(run));
    writer.commit_if_due();
  }
  writer.commit();
}

void make_runs_in_threads(const Plan& plan, const std::vector<std::size_t>& numbers,
                          const ProblemRegistry& problems, const SolverRegistry& solvers, Store& store,
                          const RunnerSettings& settings) {
  std::vector<std::string> texts;
  for (const auto& problem : plan.spec().problems) texts.push_back(problem.value);
  SharedProblems shared(problems, std::move(texts));
  FinishedQueue queue(settings.workers, most_waiting_bytes);
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> given_up = false;
  const std::function<bool()> ends = [&] {
    return given_up.load(std::memory_order_relaxed) || settings.interrupted();
  };

  const auto work = [&] {
    std::shared_ptr<const Problem> last;  // the next run is most often on the same
    while (!ends()) {
      const std::size_t i = next++;
      if (i >= numbers.size()) break;
      const RunDescription run = plan.run(numbers[i]);
      const auto problem = [&] { return last = shared.at(plan.problem_of(numbers[i])); };
      FinishedRun finished = perform(run_name(run, version()), run, problem, solvers, ends);
      if (was_ended(finished) || !queue.push(std::move(finished))) break;
    }
    queue.finish();
  };

  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < settings.workers; ++i) workers.emplace_back(work);
  try {
    write_all(queue, StoreWriter(store, settings));
  } catch (...) {
    given_up = true;
    queue.abandon();
    throw;
  }
}

}  // namespace

void make_runs(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
               const SolverRegistry& solvers, Store& store, const RunnerSettings& settings) {
  Eigen::setNbThreads(1);
  const auto make = settings.isolated ? make_runs_in_processes : make_runs_in_threads;
  make(plan, numbers, problems, solvers, store, settings);
}

}  // namespace optbed
