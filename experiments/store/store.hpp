// The results of runs in one SQLite file, which may be cut off at any moment and still holds what was
// committed.
//
//   Store store(path, Store::Access::write);
//   store.begin();
//   store.insert(run, this_environment());
//   store.commit();
//
// Every member throws InputError where the file cannot be read or written, or is damaged.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiments/store/environment.hpp"
#include "experiments/store/finished_run.hpp"

namespace optbed {

class Store {
 public:
  enum class Access { read, write };
  enum class Part { whole, without_numbers };  // the final point and the trace are left out

  // A store to write to is made where there is no file, and locked for the life of the object. Where another
  // process writes to it, waits for some seconds, and throws. A file that is no store, or one of another
  // version, is left as it is.
  Store(std::string path, Access access);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();

  const std::string& path() const { return path_; }

  // What is written lies between begin and commit, and is there as a whole or not at all.
  void begin();
  void commit();
  void roll_back();
  bool is_open_transaction() const;
  void insert(const FinishedRun& run, const Environment& environment);
  void erase(const RunName& run);
  void keep_spec(const std::string& name, const std::string& text);

  long size() const;
  std::vector<RunName> names() const;            // ascending
  std::vector<RunName> names_of_failed() const;  // ascending
  std::vector<std::string> names_beginning_with(const std::string& digits, long most) const;
  bool contains(const RunName& run) const;

  // Throws std::out_of_range where there is no such run.
  FinishedRun run(const RunName& run) const;
  Environment environment_of(const RunName& run) const;

  // In the order in which they were made.
  void for_each(Part part, const std::function<void(const FinishedRun&)>& look) const;

  // The columns of all traces, each name once; the specs, name and text.
  std::vector<TraceColumn> trace_columns() const;
  std::vector<std::pair<std::string, std::string>> specs() const;

 private:
  struct Connection;

  std::string path_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace optbed
