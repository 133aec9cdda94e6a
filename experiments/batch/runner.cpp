#include "experiments/batch/runner.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "experiments/batch/finished_queue.hpp"
#include "experiments/batch/isolated_runs.hpp"
#include "experiments/batch/perform.hpp"
#include "experiments/batch/shared_problems.hpp"
#include "experiments/batch/store_writer.hpp"
#include "experiments/version.hpp"

namespace optbed {
namespace {

constexpr std::size_t most_waiting_bytes = std::size_t{8} << 20U;

std::vector<std::string> problem_texts(const BatchSpec& spec) {
  std::vector<std::string> texts;
  texts.reserve(spec.problems.size());
  for (const auto& problem : spec.problems) texts.push_back(problem.value);
  return texts;
}

// Threads that take the next run, make it, and hand it over to the one that writes.
class RunningThreads {
 public:
  RunningThreads(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
                 const SolverRegistry& solvers, const RunnerSettings& settings)
      : plan_(plan),
        numbers_(numbers),
        solvers_(solvers),
        settings_(settings),
        shared_(problems, problem_texts(plan.spec())),
        count_(std::min<std::size_t>(settings.workers, numbers.size())),
        queue_(static_cast<unsigned>(count_), most_waiting_bytes) {}

  // Until all runs are stored, or an interruption or a failure ends it.
  void store_all(Store& store) {
    start();
    try {
      write_all(StoreWriter(store, settings_));
    } catch (...) {
      given_up_ = true;
      queue_.abandon();
      throw;
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void start() {
    try {
      threads_.reserve(count_);
      while (threads_.size() < count_) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // the system gives no more threads: those that there are do it
      if (threads_.empty()) throw;
      for (std::size_t i = threads_.size(); i < count_; ++i) queue_.finish();
    }
  }

  bool ends() const { return given_up_.load(std::memory_order_relaxed) || settings_.interrupted(); }

  void work() {
    try {
      make_runs_until_done();
    } catch (...) {
      const std::lock_guard lock(failing_);
      if (!failure_) failure_ = std::current_exception();
      given_up_ = true;
    }
    queue_.finish();
  }

  void make_runs_until_done() {
    const std::function<bool()> ends_now = [this] { return ends(); };
    std::shared_ptr<const Problem> last;  // the next run is most often on the same
    while (!ends()) {
      const std::size_t i = next_++;
      if (i >= numbers_.size()) break;
      const RunDescription run = plan_.run(numbers_[i]);
      const auto problem = [&] { return last = shared_.at(plan_.problem_of(numbers_[i])); };
      FinishedRun finished = perform(run_name(run, version()), run, problem, solvers_, ends_now);
      if (was_ended(finished) || !queue_.push(std::move(finished))) break;
    }
  }

  // Until all threads have finished and all that they made is stored.
  void write_all(StoreWriter writer) {
    while (!queue_.is_finished()) {
      for (FinishedRun& run : queue_.take_all(writer.deadline())) writer.write(std::move(run));
      writer.commit_if_due();
    }
    writer.commit();
  }

  const Plan& plan_;
  const std::vector<std::size_t>& numbers_;
  const SolverRegistry& solvers_;
  const RunnerSettings& settings_;
  SharedProblems shared_;
  std::size_t count_;
  FinishedQueue queue_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> given_up_ = false;
  std::mutex failing_;
  std::exception_ptr failure_;  // the first that a thread met
  std::vector<std::jthread> threads_;
};

}  // namespace

void make_runs(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
               const SolverRegistry& solvers, Store& store, const RunnerSettings& settings) {
  Eigen::setNbThreads(1);
  if (settings.isolated) {
    make_runs_in_processes(plan, numbers, problems, solvers, store, settings);
  } else {
    RunningThreads(plan, numbers, problems, solvers, settings).store_all(store);
  }
}

}  // namespace optbed
