// What stands under a figure: the caption, and the table of measured rates beside theory.
#pragma once

#include <string>
#include <vector>

#include "experiments/figures/figure.hpp"
#include "experiments/figures/figure_run.hpp"

namespace optbed {

// One line a curve: label, measured rate, theoretical rate, verdict. Aligned.
std::vector<std::string> verdict_lines(const std::vector<FigureRun>& runs);

// Markdown. `picture`: the file that it shows; none where it is empty.
std::string figure_caption(const FigureSpec& spec, const std::vector<FigureRun>& runs,
                           const std::string& picture);

}  // namespace optbed
