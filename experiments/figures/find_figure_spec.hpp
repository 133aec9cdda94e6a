// A figure's spec by the name that a person types.
#pragma once

#include <string>

#include "experiments/figures/figure_spec.hpp"

namespace optbed {

// The built-in figure of this name, or the one of a spec file where the text ends in .toml. Throws UsageError
// for an unknown name (with the nearest one) or a bad spec, InputError for a file that cannot be read.
FigureSpec find_figure_spec(const std::string& name_or_path);

}  // namespace optbed
