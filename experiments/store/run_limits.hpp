// The limits of a run by their names, to select runs by them and to compare them.
#pragma once

#include <optional>
#include <vector>

#include "solvers/minimize.hpp"

namespace optbed {

struct NamedLimit {
  const char* name;                            // as a spec and a filter write it
  std::optional<double> (*of)(const Limits&);  // empty: the run has none
};

const std::vector<NamedLimit>& named_limits();

}  // namespace optbed
