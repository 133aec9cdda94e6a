#include "experiments/batch/store_writer.hpp"

namespace optbed {
namespace {

// A commit appends to SQLite's log and does not wait for the disk, so that it may come often.
constexpr std::chrono::milliseconds commit_interval(50);

}  // namespace

StoreWriter::StoreWriter(Store& store, const RunnerSettings& settings)
    : store_(store), settings_(settings), deadline_(Clock::now() + commit_interval) {}

void StoreWriter::write(FinishedRun&& run) {
  if (!store_.is_open_transaction()) store_.begin();
  if (settings_.replaces) store_.erase(run.name);
  store_.insert(run, this_environment());
  run.trace = {};
  written_.push_back(std::move(run));
}

void StoreWriter::commit_if_due() {
  if (Clock::now() < deadline_) return;
  commit();
  settings_.while_running();
  deadline_ = Clock::now() + commit_interval;
}

void StoreWriter::commit() {
  if (!store_.is_open_transaction()) return;
  store_.commit();
  for (const FinishedRun& run : written_) settings_.stored(run);
  written_.clear();
}

}  // namespace optbed
