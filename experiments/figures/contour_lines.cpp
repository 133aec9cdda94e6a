#include "experiments/figures/contour_lines.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

// The lines of one level. They cross the grid's edges; each crossing is joined to at most two others, one in
// each cell beside its edge, and the lines are the chains that result.
class LevelTracer {
 public:
  LevelTracer(const Grid& grid, double level)
      : grid_(grid),
        level_(level),
        nx_(grid.values.rows()),
        ny_(grid.values.cols()),
        neighbours_(static_cast<std::size_t>(2 * nx_ * ny_), {none, none}) {
    for (Index j = 0; j + 1 < ny_; ++j) {
      for (Index i = 0; i + 1 < nx_; ++i) join_crossings_of_cell(i, j);
    }
  }

  void append_lines(std::vector<ContourLine>& lines) {
    const auto crossings = static_cast<Index>(neighbours_.size());
    // Open lines first, each from one of its ends; what is left are closed ones.
    for (Index crossing = 0; crossing < crossings; ++crossing) {
      const auto& [first, second] = neighbours_[static_cast<std::size_t>(crossing)];
      if ((first == none) != (second == none)) lines.push_back(chain(crossing));
    }
    for (Index crossing = 0; crossing < crossings; ++crossing) {
      if (neighbours_[static_cast<std::size_t>(crossing)][0] != none) lines.push_back(chain(crossing));
    }
  }

 private:
  static constexpr Index none = -1;

  // An edge is numbered by its lower left end: even along x, odd along y.
  Index edge_along_x(Index i, Index j) const { return 2 * (j * nx_ + i); }
  Index edge_along_y(Index i, Index j) const { return 2 * (j * nx_ + i) + 1; }

  bool above(Index i, Index j) const { return grid_.values(i, j) >= level_; }

  void join_crossings_of_cell(Index i, Index j) {
    if (!grid_.values.block<2, 2>(i, j).allFinite()) return;
    const bool lower_left = above(i, j);
    const bool lower_right = above(i + 1, j);
    const bool upper_left = above(i, j + 1);
    const bool upper_right = above(i + 1, j + 1);
    const Index bottom = edge_along_x(i, j);
    const Index top = edge_along_x(i, j + 1);
    const Index left = edge_along_y(i, j);
    const Index right = edge_along_y(i + 1, j);

    std::array<Index, 4> crossed{};
    std::size_t count = 0;
    if (lower_left != lower_right) crossed[count++] = bottom;
    if (lower_right != upper_right) crossed[count++] = right;
    if (upper_right != upper_left) crossed[count++] = top;
    if (upper_left != lower_left) crossed[count++] = left;
    if (count == 2) join(crossed[0], crossed[1]);
    if (count == 4) {  // a saddle: the lines go round the corners that differ from the centre
      const bool centre = grid_.values.block<2, 2>(i, j).mean() >= level_;
      join(bottom, centre == lower_left ? right : left);
      join(top, centre == lower_left ? left : right);
    }
  }

  void join(Index a, Index b) {
    attach(a, b);
    attach(b, a);
  }

  void attach(Index from, Index to) {
    auto& pair = neighbours_[static_cast<std::size_t>(from)];
    (pair[0] == none ? pair[0] : pair[1]) = to;
  }

  // Follows a line from a crossing and takes it out of the graph.
  ContourLine chain(Index crossing) {
    ContourLine line{level_, {point(crossing)}};
    for (Index at = crossing; true;) {
      auto& pair = neighbours_[static_cast<std::size_t>(at)];
      const Index next = pair[0] != none ? pair[0] : pair[1];
      if (next == none) return line;
      (pair[0] == next ? pair[0] : pair[1]) = none;
      auto& back = neighbours_[static_cast<std::size_t>(next)];
      (back[0] == at ? back[0] : back[1]) = none;
      line.points.push_back(point(next));
      at = next;
    }
  }

  // Where the level lies on the edge, by linear interpolation.
  PlanePoint point(Index edge) const {
    const Index i = edge / 2 % nx_;
    const Index j = edge / 2 / nx_;
    const bool along_x = edge % 2 == 0;
    const double from = grid_.values(i, j);
    const double to = along_x ? grid_.values(i + 1, j) : grid_.values(i, j + 1);
    const double t = (level_ - from) / (to - from);
    const double u = static_cast<double>(i) + (along_x ? t : 0);
    const double v = static_cast<double>(j) + (along_x ? 0 : t);
    return {grid_.x.low + (grid_.x.high - grid_.x.low) * u / static_cast<double>(nx_ - 1),
            grid_.y.low + (grid_.y.high - grid_.y.low) * v / static_cast<double>(ny_ - 1)};
  }

  const Grid& grid_;
  double level_;
  Index nx_;
  Index ny_;
  std::vector<std::array<Index, 2>> neighbours_;
};

// How far p lies from the segment from a to b, with the axes in units of the grid's ranges.
double distance_to_segment(PlanePoint p, PlanePoint a, PlanePoint b, const Grid& grid) {
  const Eigen::Vector2d unit(grid.x.high - grid.x.low, grid.y.high - grid.y.low);
  const auto scaled = [&unit](PlanePoint q) { return Eigen::Vector2d(q[0] / unit[0], q[1] / unit[1]); };
  const Eigen::Vector2d from = scaled(a);
  const Eigen::Vector2d along = scaled(b) - from;
  const Eigen::Vector2d offset = scaled(p) - from;
  const double length_squared = along.squaredNorm();
  const double t = length_squared > 0 ? std::clamp(offset.dot(along) / length_squared, 0.0, 1.0) : 0;
  return (offset - t * along).norm();
}

}  // namespace

Grid sample(const Problem& problem, AxisRange x, AxisRange y, Index points) {
  Grid grid{x, y, Matrix(points, points)};
  const auto last = static_cast<double>(points - 1);
  Vector at(2);
  for (Index j = 0; j < points; ++j) {
    at[1] = y.low + (y.high - y.low) * static_cast<double>(j) / last;
    for (Index i = 0; i < points; ++i) {
      at[0] = x.low + (x.high - x.low) * static_cast<double>(i) / last;
      grid.values(i, j) = problem.value(at);
    }
  }
  return grid;
}

std::vector<double> contour_levels(const Grid& grid, long count, LevelSpacing spacing) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : grid.values.reshaped()) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (!(high > low)) return {};
  std::vector<double> levels;
  const double height = high - low;
  // A quarter of a thousandth of the height resolves a valley's floor, and lies above what a grid can see.
  const double decades = std::log10(4000.0);
  for (long i = 1; i <= count; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(count + 1);  // the highest point has no line
    levels.push_back(low + height * (spacing == LevelSpacing::even ? t * t : std::pow(10, decades * (t - 1))));
  }
  return levels;
}

std::vector<ContourLine> contour_lines(const Grid& grid, const std::vector<double>& levels) {
  std::vector<ContourLine> lines;
  for (const double level : levels) LevelTracer(grid, level).append_lines(lines);
  return lines;
}

ContourLine simplified(const ContourLine& line, const Grid& grid, double tolerance) {
  const auto& points = line.points;
  if (points.size() < 3) return line;
  std::vector<bool> kept(points.size(), false);
  kept.front() = kept.back() = true;
  std::vector<std::array<std::size_t, 2>> stretches = {{0, points.size() - 1}};
  while (!stretches.empty()) {
    const auto [first, last] = stretches.back();
    stretches.pop_back();
    double furthest = tolerance;
    std::size_t corner = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double distance = distance_to_segment(points[i], points[first], points[last], grid);
      if (distance > furthest) {
        furthest = distance;
        corner = i;
      }
    }
    if (corner == first) continue;
    kept[corner] = true;
    stretches.push_back({first, corner});
    stretches.push_back({corner, last});
  }
  ContourLine shorter{line.level, {}};
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (kept[i]) shorter.points.push_back(points[i]);
  }
  return shorter;
}

}  // namespace optbed
