// Finished runs on their way from the threads that make them to the one that writes them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "experiments/store/finished_run.hpp"

namespace optbed {

class FinishedQueue {
 public:
  using Clock = std::chrono::steady_clock;

  // `most` is how many bytes may wait; one run more than that may.
  FinishedQueue(unsigned producers, std::size_t most) : producers_(producers), most_(most) {}

  // Waits while it is full. False where nobody will take it any more.
  bool push(FinishedRun run) {
    std::unique_lock lock(mutex_);
    not_full_.wait(lock, [this] { return bytes_ < most_ || is_abandoned_; });
    if (is_abandoned_) return false;
    bytes_ += bytes_of(run);
    runs_.push_back(std::move(run));
    // One notice for many runs: the writer takes all that wait.
    if (runs_.size() == 1) not_empty_.notify_one();
    return true;
  }

  // A producer says that it has no more.
  void finish() {
    const std::lock_guard lock(mutex_);
    --producers_;
    not_empty_.notify_one();
  }

  // All that wait; waits for at least one until `deadline` or until all producers have finished.
  std::deque<FinishedRun> take_all(Clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    not_empty_.wait_until(lock, deadline, [this] { return !runs_.empty() || producers_ == 0; });
    std::deque<FinishedRun> taken;
    taken.swap(runs_);
    bytes_ = 0;
    not_full_.notify_all();
    return taken;
  }

  bool is_finished() {
    const std::lock_guard lock(mutex_);
    return producers_ == 0 && runs_.empty();
  }

  // The writer says that it will take no more.
  void abandon() {
    const std::lock_guard lock(mutex_);
    is_abandoned_ = true;
    not_full_.notify_all();
  }

 private:
  static std::size_t bytes_of(const FinishedRun& run) {
    return sizeof(run) + 8 * (run.trace.values.size() + static_cast<std::size_t>(run.result.x.size()));
  }

  std::mutex mutex_;
  std::condition_variable not_full_;
  std::condition_variable not_empty_;
  std::deque<FinishedRun> runs_;
  std::size_t bytes_ = 0;
  unsigned producers_;
  std::size_t most_;
  bool is_abandoned_ = false;
};

}  // namespace optbed
