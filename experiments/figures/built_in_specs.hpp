// The specs that are part of the program, from experiments/specs.
#pragma once

#include <string>
#include <vector>

#include "experiments/figures/figure_spec.hpp"

namespace optbed {

struct BuiltInSpec {
  std::string name;
  std::string text;  // the TOML file
};

// In alphabetical order.
const std::vector<BuiltInSpec>& built_in_specs();

// The built-in figure of this name, or the one of a spec file where the text ends in .toml. Throws UsageError
// for an unknown name (with the nearest one) or a bad spec, InputError for a file that cannot be read.
FigureSpec find_figure_spec(const std::string& name_or_path);

}  // namespace optbed
