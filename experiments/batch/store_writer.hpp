// Brings finished runs into a store, those of a twentieth of a second at once: a transaction costs as much as
// many runs.
#pragma once

#include <chrono>
#include <vector>

#include "experiments/batch/runner.hpp"

namespace optbed {

class StoreWriter {
 public:
  using Clock = std::chrono::steady_clock;

  // Both are referred to.
  StoreWriter(Store& store, const RunnerSettings& settings);

  void write(FinishedRun&& run);

  // When the next commit is due.
  Clock::time_point deadline() const { return deadline_; }

  // Commits what was written, and tells of it; where it is due, also looks up from the work.
  void commit_if_due();
  void commit();

 private:
  Store& store_;
  const RunnerSettings& settings_;
  Clock::time_point deadline_;
  std::vector<FinishedRun> written_;  // not yet committed
};

}  // namespace optbed
