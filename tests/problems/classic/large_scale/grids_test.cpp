// The problems on a square grid.
#include <gtest/gtest.h>

#include "problems/classic/large_scale/bratu.hpp"
#include "problems/classic/large_scale/minimal_surface.hpp"
#include "tests/problems/classic/large_scale/written_out.hpp"

namespace optbed::grids_test {
namespace {

// The heights at all (n + 2)^2 points: x inside, `boundary` around it.
template <class X, class Boundary>
X node(std::span<const X> x, std::size_t n, std::size_t i, std::size_t j, const Boundary& boundary) {
  const bool inside = i > 0 && i <= n && j > 0 && j <= n;
  return inside ? x[(j - 1) * n + i - 1] : X(boundary(i, j));
}

// Calls visit with the three corners of every triangle.
template <class X, class Boundary, class Visit>
void for_each_triangle(std::span<const X> x, std::size_t n, const Boundary& boundary, const Visit& visit) {
  const auto at = [&](std::size_t i, std::size_t j) { return node(x, n, i, j, boundary); };
  for (std::size_t j = 0; j <= n; ++j) {
    for (std::size_t i = 0; i <= n; ++i) {
      visit(at(i, j), at(i + 1, j), at(i, j + 1));
      visit(at(i + 1, j + 1), at(i, j + 1), at(i + 1, j));
    }
  }
}

// The area of each triangle in space, half the length of the cross product of two of its sides.
struct WrittenOutArea {
  std::size_t n;

  template <class X>
  X operator()(std::span<const X> x) const {
    using std::sqrt;
    const double h = 1 / static_cast<double>(n + 1);
    const auto boundary = [h](std::size_t i, std::size_t j) {
      return enneper_height(static_cast<double>(i) * h - 0.5, static_cast<double>(j) * h - 0.5);
    };
    X area(0.0);
    for_each_triangle(x, n, boundary, [&](const X& corner, const X& along, const X& across) {
      const X rise = along - corner;
      const X climb = across - corner;
      area += 0.5 * sqrt(h * h * rise * rise + h * h * climb * climb + h * h * h * h);
    });
    return area;
  }
};

// The integral over each triangle of |grad u|^2/2, and of lambda e^u by the mean of its corners.
struct WrittenOutBratu {
  std::size_t n;
  double lambda;

  template <class X>
  X operator()(std::span<const X> x) const {
    using std::exp;
    const double h = 1 / static_cast<double>(n + 1);
    X energy(0.0);
    for_each_triangle(
        x, n, [](std::size_t, std::size_t) { return 0.0; },
        [&](const X& corner, const X& along, const X& across) {
          const X p = (along - corner) / h;
          const X q = (across - corner) / h;
          const X mean = (exp(corner) + exp(along) + exp(across)) / 3.0;
          energy += 0.5 * h * h * (0.5 * (p * p + q * q) - lambda * mean);
        });
    return energy;
  }
};

TEST(MinimalSurface, SumsTheAreasOfItsTriangles) {
  for (const long n : {1, 2, 3, 6}) {
    testing::expect_to_be_written_out_as(WrittenOutArea{static_cast<std::size_t>(n)}, MinimalSurface({n}));
  }
}

TEST(Bratu, SumsTheEnergiesOfItsTriangles) {
  for (const long n : {1, 2, 3, 6}) {
    testing::expect_to_be_written_out_as(WrittenOutBratu{static_cast<std::size_t>(n), 3.5},
                                         Bratu({.n = n, .lambda = 3.5}));
  }
}

TEST(GridProblems, WorkInManyDimensions) {
  testing::expect_to_work_at_scale(WrittenOutArea{150}, MinimalSurface({150}));
  testing::expect_to_work_at_scale(WrittenOutBratu{150, 5}, Bratu({.n = 150, .lambda = 5}));
}

// u = 1/2 and v = -1/4 make the point (u + u v^2 - u^3/3, -v - u^2 v + v^3/3) of the plane, and the height
// u^2 - v^2.
TEST(MinimalSurface, KnowsEnnepersSurface) {
  const double u = 0.5, v = -0.25;
  EXPECT_NEAR(enneper_height(u + u * v * v - u * u * u / 3, -v - u * u * v + v * v * v / 3), u * u - v * v,
              1e-15);
  EXPECT_NEAR(enneper_height(0.3, -0.4), -enneper_height(0.4, 0.3), 1e-15);
}

// Enneper's surface solves the continuous problem: its heights are O(h^2) from the computed minimiser.
TEST(MinimalSurface, TendsToEnnepersSurface) {
  const auto error = [](Index n) {
    const MinimalSurface problem({n});
    const double h = 1 / static_cast<double>(n + 1);
    const Vector& x = problem.facts().minimisers.at(0).value;
    double largest = 0;
    for (Index k = 0; k < x.size(); ++k) {
      const double height =
          enneper_height(static_cast<double>(k % n + 1) * h - 0.5, static_cast<double>(k / n + 1) * h - 0.5);
      largest = std::max(largest, std::abs(x[k] - height));
    }
    return largest;
  };
  const double coarse = error(9);
  const double fine = error(19);
  EXPECT_GT(coarse, 1e-6);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.2);
}

TEST(MinimalSurface, KnowsItsMinimumUpToAModerateSize) {
  EXPECT_TRUE(MinimalSurface({30}).facts().minimum);
  EXPECT_FALSE(MinimalSurface({61}).facts().minimum);
}

// MINPACK-2: sqrt of the distance to the nearest side, times lambda/(lambda + 1).
TEST(Bratu, StartsAtTheRootOfTheDistance) {
  const Vector x = Bratu({.n = 3, .lambda = 1}).start();
  EXPECT_NEAR(x[0], 0.5 * std::sqrt(0.25), 1e-15);
  EXPECT_NEAR(x[4], 0.5 * std::sqrt(0.5), 1e-15);
}

}  // namespace
}  // namespace optbed::grids_test
