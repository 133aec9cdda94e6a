// The limits of a run in a TOML file: those of the command line, with underscores.
#pragma once

#include <string>
#include <vector>

#include "experiments/spec_table.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

const std::vector<std::string>& limit_keys();

// What the table does not give is as in `limits`. Throws UsageError.
Limits read_limits(const SpecTable& table, Limits limits);

// The same where values may be lists, which multiply: each of `limits` with each combination of the values, no
// two the same.
std::vector<Limits> read_limit_lists(const SpecTable& table, std::vector<Limits> limits);

// In the same order, each once.
std::vector<Limits> different(const std::vector<Limits>& all);

}  // namespace optbed
