#include "problems/quadratic/poisson.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include "problems/quadratic/matrix_quadratic.hpp"

namespace optbed {
namespace {

constexpr long largest_side = 1000000;         // in one dimension
constexpr long largest_square_side = 2000;     // in two: four million unknowns
constexpr Index largest_sine_transform = 300;  // n by which x* in two dimensions is computed: 8 n^3 flops

double squared_sine(Index j, Index n) {
  const double s = std::sin(static_cast<double>(j) * std::numbers::pi / (2 * static_cast<double>(n + 1)));
  return s * s;
}

SparseRows laplacian(Index n, Index dimension) {
  const Index rows = dimension == 1 ? 1 : n;
  SparseRows A(n * rows, n * rows);
  A.reserve(Eigen::VectorXi::Constant(n * rows, dimension == 1 ? 3 : 5));
  for (Index row = 0; row < rows; ++row) {
    for (Index column = 0; column < n; ++column) {
      const Index i = row * n + column;
      if (row > 0) A.insert(i, i - n) = -1;
      if (column > 0) A.insert(i, i - 1) = -1;
      A.insert(i, i) = 2 * static_cast<double>(dimension);
      if (column + 1 < n) A.insert(i, i + 1) = -1;
      if (row + 1 < rows) A.insert(i, i + n) = -1;
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

// X = S (S B S / (lambda_i + lambda_j)) S with S_ij = sqrt(2/(n+1)) sin(i j pi/(n+1)), S = S' = S^-1, and B
// the right-hand side on the square (Buzbee, Golub & Nielson 1970).
Vector solution_on_the_square(Index n) {
  Matrix S(n, n);
  const double step = std::numbers::pi / static_cast<double>(n + 1);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) S(i, j) = std::sin(static_cast<double>((i + 1) * (j + 1)) * step);
  }
  S *= std::sqrt(2 / static_cast<double>(n + 1));
  const Vector sums = S.rowwise().sum();
  Matrix X = sums * sums.transpose();
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) X(i, j) /= 4 * (squared_sine(i + 1, n) + squared_sine(j + 1, n));
  }
  X = (S * X * S).eval();
  return X.reshaped();
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
  } else if (n <= largest_sine_transform) {
    Vector x = solution_on_the_square(n);
    facts.minimum = {-0.5 * x.sum(), "-(1/2) sum x*_i"};
    facts.minimisers.push_back(
        {std::move(x), "computed: eigenvector expansion (Buzbee, Golub & Nielson 1970)"});
  }
  return facts;
}

std::string broken_rule(const PoissonOptions& options, const std::set<std::string>& /*given*/) {
  const long largest = options.dimension == 1 ? largest_side : largest_square_side;
  if (options.n <= largest) return {};
  return fmt::format("n = {} is over {} with dimension = {}", options.n, largest, options.dimension);
}

}  // namespace

OptionTable<PoissonOptions> poisson_option_table() {
  using O = PoissonOptions;
  return OptionTable<O>()
      .integer("n", &O::n, at_least(1), "inner grid points a side")
      .integer("dimension", &O::dimension, between(1, 2), "of the domain: a line (n unknowns), a square (n^2)")
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
      "finite differences for Poisson's equation on a line or a square: f = (1/2)x'Ax - b'x, A sparse",
      {{"start", "0"},
       {"facts", "mu and L in closed form; x* too on a line, and computed on a square up to n = 300"},
       {"source", "Golub & Van Loan 2013, section 4.8; Saad 2003, section 2.2"}},
      poisson_option_table().descriptions(),
      [](const KeyValues& values) { return make_poisson(poisson_option_table().parse("poisson", values)); }};
}

}  // namespace optbed
