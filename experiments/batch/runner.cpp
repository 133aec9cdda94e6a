#include "experiments/batch/runner.hpp"

#include <atomic>
#include <thread>

#include "experiments/batch/finished_queue.hpp"
#include "experiments/batch/perform.hpp"
#include "experiments/batch/shared_problems.hpp"
#include "experiments/version.hpp"

namespace optbed {
namespace {

constexpr std::size_t most_waiting_bytes = std::size_t{16} << 20U;
// A commit appends to SQLite's log and does not wait for the disk, so that it may come often.
constexpr std::chrono::milliseconds commit_interval(50);

// Brings finished runs into the store, those of half a second at once: a transaction costs as much as many
// runs.
class StoreWriter {
 public:
  using Clock = FinishedQueue::Clock;

  StoreWriter(Store& store, const RunnerSettings& settings) : store_(store), settings_(settings) {}

  // Until all producers have finished and all is stored.
  void write_all(FinishedQueue& queue) {
    auto deadline = Clock::now() + commit_interval;
    for (bool more = true; more;) {
      for (FinishedRun& run : queue.take_all(deadline)) write(run);
      more = !queue.is_finished();
      if (more && Clock::now() < deadline) continue;
      commit();
      settings_.while_running();
      deadline = Clock::now() + commit_interval;
    }
  }

 private:
  void write(FinishedRun& run) {
    if (!store_.is_open_transaction()) store_.begin();
    store_.insert(run, this_environment());
    run.trace = {};
    run.result.x.resize(0);
    written_.push_back(std::move(run));
  }

  void commit() {
    if (!store_.is_open_transaction()) return;
    store_.commit();
    for (const FinishedRun& run : written_) settings_.stored(run);
    written_.clear();
  }

  Store& store_;
  const RunnerSettings& settings_;
  std::vector<FinishedRun> written_;  // not yet committed
};

}  // namespace

void make_runs(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
               const SolverRegistry& solvers, Store& store, const RunnerSettings& settings) {
  Eigen::setNbThreads(1);
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
    StoreWriter(store, settings).write_all(queue);
  } catch (...) {
    given_up = true;
    queue.abandon();
    throw;
  }
}

}  // namespace optbed
