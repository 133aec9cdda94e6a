// The gnuplot script of a figure. It reads the figure's CSV files by their names alone, so that a person can
// run it again in their folder, edited or not.
#pragma once

#include <string>
#include <vector>

#include "experiments/figures/figure_data.hpp"

namespace optbed {

// `formats`: words out of svg, png and pdf.
std::string gnuplot_script(const FigureSpec& spec, const std::vector<FigureRun>& runs, const FigureData& data,
                           const std::vector<std::string>& formats);

}  // namespace optbed
