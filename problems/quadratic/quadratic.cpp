#include "problems/quadratic/quadratic.hpp"

#include <cmath>
#include <numbers>
#include <set>

#include "problems/data/linear_system_files.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/matrix_quadratic.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

SparseRows diagonal_matrix(const Vector& lambda) {
  SparseRows A(lambda.size(), lambda.size());
  A.setIdentity();
  A.coeffs() = lambda.array();
  return A;
}

Matrix rotation_matrix(const QuadraticOptions& options, Index n) {
  if (options.angle) {
    const double radians = *options.angle * std::numbers::pi / 180;
    return Matrix{{std::cos(radians), -std::sin(radians)}, {std::sin(radians), std::cos(radians)}};
  }
  Random random(static_cast<std::uint64_t>(options.seed));
  return random_orthonormal(n, n, random);
}

std::unique_ptr<Problem> from_files(const QuadraticOptions& options) {
  LinearSystemData system = read_linear_system(options.matrix, options.rhs);
  if (!is_symmetric(system.A)) {
    throw InputError(
        fmt::format("{}: the matrix of a quadratic is symmetric, this one is not; write (A + A')/2, which has "
                    "the same quadratic form, or solve A x = b as linear_system:matrix=…",
                    options.matrix));
  }
  Facts facts = computed_quadratic_facts(system.A, system.b);
  return MatrixQuadratic::with_right_hand_side(std::move(system.A), std::move(system.b), std::move(facts));
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
    : lambda_(std::move(lambda)),
      minimiser_(std::move(minimiser)),
      A_(diagonal_matrix(lambda_)),
      b_(lambda_.cwiseProduct(minimiser_)) {
  facts_ = centred_quadratic_facts(minimiser_, lambda_, "by construction");
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

void DiagonalQuadratic::multiply(const Vector& v, Vector& Av) const { Av = lambda_.cwiseProduct(v); }

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
  Facts facts = centred_quadratic_facts(minimiser, lambda, "by construction");
  return MatrixQuadratic::centred(DenseRows((A + A.transpose()) / 2), std::move(minimiser), Vector::Ones(n),
                                  std::move(facts));
}

ProblemEntry quadratic_entry() {
  return {
      "quadratic",
      "f = (1/2)(x-x*)'A(x-x*) with a chosen spectrum, or (1/2)x'Ax - b'x from Matrix Market files",
      {{"start", "(1, …, 1); 0 for a matrix from a file"},
       {"facts",
        "mu and L are the extreme eigenvalues; x* = shift. Of a matrix from a file they are computed: mu and "
        "L up to n = 500, x* where a Cholesky factorisation takes at most 2e9 flops"},
       {"source", "the model problem of every textbook, e.g. Nocedal & Wright 2006, section 3.3"}},
      quadratic_option_table().descriptions(),
      [](const KeyValues& values) {
        return make_quadratic(quadratic_option_table().parse("quadratic", values));
      }};
}

}  // namespace optbed
