#include "problems/classic/large_scale/minimal_surface.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <utility>

#include "problems/decompositions.hpp"

namespace optbed {
namespace {

constexpr Index largest_computed = 60;  // n by which the minimum is computed: about a second
constexpr double largest_factorisation = 1e9;

// A triangle with slopes p and q, its area over that of its shadow, with derivatives in p and q. Divisions and
// roots are most of the cost of an evaluation.
struct Slope {
  Slope(double corner, double along, double across, double inverse_h)
      : p((along - corner) * inverse_h), q((across - corner) * inverse_h), area(std::sqrt(1 + p * p + q * q)) {}

  double p;
  double q;
  double area;
};

// The corners of a cell: lower left, lower right, upper left, upper right.
constexpr std::size_t lower_left = 0, lower_right = 1, upper_left = 2, upper_right = 3;

// What the two triangles of a cell share is the edge between the corners 1 and 2.
struct Cell {
  std::array<Index, 4> place;  // in x; -1 on the boundary
  std::array<double, 4> z;

  Slope lower(double inverse_h) const { return {z[lower_left], z[lower_right], z[upper_left], inverse_h}; }
  Slope upper(double inverse_h) const { return {z[upper_right], z[upper_left], z[lower_right], inverse_h}; }
};

// Calls visit with each of the (n + 1)^2 cells; z is x inside, and boundary(i, j) on the boundary, i and j from
// 0 to n + 1.
template <class Visit>
void for_each_cell(Index n, const Vector& x, const SquareBoundary& boundary, Visit&& visit) {
  const auto put = [&](Cell& cell, std::size_t corner, Index i, Index j) {
    const bool inside = i > 0 && i <= n && j > 0 && j <= n;
    cell.place[corner] = inside ? (j - 1) * n + i - 1 : -1;
    cell.z[corner] = inside ? x[cell.place[corner]] : boundary(i, j);
  };
  for (Index j = 0; j <= n; ++j) {
    Cell cell;
    put(cell, lower_left, 0, j);
    put(cell, upper_left, 0, j + 1);
    for (Index i = 0; i <= n; ++i) {
      put(cell, lower_right, i + 1, j);
      put(cell, upper_right, i + 1, j + 1);
      visit(std::as_const(cell));
      cell.place = {cell.place[lower_right], -1, cell.place[upper_right], -1};
      cell.z = {cell.z[lower_right], 0, cell.z[upper_right], 0};
    }
  }
}

// The Hessian of a triangle in the heights of its corner and of the two beside it, times what stands before it.
struct TriangleCurvature {
  explicit TriangleCurvature(const Slope& slope) {
    const double scale = 0.5 / (slope.area * slope.area * slope.area);
    along = scale * (1 + slope.q * slope.q);
    across = scale * (1 + slope.p * slope.p);
    mixed = -scale * slope.p * slope.q;
  }

  double along;   // of the neighbour in the direction of p
  double across;  // of the neighbour in the direction of q
  double mixed;   // of both

  double corner() const { return along + across + 2 * mixed; }
  double corner_along() const { return -along - mixed; }
  double corner_across() const { return -across - mixed; }
};

// Calls add(i, j, h) for every second derivative between components of x, both triangles of H.
template <class Add>
void second_derivatives(const Cell& cell, double inverse_h, Add&& add) {
  const auto add_triangle = [&](const TriangleCurvature& H, std::size_t corner, std::size_t along,
                                std::size_t across) {
    const auto add_pair = [&](std::size_t a, std::size_t b, double second_derivative) {
      if (cell.place[a] < 0 || cell.place[b] < 0) return;
      add(cell.place[a], cell.place[b], second_derivative);
      if (a != b) add(cell.place[b], cell.place[a], second_derivative);
    };
    add_pair(corner, corner, H.corner());
    add_pair(along, along, H.along);
    add_pair(across, across, H.across);
    add_pair(corner, along, H.corner_along());
    add_pair(corner, across, H.corner_across());
    add_pair(along, across, H.mixed);
  };
  add_triangle(TriangleCurvature(cell.lower(inverse_h)), lower_left, lower_right, upper_left);
  add_triangle(TriangleCurvature(cell.upper(inverse_h)), upper_right, upper_left, lower_right);
}

}  // namespace

double enneper_height(double x, double y) {
  // Newton's method on the two equations; its Jacobian is symmetric but for a sign and well conditioned here.
  double u = x;
  double v = -y;
  for (int k = 0; k < 20; ++k) {
    const double r = u + u * v * v - u * u * u / 3 - x;
    const double s = -v - u * u * v + v * v * v / 3 - y;
    const double r_u = 1 + v * v - u * u, r_v = 2 * u * v;
    const double s_u = -2 * u * v, s_v = -1 - u * u + v * v;
    const double determinant = r_u * s_v - r_v * s_u;
    const double du = (r * s_v - r_v * s) / determinant;
    const double dv = (r_u * s - r * s_u) / determinant;
    u -= du;
    v -= dv;
    if (std::abs(du) + std::abs(dv) < 1e-15) break;
  }
  return u * u - v * v;
}

MinimalSurface::MinimalSurface(const Options& options)
    : n_(options.n), inverse_h_(static_cast<double>(n_ + 1)), h_(1 / inverse_h_) {
  for (Vector* side : {&boundary_.bottom, &boundary_.top, &boundary_.left, &boundary_.right}) {
    side->resize(n_ + 2);
  }
  for (Index i = 0; i < n_ + 2; ++i) {
    const double t = static_cast<double>(i) * h_ - 0.5;
    boundary_.bottom[i] = enneper_height(t, -0.5);
    boundary_.top[i] = enneper_height(t, 0.5);
    boundary_.left[i] = enneper_height(-0.5, t);
    boundary_.right[i] = enneper_height(0.5, t);
  }
  const double cosine = std::cos(std::numbers::pi / 2 * h_);
  facts_.convexity = {Convexity::convex, "a sum of norms of affine functions"};
  facts_.function_class = {FunctionClass::smooth, "the Hessian of sqrt(1 + p^2 + q^2) is at most I"};
  facts_.lipschitz = {8 * cosine * cosine,
                      "H is at most the five-point matrix, whose eigenvalues are at most 8 cos^2(pi/(2(n+1)))"};
  facts_.bounded_below = {true, "the area is at least that of the square, 1"};
  if (n_ <= largest_computed) add_computed_minimum();
}

// Newton's method from the start: f is smooth and convex and the start is near, so that full steps converge.
void MinimalSurface::add_computed_minimum() {
  Vector x = start();
  Vector g(dimension());
  SparseRows H = sparse_hessian_pattern();
  double last_step = std::numeric_limits<double>::infinity();
  while (true) {
    gradient(x, g);
    sparse_hessian(x, H);
    const std::optional<Vector> step = solve_positive_definite(H, g, largest_factorisation);
    if (!step || !(step->norm() < 0.5 * last_step)) break;
    x -= *step;
    last_step = step->norm();
  }
  constexpr double converged = 1e-10;
  if (!(last_step <= converged * x.norm())) return;
  const std::string source = "computed: Newton's method with a sparse Cholesky factorisation";
  facts_.minimum = {value(x), source};
  facts_.minimisers.push_back({std::move(x), source});
}

Vector MinimalSurface::start() const {
  Vector x(dimension());
  for (Index j = 0; j < n_; ++j) {
    const double up = static_cast<double>(j + 1) * h_;
    for (Index i = 0; i < n_; ++i) {
      const double across = static_cast<double>(i + 1) * h_;
      const double from_sides = (1 - across) * boundary_.left[j + 1] + across * boundary_.right[j + 1];
      const double from_ends = (1 - up) * boundary_.bottom[i + 1] + up * boundary_.top[i + 1];
      x[j * n_ + i] = 0.5 * (from_sides + from_ends);
    }
  }
  return x;
}

double MinimalSurface::value(const Vector& x) const {
  double sum = 0;
  for_each_cell(n_, x, boundary_,
                [&](const Cell& cell) { sum += cell.lower(inverse_h_).area + cell.upper(inverse_h_).area; });
  return 0.5 * h_ * h_ * sum;
}

double MinimalSurface::gradient(const Vector& x, Vector& g) const {
  double sum = 0;
  g.setZero();
  for_each_cell(n_, x, boundary_, [&](const Cell& cell) {
    const Slope lower = cell.lower(inverse_h_);
    const Slope upper = cell.upper(inverse_h_);
    sum += lower.area + upper.area;
    const double scale_lower = 0.5 * h_ / lower.area;
    const double scale_upper = 0.5 * h_ / upper.area;
    const double along = scale_lower * lower.p, across = scale_lower * lower.q;
    const double back = scale_upper * upper.p, down = scale_upper * upper.q;
    const auto add = [&](std::size_t corner, double slope) {
      if (cell.place[corner] >= 0) g[cell.place[corner]] += slope;
    };
    add(lower_left, -along - across);
    add(lower_right, along + down);
    add(upper_left, across + back);
    add(upper_right, -back - down);
  });
  return 0.5 * h_ * h_ * sum;
}

void MinimalSurface::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  Hv.setZero();
  for_each_cell(n_, x, boundary_, [&](const Cell& cell) {
    second_derivatives(cell, inverse_h_, [&](Index i, Index j, double h) { Hv[i] += h * v[j]; });
  });
}

void MinimalSurface::hessian(const Vector& x, Matrix& H) const {
  H.setZero();
  for_each_cell(n_, x, boundary_, [&](const Cell& cell) {
    second_derivatives(cell, inverse_h_, [&](Index i, Index j, double h) { H(i, j) += h; });
  });
}

// A point and its neighbours in six directions: not along the diagonal that no triangle has as its side.
SparseRows MinimalSurface::sparse_hessian_pattern() const {
  SparseRows H(dimension(), dimension());
  H.reserve(Eigen::VectorXi::Constant(dimension(), 7));
  for (Index k = 0; k < dimension(); ++k) {
    const bool has_left = k % n_ > 0, has_right = k % n_ + 1 < n_;
    const bool has_below = k >= n_, has_above = k + n_ < dimension();
    if (has_below) H.insert(k, k - n_) = 0;
    if (has_below && has_right) H.insert(k, k - n_ + 1) = 0;
    if (has_left) H.insert(k, k - 1) = 0;
    H.insert(k, k) = 0;
    if (has_right) H.insert(k, k + 1) = 0;
    if (has_above && has_left) H.insert(k, k + n_ - 1) = 0;
    if (has_above) H.insert(k, k + n_) = 0;
  }
  H.makeCompressed();
  return H;
}

void MinimalSurface::sparse_hessian(const Vector& x, SparseRows& H) const {
  H.coeffs().setZero();
  for_each_cell(n_, x, boundary_, [&](const Cell& cell) {
    second_derivatives(cell, inverse_h_, [&](Index i, Index j, double h) { H.coeffRef(i, j) += h; });
  });
}

OptionTable<MinimalSurfaceOptions> MinimalSurface::option_table() {
  return OptionTable<Options>().integer("n", &Options::n, between(1, 4000),
                                        "inner grid points a side: n^2 unknowns");
}

ProblemEntry minimal_surface_entry() {
  return registry_entry<Problem, MinimalSurface>(
      "minimal_surface", "the surface of least area within the boundary of Enneper's, on a square grid",
      {{"start", "the mean of the two linear interpolations between opposite sides"},
       {"facts", "convex, L = 8 cos^2(pi/(2(n+1))); the minimum is computed up to n = 60"},
       {"cost", "one pass over x, two square roots and divisions a component; the Hessian is sparse, 7 a row"},
       {"source", "Averick, Carter, Moré & Xue 1992, MINPACK-2: minimal surfaces with Enneper's boundary"}});
}

}  // namespace optbed
