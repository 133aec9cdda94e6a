// What a run paid, where it solved its problem.
#pragma once

#include <optional>

namespace optbed {

// Finite and >= 0, or absent: not solved. A run that is not solved is worse than any cost, and as bad as any
// other that is not solved.
using PerhapsCost = std::optional<double>;

}  // namespace optbed
