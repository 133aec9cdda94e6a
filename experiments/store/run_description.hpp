// What determines a run, in the words that a person types: `optbed run` with the same words makes the same run.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "solvers/minimize.hpp"

namespace optbed {

struct RunDescription {
  std::string problem;             // name:key=value,…
  std::string solver;              // name:key=value,…
  std::string start = "standard";  // the problem's own; "10x": ten times that; or the point as V1;V2;…
  std::uint64_t seed = 0;
  Limits limits = {};
  TracePolicy trace = {};
  std::string tuning = {};  // where the solver is a setting of one that is tuned: what reports call that
  bool is_trial = false;    // made to choose the setting, and not to be reported
};

// x_0 (n). Throws UsageError where the text is no start, or a point of another dimension than the problem's.
Vector start_point(const std::string& start, const Problem& problem);

// The words for a trigger, and for what a trace records besides `iteration` and the iterates.
const std::vector<std::pair<std::string, Trigger::Kind>>& trigger_words();
const std::vector<std::pair<std::string, bool TracePolicy::*>>& property_words();

// A run's name: the SHA-1 of everything in its description and of the program's version, cut to 128 bits as
// RFC 4122 makes a name-based UUID (version 5). Two runs of one name are the same run.
struct RunName {
  std::array<std::uint8_t, 16> bytes = {};

  std::string text() const;  // 32 hexadecimal digits
  // Which of `count` equal parts of all names it falls into, 0 … count-1.
  std::uint64_t part(std::uint64_t count) const;
  bool operator==(const RunName&) const = default;
  bool operator<(const RunName& other) const { return bytes < other.bytes; }
};

RunName run_name(const RunDescription& run, const std::string& version);

// The name that decides which shard makes the run: its own; but the trials of a tuning on a problem, and the
// runs with what they choose, belong together.
RunName shard_name(const RunDescription& run, const std::string& version);

// Throws std::invalid_argument where these are not 32 hexadecimal digits.
RunName parse_run_name(const std::string& digits);

}  // namespace optbed
