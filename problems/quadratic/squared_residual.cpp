#include "problems/quadratic/squared_residual.hpp"

#include "problems/data/linear_system_files.hpp"
#include "problems/decompositions.hpp"
#include "problems/quadratic/spectrum.hpp"

namespace optbed {
namespace {

// n^3 work below about a second.
constexpr Index largest_symmetric = 500;
constexpr Index largest_general = 200;

// sum += factor times row i of A.
void add_row(const DenseRows& A, Index i, double factor, Vector& sum) { sum += factor * A.row(i).transpose(); }

void add_row(const SparseRows& A, Index i, double factor, Vector& sum) {
  for (SparseRows::InnerIterator a(A, i); a; ++a) sum[a.col()] += factor * a.value();
}

// H += the outer product of row i of A with itself.
void add_outer_product(const DenseRows& A, Index i, Matrix& H) {
  for (Index j = 0; j < H.cols(); ++j) H.col(j) += A(i, j) * A.row(i).transpose();
}

void add_outer_product(const SparseRows& A, Index i, Matrix& H) {
  for (SparseRows::InnerIterator a(A, i); a; ++a) {
    for (SparseRows::InnerIterator b(A, i); b; ++b) H(b.col(), a.col()) += a.value() * b.value();
  }
}

// Descending; empty where they are not computed.
std::optional<Vector> singular_values_of(const SystemMatrix& A, bool symmetric) {
  const Index n = order(A);
  if (n > (symmetric ? largest_symmetric : largest_general)) return std::nullopt;
  if (!symmetric) return singular_values(dense_copy(A));
  std::optional<Vector> eigenvalues = symmetric_eigenvalues(dense_copy(A));
  if (!eigenvalues) return std::nullopt;
  Vector sigma = eigenvalues->cwiseAbs();
  std::sort(sigma.begin(), sigma.end(), std::greater<>());
  return sigma;
}

Facts facts_of_system(const SystemMatrix& A, const Vector& b, bool symmetric) {
  Facts facts;
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  facts.bounded_below = {true, "a sum of squares"};
  facts.convexity = {Convexity::convex, "the Hessian A'A is positive semidefinite"};
  const Index n = b.size();
  const std::optional<Vector> sigma = singular_values_of(A, symmetric);
  if (!sigma) return facts;
  const std::string source = "computed: squared singular value of A";
  facts.lipschitz = {(*sigma)[0] * (*sigma)[0], source};
  // A singular value within the rounding error of the decomposition may be zero.
  if ((*sigma)[n - 1] <= 10 * static_cast<double>(n) * 1e-16 * (*sigma)[0]) return facts;
  facts.strong_convexity = {(*sigma)[n - 1] * (*sigma)[n - 1], source};
  facts.convexity = {Convexity::strongly_convex, "A is nonsingular"};
  facts.minimum = {0, "A is nonsingular, so that A x = b has a solution"};
  facts.minimisers.push_back({solve(dense_copy(A), b), "computed: LU factorisation of A"});
  return facts;
}

std::string broken_rule(const SquaredResidualOptions& options, const std::set<std::string>& given) {
  if (!options.matrix.empty()) {
    for (const std::string& name : given) {
      if (name != "matrix" && name != "rhs") return fmt::format("'{}' and 'matrix' exclude each other", name);
    }
    return {};
  }
  if (given.count("rhs")) return "'rhs' needs 'matrix'";
  return {};
}

}  // namespace

struct SquaredResidual::Data {
  SystemMatrix A;
  Vector b;
};

SquaredResidual::Data SquaredResidual::data_of(const Options& options) {
  if (!options.matrix.empty()) {
    LinearSystemData system = read_linear_system(options.matrix, options.rhs);
    return {std::move(system.A), std::move(system.b)};
  }
  const Index n = options.n;
  Random random(static_cast<std::uint64_t>(options.seed));
  Vector sigma = spectrum_of(Spectrum::log, n, options.kappa);
  const Matrix U = random_orthonormal(n, n, random);
  Matrix A;
  if (options.symmetric) {
    for (Index i = 1; i < n; i += 2) sigma[i] *= -1;
    A = U * sigma.asDiagonal() * U.transpose();
    A = (0.5 * (A + A.transpose())).eval();
  } else {
    A = U * sigma.asDiagonal() * random_orthonormal(n, n, random).transpose();
  }
  Vector b = A.rowwise().sum();
  return {DenseRows(A), std::move(b)};
}

SquaredResidual::SquaredResidual(const Options& options) : SquaredResidual(data_of(options)) {}

SquaredResidual::SquaredResidual(Data data) : SquaredResidual(std::move(data.A), std::move(data.b)) {}

SquaredResidual::SquaredResidual(SystemMatrix A, Vector b)
    : A_(std::move(A)), b_(std::move(b)), symmetric_(optbed::is_symmetric(A_)) {
  facts_ = facts_of_system(A_, b_, symmetric_);
}

double SquaredResidual::value(const Vector& x) const {
  return std::visit(
      [&](const auto& A) {
        double sum = 0;
        for (Index i = 0; i < x.size(); ++i) {
          const double r = row_times(A, i, x) - b_[i];
          sum += r * r;
        }
        return 0.5 * sum;
      },
      A_);
}

double SquaredResidual::gradient(const Vector& x, Vector& g) const {
  return std::visit(
      [&](const auto& A) {
        double sum = 0;
        g.setZero();
        for (Index i = 0; i < x.size(); ++i) {
          const double r = row_times(A, i, x) - b_[i];
          sum += r * r;
          add_row(A, i, r, g);
        }
        return 0.5 * sum;
      },
      A_);
}

void SquaredResidual::hessian(const Vector& /*x*/, Matrix& H) const {
  H.setZero();
  std::visit(
      [&](const auto& A) {
        for (Index i = 0; i < b_.size(); ++i) add_outer_product(A, i, H);
      },
      A_);
}

void SquaredResidual::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  Hv.setZero();
  std::visit(
      [&](const auto& A) {
        for (Index i = 0; i < b_.size(); ++i) add_row(A, i, row_times(A, i, v), Hv);
      },
      A_);
}

void SquaredResidual::residuals(const Vector& x, Vector& r) const {
  optbed::multiply(A_, x, r);
  r -= b_;
}

void SquaredResidual::jacobian(const Vector& /*x*/, Matrix& J) const {
  std::visit([&](const auto& A) { J = A; }, A_);
}

void SquaredResidual::multiply(const Vector& v, Vector& Av) const { optbed::multiply(A_, v, Av); }

OptionTable<SquaredResidualOptions> SquaredResidual::option_table() {
  using O = Options;
  return OptionTable<O>()
      .integer("n", &O::n, between(1, 2000), "order of the generated matrix")
      .real("kappa", &O::kappa, at_least(1), "its condition number: singular values from 1 to kappa")
      .flag("symmetric", &O::symmetric, "generated symmetric, with eigenvalues of alternating sign")
      .integer("seed", &O::seed, at_least(0), "of its singular vectors")
      .text("matrix", &O::matrix, "a file", "Matrix Market file with a square A, instead of a generated one")
      .text("rhs", &O::rhs, "a file", "Matrix Market file with b (default 0)")
      .rule(broken_rule);
}

ProblemEntry linear_system_entry() {
  return registry_entry<Problem, SquaredResidual>(
      "linear_system", "f = (1/2)|Ax - b|^2 with any square A, generated or from Matrix Market files",
      {{"start", "0"},
       {"facts",
        "computed up to n = 200 (symmetric A: 500): mu and L are squared singular values, f* = 0 at x* = A^-1 "
        "b"},
       {"source", "Golub & Van Loan 2013, chapters 3 and 5"}});
}

}  // namespace optbed
