#include "problems/quadratic/quadratic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <type_traits>

#include "problems/data/matrix_market.hpp"
#include "problems/decompositions.hpp"
#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

// mu, L, convexity and the number of distinct eigenvalues, from the eigenvalues in ascending order.
void add_spectral_facts(Facts& facts, const Vector& eigenvalues, const std::string& source) {
  const double least = eigenvalues.minCoeff();
  const double greatest = eigenvalues.maxCoeff();
  facts.lipschitz = {std::max(std::abs(least), std::abs(greatest)), "largest |eigenvalue| of A, " + source};
  if (least > 0) facts.strong_convexity = {least, "least eigenvalue of A, " + source};
  facts.convexity = {least > 0    ? Convexity::strongly_convex
                     : least == 0 ? Convexity::convex
                                  : Convexity::nonconvex,
                     "sign of the least eigenvalue of A, " + source};
  if (least < 0) facts.bounded_below = {false, "A has a negative eigenvalue"};
  const std::set<double> distinct(eigenvalues.begin(), eigenvalues.end());
  facts.distinct_eigenvalues = {static_cast<Index>(distinct.size()), source};
}

void add_centred_facts(Facts& facts, const Vector& minimiser, const Vector& eigenvalues) {
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  add_spectral_facts(facts, eigenvalues, "by construction");
  if (eigenvalues.minCoeff() < 0) return;
  facts.bounded_below = {true, "A is positive semidefinite"};
  facts.minimum = {0, "(1/2)(x-x*)'A(x-x*) >= 0 with equality at x*"};
  facts.minimisers.push_back({minimiser, "by construction"});
}

Matrix rotation_matrix(const QuadraticOptions& options, Index n) {
  if (options.angle) {
    const double radians = *options.angle * std::numbers::pi / 180;
    return Matrix{{std::cos(radians), -std::sin(radians)}, {std::sin(radians), std::cos(radians)}};
  }
  Random random(static_cast<std::uint64_t>(options.seed));
  return random_orthonormal(n, n, random);
}

// Column j of A times v, without a temporary.
template <class Derived>
double column_dot(const Matrix& A, Index j, const Eigen::MatrixBase<Derived>& v) {
  return A.col(j).dot(v);
}

template <class Derived>
double column_dot(const SparseMatrix& A, Index j, const Eigen::MatrixBase<Derived>& v) {
  double sum = 0;
  for (SparseMatrix::InnerIterator it(A, j); it; ++it) sum += it.value() * v.coeff(it.row());
  return sum;
}

constexpr Index largest_full_spectrum = 500;  // n^3 work below about a second

std::unique_ptr<Problem> from_files(const QuadraticOptions& options) {
  const MatrixMarketFile A = read_matrix_market(options.matrix);
  if (A.rows() != A.columns()) {
    throw InputError(fmt::format("{}: the matrix of a quadratic is square, this one is {} x {}", options.matrix,
                                 A.rows(), A.columns()));
  }
  if (!A.is_symmetric()) {
    throw InputError(
        fmt::format("{}: the matrix of a quadratic is symmetric, this one is not; "
                    "write (A + A')/2, which has the same quadratic form",
                    options.matrix));
  }
  Vector b = Vector::Zero(A.rows());
  if (!options.rhs.empty()) {
    const MatrixMarketFile rhs = read_matrix_market(options.rhs);
    if (rhs.rows() != A.rows() || rhs.columns() != 1) {
      throw InputError(fmt::format("{}: the right-hand side is {} x {}, but the matrix in {} needs {} x 1",
                                   options.rhs, rhs.rows(), rhs.columns(), options.matrix, A.rows()));
    }
    b = rhs.dense().col(0);
  }
  if (A.is_sparse()) return std::make_unique<MatrixQuadratic<SparseMatrix>>(A.sparse(), std::move(b));
  return std::make_unique<MatrixQuadratic<Matrix>>(A.dense(), std::move(b));
}

std::string broken_rule(const QuadraticOptions& options, const std::set<std::string>& given) {
  if (!options.matrix.empty()) {
    for (const std::string& name : given) {
      if (name != "matrix" && name != "rhs") return fmt::format("'{}' and 'matrix' exclude each other", name);
    }
    return {};
  }
  if (given.count("rhs")) return "'rhs' needs 'matrix'";
  if (given.count("eigenvalues")) {
    for (const char* name : {"kappa", "spectrum"}) {
      if (given.count(name)) return fmt::format("'{}' and 'eigenvalues' exclude each other", name);
    }
  }
  const std::size_t eigenvalue_count = options.eigenvalues.size();
  if (given.count("n") && eigenvalue_count > 0 && eigenvalue_count != static_cast<std::size_t>(options.n)) {
    return fmt::format("n = {} but 'eigenvalues' has {} numbers", options.n, eigenvalue_count);
  }
  const std::size_t n = eigenvalue_count > 0 ? eigenvalue_count : static_cast<std::size_t>(options.n);
  if (options.shift.size() > 1 && options.shift.size() != n) {
    return fmt::format("'shift' has {} numbers; it takes one, or n = {}", options.shift.size(), n);
  }
  if (options.angle && options.rotation == Rotation::random) return "'angle' and 'rotation' exclude each other";
  if (options.angle && n != 2) return fmt::format("'angle' needs n = 2, here n = {}", n);
  if (given.count("seed") && options.rotation == Rotation::none) return "'seed' needs rotation=random";
  if (options.rotation == Rotation::random && n > 5000) {
    return fmt::format("rotation=random forms a dense n x n matrix and n = {} is over 5000; use rotation=none",
                       n);
  }
  return {};
}

}  // namespace

DiagonalQuadratic::DiagonalQuadratic(Vector lambda, Vector minimiser)
    : lambda_(std::move(lambda)), minimiser_(std::move(minimiser)) {
  add_centred_facts(facts_, minimiser_, lambda_);
}

double DiagonalQuadratic::value(const Vector& x) const {
  return 0.5 * (lambda_.array() * (x - minimiser_).array().square()).sum();
}

double DiagonalQuadratic::gradient(const Vector& x, Vector& g) const {
  g = lambda_.cwiseProduct(x - minimiser_);
  return 0.5 * g.dot(x - minimiser_);
}

void DiagonalQuadratic::hessian(const Vector& /*x*/, Matrix& H) const {
  H.setZero();
  H.diagonal() = lambda_;
}

void DiagonalQuadratic::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  Hv = lambda_.cwiseProduct(v);
}

template <class MatrixType>
MatrixQuadratic<MatrixType>::MatrixQuadratic(MatrixType A, Vector minimiser, const Vector& eigenvalues)
    : A_(std::move(A)), centre_(std::move(minimiser)), start_(Vector::Ones(centre_.size())) {
  add_centred_facts(facts_, centre_, eigenvalues);
}

template <class MatrixType>
MatrixQuadratic<MatrixType>::MatrixQuadratic(MatrixType A, Vector b)
    : A_(std::move(A)), b_(std::move(b)), start_(Vector::Zero(b_.size())) {
  facts_.function_class = {FunctionClass::quadratic, "by construction"};
  if (dimension() <= largest_full_spectrum) {
    if (const auto eigenvalues = symmetric_eigenvalues(Matrix(A_))) {
      // An eigenvalue within the rounding error of the decomposition may be zero: its sign is not known, nor
      // then whether there is a minimiser.
      const double uncertainty =
          10 * static_cast<double>(dimension()) * 1e-16 * eigenvalues->cwiseAbs().maxCoeff();
      if (eigenvalues->cwiseAbs().minCoeff() <= uncertainty) return;
      add_spectral_facts(facts_, *eigenvalues, "computed by a full eigendecomposition");
      facts_.distinct_eigenvalues.reset();  // rounding separates equal ones
    }
  }
  if (facts_.is_unbounded_below()) return;
  std::optional<Vector> minimiser = solve_positive_definite(A_, b_);
  if (!minimiser) return;
  // A singular matrix may pass for positive definite by a pivot of rounding errors: it does not give back a
  // known vector then.
  const Vector probe = Vector::LinSpaced(dimension(), 1, 2);
  const std::optional<Vector> returned = solve_positive_definite(A_, A_ * probe);
  if (!returned || !((*returned - probe).norm() <= 1e-6 * probe.norm())) return;
  const std::string source = "computed: Cholesky factorisation of A";
  facts_.bounded_below = {true, source};
  facts_.minimum = {-0.5 * b_.dot(*minimiser), source};
  facts_.minimisers.push_back({std::move(*minimiser), source});
  if (!facts_.convexity) facts_.convexity = {Convexity::strongly_convex, source};
}

template <class MatrixType>
double MatrixQuadratic<MatrixType>::value(const Vector& x) const {
  double sum = 0;
  if (centre_.size() == 0) {
    for (Index j = 0; j < x.size(); ++j) sum += x[j] * column_dot(A_, j, x);
    return 0.5 * sum - b_.dot(x);
  }
  for (Index j = 0; j < x.size(); ++j) sum += (x[j] - centre_[j]) * column_dot(A_, j, x - centre_);
  return 0.5 * sum;
}

template <class MatrixType>
double MatrixQuadratic<MatrixType>::gradient(const Vector& x, Vector& g) const {
  if (centre_.size() == 0) {
    g.noalias() = A_ * x;
    g -= b_;
    return 0.5 * (x.dot(g) - x.dot(b_));
  }
  // A (x - x*), never A x - A x*, which cancels near x*. A is symmetric, so that its rows are its columns.
  for (Index j = 0; j < x.size(); ++j) g[j] = column_dot(A_, j, x - centre_);
  return 0.5 * g.dot(x - centre_);
}

template <class MatrixType>
void MatrixQuadratic<MatrixType>::hessian(const Vector& /*x*/, Matrix& H) const {
  H = A_;
}

template <class MatrixType>
void MatrixQuadratic<MatrixType>::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  Hv.noalias() = A_ * v;
}

template class MatrixQuadratic<Matrix>;
template class MatrixQuadratic<SparseMatrix>;

OptionTable<QuadraticOptions> quadratic_option_table() {
  using O = QuadraticOptions;
  return OptionTable<O>()
      .integer("n", &O::n, at_least(1), "dimension")
      .real("kappa", &O::kappa, at_least(1), "condition number: mu = 1, L = kappa")
      .choice("spectrum", &O::spectrum,
              {{"log", Spectrum::log},
               {"linear", Spectrum::linear},
               {"clustered", Spectrum::clustered},
               {"two_point", Spectrum::two_point}},
              "how the eigenvalues lie between 1 and kappa (clustered: at 1, sqrt(kappa) and kappa)")
      .reals("eigenvalues", &O::eigenvalues, any_real(),
             "the eigenvalues themselves, instead of kappa and spectrum")
      .choice("rotation", &O::rotation, {{"none", Rotation::none}, {"random", Rotation::random}},
              "eigenvectors: the axes, or drawn uniformly")
      .real("angle", &O::angle, any_real(), "",
            "for n = 2: degrees by which the eigenvectors are turned from the axes")
      .reals("shift", &O::shift, any_real(), "the minimiser: n numbers, or one for all components (default 0)")
      .integer("seed", &O::seed, at_least(0), "of the random rotation")
      .text("matrix", &O::matrix, "a file",
            "Matrix Market file with a symmetric A: f = (1/2)x'Ax - b'x, start 0")
      .text("rhs", &O::rhs, "a file", "Matrix Market file with b (default 0)")
      .rule(broken_rule);
}

std::unique_ptr<Problem> make_quadratic(const QuadraticOptions& options) {
  if (!options.matrix.empty()) return from_files(options);
  Vector lambda = options.eigenvalues.empty()
                      ? spectrum_of(options.spectrum, options.n, options.kappa)
                      : Vector(Eigen::Map<const Vector>(options.eigenvalues.data(),
                                                        static_cast<Index>(options.eigenvalues.size())));
  const Index n = lambda.size();
  Vector minimiser = Vector::Zero(n);
  if (options.shift.size() == 1) minimiser.setConstant(options.shift[0]);
  if (options.shift.size() > 1) minimiser = Eigen::Map<const Vector>(options.shift.data(), n);

  if (!options.angle && options.rotation == Rotation::none) {
    return std::make_unique<DiagonalQuadratic>(std::move(lambda), std::move(minimiser));
  }
  const Matrix Q = rotation_matrix(options, n);
  const Matrix A = Q * lambda.asDiagonal() * Q.transpose();
  return std::make_unique<MatrixQuadratic<Matrix>>((A + A.transpose()) / 2, std::move(minimiser), lambda);
}

ProblemEntry quadratic_entry() {
  return {"quadratic",
          "f = (1/2)(x-x*)'A(x-x*) with a chosen spectrum, or (1/2)x'Ax - b'x from Matrix Market files",
          {{"start", "(1, …, 1); 0 for a matrix from a file"},
           {"facts", "mu and L are the extreme eigenvalues; x* = shift"},
           {"source", "the model problem of every textbook, e.g. Nocedal & Wright 2006, section 3.3"}},
          quadratic_option_table().descriptions(),
          [](const KeyValues& values) {
            return make_quadratic(quadratic_option_table().parse("quadratic", values));
          }};
}

}  // namespace optbed
