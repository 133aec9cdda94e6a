// A run and how it ended, as the store keeps it. One description of each result feeds the store's columns, the
// exported ones and every comparison of two runs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "experiments/store/run_description.hpp"

namespace optbed {

struct TraceColumn {
  std::string name;
  std::size_t width = 1;  // numbers in a row: 1, or of the iterates the dimension

  bool operator==(const TraceColumn&) const = default;
};

struct StoredTrace {
  std::vector<TraceColumn> columns;
  std::size_t rows = 0;
  std::vector<double> values;  // column after column, each of rows * width numbers, row after row

  std::span<const double> column(std::size_t i) const;
};

// Throws std::length_error where `what` has more numbers than the store holds of one run: 0.9e9 bytes.
void require_storable(std::size_t numbers, const std::string& what);

// The iterates are the column `x`. Throws std::length_error where the numbers are more than the store holds.
StoredTrace stored_trace(const Trace& trace);

// The words in place of a stop reason where the run threw, and where it took its process down.
inline constexpr const char* stop_at_exception = "exception";
inline constexpr const char* stop_at_crash = "crash";

struct FinishedRun {
  RunName name;
  RunDescription description;
  std::string stop;  // a stop reason, stop_at_exception or stop_at_crash
  Result result;     // all but its `stop` and `trace`
  StoredTrace trace;
};

// True where making the run again may be worth it: it threw, crashed, was not supported, met a number that is
// not finite, or ran out of time.
bool has_failed(const FinishedRun& run);
std::vector<std::string> failed_stops();

// A number that is not known, or NaN, is empty: SQL has one word for both.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
std::string to_string(const Cell& cell);  // the shortest text that reads back the same

struct ResultColumn {
  const char* name;
  const char* type;  // of SQL
  const char* meaning;
  bool reproducible;  // whether the run made again on the same machine has the same
  Cell (*get)(const FinishedRun&);
  void (*set)(FinishedRun&, const Cell&);
};

// All but the name, the final point and the trace.
const std::vector<ResultColumn>& result_columns();

// Where two runs differ that ought to be the same, in words: the results, the final point, the first row of the
// trace; bit by bit, whatever the seconds. Empty where they do not.
std::vector<std::string> differences(const FinishedRun& a, const FinishedRun& b);

}  // namespace optbed
