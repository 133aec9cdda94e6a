// "Did you mean …": the legal name that is closest to a mistyped one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace optbed {

// The name with the least number of insertions, deletions, substitutions and swaps of neighbours away from
// `typed` (optimal string alignment distance), whatever their hyphens, underscores and capitals; empty where
// even that one is too far off to be meant.
std::string nearest_name(std::string_view typed, const std::vector<std::string>& names);

// `; did you mean 'NAME'?`, or nothing where no name is near.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& names);

}  // namespace optbed
