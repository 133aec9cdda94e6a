#include "problems/quadratic/poisson.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "problems/quadratic/matrix_quadratic.hpp"

namespace optbed {
namespace {

constexpr double most_unknowns = 1e7;
constexpr Index largest_sine_transform_on_square = 300;  // n by which x* is computed: 4 n^3 flops
constexpr Index largest_sine_transform_in_cube = 60;     // 6 n^4 flops

double squared_sine(Index j, Index n) {
  const double s = std::sin(static_cast<double>(j) * std::numbers::pi / (2 * static_cast<double>(n + 1)));
  return s * s;
}

// n^dimension.
Index points(Index n, Index dimension) {
  Index count = 1;
  for (Index d = 0; d < dimension; ++d) count *= n;
  return count;
}

SparseRows laplacian(Index n, Index dimension) {
  const Index unknowns = points(n, dimension);
  SparseRows A(unknowns, unknowns);
  A.reserve(Eigen::VectorXi::Constant(unknowns, static_cast<int>(2 * dimension + 1)));
  for (Index i = 0; i < unknowns; ++i) {
    for (Index d = dimension - 1; d >= 0; --d) {
      const Index step = points(n, d);
      if (i / step % n > 0) A.insert(i, i - step) = -1;
    }
    A.insert(i, i) = 2 * static_cast<double>(dimension);
    for (Index d = 0; d < dimension; ++d) {
      const Index step = points(n, d);
      if (i / step % n + 1 < n) A.insert(i, i + step) = -1;
    }
  }
  A.makeCompressed();
  return A;
}

Vector solution_on_the_line(Index n) {
  Vector x(n);
  for (Index i = 0; i < n; ++i) x[i] = 0.5 * static_cast<double>(i + 1) * static_cast<double>(n - i);
  return x;
}

// The sine transform along every direction of the grid, S_ij = sqrt(2/(n+1)) sin(i j pi/(n+1)), S = S' = S^-1:
// along the first, which then becomes the last.
Vector sine_transform(Vector x, Index n, Index dimension) {
  Matrix S(n, n);
  const double step = std::numbers::pi / static_cast<double>(n + 1);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) S(i, j) = std::sin(static_cast<double>((i + 1) * (j + 1)) * step);
  }
  S *= std::sqrt(2 / static_cast<double>(n + 1));
  for (Index d = 0; d < dimension; ++d) {
    const Matrix along = (S * x.reshaped(n, x.size() / n)).transpose();
    x = along.reshaped();
  }
  return x;
}

// Expansion of the right-hand side in the eigenvectors (Buzbee, Golub & Nielson 1970).
Vector solution_on_the_grid(Index n, Index dimension) {
  Vector x = sine_transform(Vector::Ones(points(n, dimension)), n, dimension);
  for (Index k = 0; k < x.size(); ++k) {
    double eigenvalue = 0;
    for (Index d = 0; d < dimension; ++d) eigenvalue += 4 * squared_sine(k / points(n, d) % n + 1, n);
    x[k] /= eigenvalue;
  }
  return sine_transform(std::move(x), n, dimension);
}

Facts facts_of_poisson(Index n, Index dimension) {
  const double d = static_cast<double>(dimension);
  Facts facts;
  const std::string source = "Golub & Van Loan 2013, section 4.8";
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  facts.strong_convexity = {4 * d * squared_sine(1, n), "4 d sin^2(pi/(2(n+1))), " + source};
  facts.lipschitz = {4 * d * squared_sine(n, n), "4 d sin^2(n pi/(2(n+1))), " + source};
  facts.convexity = {Convexity::strongly_convex, "the least eigenvalue of A is positive"};
  facts.bounded_below = {true, "A is positive definite"};
  if (dimension == 1) {
    const double m = static_cast<double>(n);
    facts.distinct_eigenvalues = {n, source};
    facts.minimum = {-m * (m + 1) * (m + 2) / 24, "-(1/2) sum x*_i"};
    facts.minimisers.push_back({solution_on_the_line(n), "x*_i = i(n+1-i)/2, whose second difference is -1"});
  } else if (n <= (dimension == 2 ? largest_sine_transform_on_square : largest_sine_transform_in_cube)) {
    Vector x = solution_on_the_grid(n, dimension);
    facts.minimum = {-0.5 * x.sum(), "-(1/2) sum x*_i"};
    facts.minimisers.push_back(
        {std::move(x), "computed: eigenvector expansion (Buzbee, Golub & Nielson 1970)"});
  }
  return facts;
}

std::string broken_rule(const PoissonOptions& options, const std::set<std::string>& /*given*/) {
  const double unknowns = std::pow(static_cast<double>(options.n), static_cast<double>(options.dimension));
  if (unknowns <= most_unknowns) return {};
  return fmt::format("n = {} with dimension = {} makes {:.3g} unknowns; {:.0g} are the most", options.n,
                     options.dimension, unknowns, most_unknowns);
}

}  // namespace

OptionTable<PoissonOptions> poisson_option_table() {
  using O = PoissonOptions;
  return OptionTable<O>()
      .integer("n", &O::n, at_least(1), "inner grid points a side")
      .integer("dimension", &O::dimension, between(1, 3),
               "of the domain: a line (n unknowns), a square (n^2), a cube (n^3)")
      .rule(broken_rule);
}

std::unique_ptr<Problem> make_poisson(const PoissonOptions& options) {
  SparseRows A = laplacian(options.n, options.dimension);
  Vector b = Vector::Ones(A.rows());
  return MatrixQuadratic::with_right_hand_side(std::move(A), std::move(b),
                                               facts_of_poisson(options.n, options.dimension));
}

ProblemEntry poisson_entry() {
  return {
      "poisson",
      "finite differences for Poisson's equation on a line, a square or a cube: f = (1/2)x'Ax - b'x, A sparse",
      {{"start", "0"},
       {"facts",
        "mu and L in closed form; x* too on a line, and computed on a square up to n = 300, in a cube up to "
        "60"},
       {"source", "Golub & Van Loan 2013, section 4.8; Saad 2003, section 2.2"}},
      poisson_option_table().descriptions(),
      [](const KeyValues& values) { return make_poisson(poisson_option_table().parse("poisson", values)); }};
}

}  // namespace optbed
