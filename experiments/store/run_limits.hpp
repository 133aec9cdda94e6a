// The limits of a run by their names, to select runs by them and to compare them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "solvers/minimize.hpp"

namespace optbed {

struct NamedLimit {
  const char* name;                            // as a spec and a filter write it
  std::optional<double> (*of)(const Limits&);  // empty: the run has none
};

const std::vector<NamedLimit>& named_limits();

// Those in which some of `all` differ.
std::vector<NamedLimit> differing_limits(const std::vector<Limits>& all);

// " max_iterations 100 gap_tolerance none" for two of them, nothing for none.
std::string limits_text(const std::vector<NamedLimit>& which, const Limits& limits);

}  // namespace optbed
