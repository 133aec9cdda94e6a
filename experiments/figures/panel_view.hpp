// What a convergence panel shows of a figure's data: its curves, their ranges, and where marks stand on them.
#pragma once

#include <string>
#include <vector>

#include "experiments/figures/figure_data.hpp"

namespace optbed {

// One drawn curve: a column of a run.
struct Curve {
  std::size_t run;
  std::size_t style;  // from 0: a run keeps its own, its coordinates and modes are counted through
  std::string column;
  std::string label;
};

std::vector<Curve> curves_of(const PanelSpec& panel, const std::vector<FigureRun>& runs);

// Coordinates or modes: several curves of one run, in styles of their own.
bool shows_parts_of_runs(const PanelSpec& panel);

// The column that is drawn along x.
std::string abscissa(const PanelSpec& panel);

// The column with what theory says of the curve; empty where there is none, or none is wanted.
std::string theory_column(const PanelSpec& panel, const Curve& curve, const std::vector<FigureRun>& runs,
                          const FigureData& data);

// The panel's own ranges, or fitting ones. On a log axis these are whole powers of ten.
AxisRange x_range_of(const PanelSpec& panel, const std::vector<Curve>& curves, const FigureData& data);
AxisRange y_range_of(const PanelSpec& panel, AxisRange x, const std::vector<Curve>& curves,
                     const FigureData& data);

// Which rows carry a mark on a linear axis: those where (k - offset) mod every = 0, k the iteration. Each of a
// panel's curves has its marks a little further on than the one before, so that curves that lie on each other
// can be told apart.
struct Marks {
  long every;
  long offset;
};
Marks marks_of(const PanelSpec& panel, AxisRange x, const std::vector<Curve>& curves, std::size_t which,
               const FigureData& data);

}  // namespace optbed
