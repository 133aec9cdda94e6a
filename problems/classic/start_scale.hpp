// The test set of Moré, Garbow & Hillstrom (1981) starts each of its problems at 1, 10 and 100 times the
// standard start.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace optbed {

inline std::vector<std::pair<std::string, long>> start_scales() { return {{"1", 1}, {"10", 10}, {"100", 100}}; }

inline constexpr const char* start_scale_help = "the start is the standard one times this";

}  // namespace optbed
