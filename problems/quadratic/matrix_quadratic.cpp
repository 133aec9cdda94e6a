#include "problems/quadratic/matrix_quadratic.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "problems/decompositions.hpp"

namespace optbed {
namespace {

constexpr Index largest_full_spectrum = 500;  // n^3 work below about a second
constexpr double most_flops = 2e9;            // flops, about a second

// x with A x = b, where A is positive definite and its factorisation is not too long.
std::optional<Vector> solution(const SystemMatrix& A, const Vector& b) {
  if (const auto* sparse = std::get_if<SparseRows>(&A)) {
    return solve_positive_definite(*sparse, b, most_flops);
  }
  const double n = static_cast<double>(b.size());
  if (n * n * n / 3 > most_flops) return std::nullopt;
  return solve_positive_definite(dense_copy(A), b);
}

}  // namespace

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

Facts centred_quadratic_facts(const Vector& minimiser, const Vector& eigenvalues, const std::string& source) {
  Facts facts;
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  add_spectral_facts(facts, eigenvalues, source);
  if (eigenvalues.minCoeff() < 0) return facts;
  facts.bounded_below = {true, "A is positive semidefinite"};
  facts.minimum = {0, "(1/2)(x-x*)'A(x-x*) >= 0 with equality at x*"};
  facts.minimisers.push_back({minimiser, "by construction"});
  return facts;
}

Facts computed_quadratic_facts(const SystemMatrix& A, const Vector& b) {
  Facts facts;
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  const Index n = b.size();
  if (n <= largest_full_spectrum) {
    if (const auto eigenvalues = symmetric_eigenvalues(dense_copy(A))) {
      // An eigenvalue within the rounding error of the decomposition may be zero: its sign is not known, nor
      // then whether there is a minimiser.
      const double uncertainty = 10 * static_cast<double>(n) * 1e-16 * eigenvalues->cwiseAbs().maxCoeff();
      if (eigenvalues->cwiseAbs().minCoeff() <= uncertainty) return facts;
      add_spectral_facts(facts, *eigenvalues, "computed by a full eigendecomposition");
      facts.distinct_eigenvalues.reset();  // rounding separates equal ones
    }
  }
  if (facts.is_unbounded_below()) return facts;
  std::optional<Vector> minimiser = solution(A, b);
  if (!minimiser) return facts;
  // A singular matrix may pass for positive definite by a pivot of rounding errors: it does not give back a
  // known vector then.
  const Vector probe = Vector::LinSpaced(n, 1, 2);
  Vector image(n);
  multiply(A, probe, image);
  const std::optional<Vector> returned = solution(A, image);
  if (!returned || !((*returned - probe).norm() <= 1e-6 * probe.norm())) return facts;
  const std::string source = "computed: Cholesky factorisation of A";
  facts.bounded_below = {true, source};
  facts.minimum = {-0.5 * b.dot(*minimiser), source};
  facts.minimisers.push_back({std::move(*minimiser), source});
  if (!facts.convexity) facts.convexity = {Convexity::strongly_convex, source};
  return facts;
}

MatrixQuadratic::MatrixQuadratic(SystemMatrix A, Vector b, Vector centre, Vector start, Facts facts)
    : A_(std::move(A)), b_(std::move(b)), centre_(std::move(centre)), start_(std::move(start)) {
  facts_ = std::move(facts);
}

std::unique_ptr<MatrixQuadratic> MatrixQuadratic::centred(SystemMatrix A, Vector minimiser, Vector start,
                                                          Facts facts) {
  Vector b(minimiser.size());
  optbed::multiply(A, minimiser, b);
  return std::unique_ptr<MatrixQuadratic>(new MatrixQuadratic(std::move(A), std::move(b), std::move(minimiser),
                                                              std::move(start), std::move(facts)));
}

std::unique_ptr<MatrixQuadratic> MatrixQuadratic::with_right_hand_side(SystemMatrix A, Vector b, Facts facts) {
  Vector start = Vector::Zero(b.size());
  return std::unique_ptr<MatrixQuadratic>(
      new MatrixQuadratic(std::move(A), std::move(b), {}, std::move(start), std::move(facts)));
}

double MatrixQuadratic::value(const Vector& x) const {
  return std::visit(
      [&](const auto& A) {
        double sum = 0;
        if (is_centred()) {
          for (Index i = 0; i < x.size(); ++i) sum += (x[i] - centre_[i]) * row_times(A, i, x - centre_);
          return 0.5 * sum;
        }
        for (Index i = 0; i < x.size(); ++i) sum += x[i] * row_times(A, i, x);
        return 0.5 * sum - b_.dot(x);
      },
      A_);
}

double MatrixQuadratic::gradient(const Vector& x, Vector& g) const {
  if (!is_centred()) {
    optbed::multiply(A_, x, g);
    g -= b_;
    return 0.5 * (x.dot(g) - x.dot(b_));
  }
  // A (x - x*), never A x - A x*, which cancels near x*.
  std::visit(
      [&](const auto& A) {
        for (Index i = 0; i < x.size(); ++i) g[i] = row_times(A, i, x - centre_);
      },
      A_);
  return 0.5 * g.dot(x - centre_);
}

void MatrixQuadratic::hessian(const Vector& /*x*/, Matrix& H) const {
  std::visit([&](const auto& A) { H = A; }, A_);
}

SparseRows MatrixQuadratic::sparse_hessian_pattern() const {
  const auto* A = std::get_if<SparseRows>(&A_);
  if (!A) return Problem::sparse_hessian_pattern();
  SparseRows pattern = *A;
  pattern.coeffs().setZero();
  return pattern;
}

void MatrixQuadratic::sparse_hessian(const Vector& x, SparseRows& H) const {
  const auto* A = std::get_if<SparseRows>(&A_);
  if (!A) return Problem::sparse_hessian(x, H);
  H.coeffs() = A->coeffs();
}

void MatrixQuadratic::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  optbed::multiply(A_, v, Hv);
}

void MatrixQuadratic::multiply(const Vector& v, Vector& Av) const { optbed::multiply(A_, v, Av); }

}  // namespace optbed
