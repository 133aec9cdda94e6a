// Seeds as a spec has them: a list, or FIRST..LAST.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/spec_table.hpp"

namespace optbed {

// Absent where the key is not given. Throws UsageError.
std::optional<Placed<std::vector<std::uint64_t>>> read_seeds(const SpecTable& table, const std::string& key);

}  // namespace optbed
