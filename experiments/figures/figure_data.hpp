// What a figure shows, as tables: one row a run and iteration, and the contour lines.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "experiments/figures/figure_run.hpp"

namespace optbed {

// Named columns; NaN is an empty field.
class FigureData {
 public:
  FigureData(const FigureSpec& spec, const std::vector<FigureRun>& runs);

  const std::vector<std::string>& column_names() const { return names_; }

  // A column of one run, in the order of iterations; empty where the run lacks it.
  std::span<const double> column(std::size_t run, const std::string& name) const;

  // Whether some row of the run has the column.
  bool has(std::size_t run, const std::string& name) const;

  // CSV: run (from 1), the columns, label, solver, problem.
  std::string csv(const std::vector<FigureRun>& runs) const;

 private:
  void add_modes(const FigureSpec& spec, const std::vector<FigureRun>& runs);

  std::vector<std::string> names_;
  std::vector<std::vector<std::vector<double>>> columns_;  // [run][name]
};

// The column that holds the signed error of coordinate i (from 1), "error_x1".
std::string coordinate_column(long i);

// The columns of the error along the eigenvectors of the i-th distinct eigenvalue (from 1) and of what theory
// says of it, "mode_1" and "theory_mode_1".
std::string mode_column(long i);
std::string mode_theory_column(long i);

// The ranges of a paths panel: its own, or a box round starts, minimisers and the iterates near them.
struct PathsWindow {
  AxisRange x;
  AxisRange y;
};
PathsWindow paths_window(const PanelSpec& panel, const std::vector<FigureRun>& runs);

// CSV: panel (from 1), level, x1, x2; a line ends with an empty row. Empty where no panel shows paths.
std::string contours_csv(const FigureSpec& spec, const std::vector<FigureRun>& runs);

}  // namespace optbed
