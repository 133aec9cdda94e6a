// Contour lines of a function of two variables, by marching squares on a grid.
#pragma once

#include <array>
#include <vector>

#include "experiments/figures/figure_spec.hpp"
#include "problems/problem.hpp"

namespace optbed {

// values(i, j) = f(x_i, y_j) on evenly spaced points that include the ends of both ranges.
struct Grid {
  AxisRange x;
  AxisRange y;
  Matrix values;  // at least 2 x 2
};

// Samples a problem of dimension 2 on points x points, points >= 2.
Grid sample(const Problem& problem, AxisRange x, AxisRange y, Index points);

// `count` levels between the least and the greatest finite value of the grid, ascending; none where the values
// are all the same or none is finite.
std::vector<double> contour_levels(const Grid& grid, long count, LevelSpacing spacing);

using PlanePoint = std::array<double, 2>;

struct ContourLine {
  double level;
  std::vector<PlanePoint> points;  // closed where the first and the last are the same
};

// Cells with a value that is not finite have no line. Where a line could pass a cell's centre on either side,
// the mean of the four corners decides.
std::vector<ContourLine> contour_lines(const Grid& grid, const std::vector<double>& levels);

// Leaves out points as long as the line stays within `tolerance` of them, as a part of the grid's ranges
// (Douglas & Peucker 1973).
ContourLine simplified(const ContourLine& line, const Grid& grid, double tolerance);

}  // namespace optbed
