#include "experiments/figures/contour_lines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace optbed::contour_lines_test {
namespace {

Grid grid_of(AxisRange x, AxisRange y, Index points, const std::function<double(double, double)>& f) {
  Grid grid{x, y, Matrix(points, points)};
  const auto last = static_cast<double>(points - 1);
  for (Index i = 0; i < points; ++i) {
    for (Index j = 0; j < points; ++j) {
      grid.values(i, j) = f(x.low + (x.high - x.low) * static_cast<double>(i) / last,
                            y.low + (y.high - y.low) * static_cast<double>(j) / last);
    }
  }
  return grid;
}

TEST(ContourLines, AreExactOnAPlane) {
  const Grid grid = grid_of({0, 3}, {-1, 1}, 7, [](double x, double y) { return 2 * x + 3 * y; });
  const auto lines = contour_lines(grid, {1.25});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_GE(lines[0].points.size(), 6u);
  for (const auto& [x, y] : lines[0].points) EXPECT_NEAR(2 * x + 3 * y, 1.25, 1e-14);
}

// Linear interpolation across a cell of side h misses a function of second derivative M by at most M h^2/8.
TEST(ContourLines, OfABowlAreOneClosedCircle) {
  constexpr double h = 4.0 / 80;
  const Grid grid = grid_of({-2, 2}, {-2, 2}, 81, [](double x, double y) { return x * x + y * y; });
  const auto lines = contour_lines(grid, {1.44});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].points.front(), lines[0].points.back());
  for (const auto& [x, y] : lines[0].points) EXPECT_NEAR(x * x + y * y, 1.44, 2 * h * h / 8 + 1e-12);
}

TEST(ContourLines, OfASaddleAreTwoOpenBranches) {
  const Grid grid = grid_of({-2, 2}, {-2, 2}, 41, [](double x, double y) { return x * x - y * y; });
  const auto lines = contour_lines(grid, {0.5});
  ASSERT_EQ(lines.size(), 2u);
  for (const ContourLine& line : lines) {
    EXPECT_NE(line.points.front(), line.points.back());
    const bool right = line.points.front()[0] > 0;
    for (const auto& point : line.points) EXPECT_EQ(point[0] > 0, right);
  }
}

// One cell whose opposite corners are alike: the mean decides which corners the two lines cut off.
TEST(ContourLines, GoRoundTheCornersThatDifferFromACellsMean) {
  Grid grid{{0, 1}, {0, 1}, Matrix(2, 2)};
  grid.values << 1, 0, 0, 1;  // above at (0,0) and (1,1)
  const auto cut = [&](double level) {
    std::vector<double> sums;
    for (const ContourLine& line : contour_lines(grid, {level})) {
      EXPECT_EQ(line.points.size(), 2u);
      sums.push_back(line.points[0][0] + line.points[1][0] - line.points[0][1] - line.points[1][1]);
    }
    return sums;
  };
  for (const double sum : cut(0.4)) EXPECT_GT(std::abs(sum), 0.5);  // mean above: (1,0) and (0,1) are cut off
  for (const double sum : cut(0.6)) EXPECT_NEAR(sum, 0, 1e-14);     // mean below: (0,0) and (1,1)
  EXPECT_EQ(cut(0.4).size(), 2u);
  EXPECT_EQ(cut(0.6).size(), 2u);
}

TEST(ContourLines, LeaveOutCellsThatAreNotFinite) {
  const Grid grid = grid_of({-1, 1}, {-1, 1}, 21, [](double x, double y) {
    return x < 0 ? std::numeric_limits<double>::quiet_NaN() : x + 0 * y;
  });
  const auto lines = contour_lines(grid, {0.45});
  ASSERT_EQ(lines.size(), 1u);
  for (const auto& point : lines[0].points) EXPECT_NEAR(point[0], 0.45, 1e-14);
  EXPECT_TRUE(contour_lines(grid, {-0.5}).empty());
}

TEST(ContourLines, AreSimplifiedWithinTheTolerance) {
  const Grid grid = grid_of({-2, 2}, {-2, 2}, 161, [](double x, double y) { return x * x + y * y; });
  const auto lines = contour_lines(grid, {1});
  ASSERT_EQ(lines.size(), 1u);
  constexpr double tolerance = 1e-3;
  const ContourLine shorter = simplified(lines[0], grid, tolerance);
  EXPECT_LT(shorter.points.size(), lines[0].points.size() / 4);
  EXPECT_EQ(shorter.points.front(), lines[0].points.front());
  EXPECT_EQ(shorter.points.back(), lines[0].points.back());
  // A chord's middle is where it is furthest from the circle: within tolerance times the width, 4, and what
  // the interpolation on the grid misses.
  for (std::size_t i = 1; i < shorter.points.size(); ++i) {
    const double x = (shorter.points[i - 1][0] + shorter.points[i][0]) / 2;
    const double y = (shorter.points[i - 1][1] + shorter.points[i][1]) / 2;
    EXPECT_NEAR(std::hypot(x, y), 1, 4 * tolerance + 2e-4);
  }
}

TEST(ContourLevels, AreEvenInTheRootOfTheHeight) {
  // f = r^2, so that levels even in the root are circles of evenly growing radius.
  const Grid grid = grid_of({-1, 1}, {-1, 1}, 21, [](double x, double y) { return 7 + x * x + y * y; });
  const auto levels = contour_levels(grid, 4, LevelSpacing::even);
  ASSERT_EQ(levels.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(std::sqrt(levels[i] - 7), std::sqrt(2.0) * static_cast<double>(i + 1) / 5, 1e-12);
  }
}

TEST(ContourLevels, OfAConstantAreNone) {
  const Grid grid = grid_of({0, 1}, {0, 1}, 5, [](double, double) { return 3; });
  EXPECT_TRUE(contour_levels(grid, 4, LevelSpacing::log).empty());
}

}  // namespace
}  // namespace optbed::contour_lines_test
