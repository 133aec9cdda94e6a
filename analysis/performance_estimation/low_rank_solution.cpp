#include "analysis/performance_estimation/low_rank_solution.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/random.hpp"

namespace optbed {
namespace {

using Rows = std::vector<std::size_t>;

// Below this, relative to the largest, a singular value counts as 0: between the rounding of a factor and what
// the data of a small program are made of.
constexpr double rank_tolerance = 1e-9;

// A way G + t P'DP, f + t h on which the rows that are active stay so.
struct Direction {
  Matrix D;  // (r x r), symmetric
  Vector h;  // (k)
};

// Of the product of a multiplier and a slack one factor is 0 at the solution, and near it the larger one tells
// which: by how much is `ratio`.
Rows active_rows(const SemidefiniteProgram& program, const SemidefiniteSolution& solution, double ratio) {
  Rows active;
  for (std::size_t r = 0; r < program.rows.size(); ++r) {
    const double slack = program.row_slack(r, solution.G, solution.f);
    if (solution.lambda[static_cast<Index>(r)] > ratio * slack) active.push_back(r);
  }
  return active;
}

// The eigenvectors of G that are not in the range of S: of the product of their eigenvalues, one factor is 0 at
// the solution, and the larger one tells which.
Matrix factor(const SemidefiniteProgram& program, const SemidefiniteSolution& solution) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(solution.G);
  const Matrix S = program.slack_matrix(solution.lambda);
  Matrix P(solution.G.rows(), solution.G.rows());
  Index rank = 0;
  for (Index i = solution.G.rows() - 1; i >= 0; --i) {
    const Vector v = eigen.eigenvectors().col(i);
    const double in_G = eigen.eigenvalues()[i];
    if (in_G > v.dot(S * v)) P.row(rank++) = std::sqrt(in_G) * v.transpose();
  }
  return P.topRows(rank);
}

double row_slack(const SemidefiniteProgram& program, std::size_t r, const FactoredSolution& at) {
  return program.row_slack(r, at.P.transpose() * at.P, at.f);
}

// By how much a row is violated, or the optimum missed.
double error_of(const SemidefiniteProgram& program, double optimum, const FactoredSolution& at) {
  double largest = std::abs(optimum - program.objective(at.P.transpose() * at.P, at.f));
  for (std::size_t r = 0; r < program.rows.size(); ++r) largest = std::max(largest, -row_slack(program, r, at));
  return largest;
}

double violation(const SemidefiniteProgram& program, const Rows& active, const FactoredSolution& at) {
  double largest = 0;
  for (const std::size_t r : active) largest = std::max(largest, std::abs(row_slack(program, r, at)));
  return largest;
}

// Gauss–Newton, of the least norm, on the equations of the active rows in the factor and f. Stops when that
// gains nothing.
void polish(const SemidefiniteProgram& program, const Rows& active, FactoredSolution& at) {
  const auto count = static_cast<Index>(active.size());
  const Index size = at.P.size();
  double error = violation(program, active, at);
  for (int iteration = 0; iteration < 20 && error > 0; ++iteration) {
    Matrix J(count, size + at.f.size());
    Vector residual(count);
    for (Index i = 0; i < count; ++i) {
      const SemidefiniteProgram::Row& row = program.rows[active[static_cast<std::size_t>(i)]];
      const Matrix gradient = 2 * at.P * row.A;
      J.row(i) << gradient.reshaped().transpose(), row.a.transpose();
      residual[i] = row_slack(program, active[static_cast<std::size_t>(i)], at);
    }
    Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition;
    decomposition.setThreshold(rank_tolerance);
    decomposition.compute(J);
    const Vector step = decomposition.solve(residual);
    FactoredSolution next = at;
    next.P.reshaped() += step.head(size);
    next.f += step.tail(at.f.size());
    const double next_error = violation(program, active, next);
    if (!(next_error < error)) return;
    at = std::move(next);
    error = next_error;
  }
}

// D as a vector in which the inner product is the trace's, and back.
Vector stacked(const Matrix& D) {
  Vector v(D.rows() * (D.rows() + 1) / 2);
  Index k = 0;
  for (Index j = 0; j < D.rows(); ++j) {
    for (Index i = 0; i <= j; ++i) v[k++] = i == j ? D(i, i) : std::sqrt(2.0) * D(i, j);
  }
  return v;
}

Matrix unstacked(const Vector& v, Index r) {
  Matrix D(r, r);
  Index k = 0;
  for (Index j = 0; j < r; ++j) {
    for (Index i = 0; i <= j; ++i, ++k) D(i, j) = D(j, i) = i == j ? v[k] : v[k] / std::sqrt(2.0);
  }
  return D;
}

// Of the ways that keep the active rows, the one of the steepest descent of tr(W D); where that is the same on
// all of them, one of them. A zero D where there is none.
Direction reducing_direction(const SemidefiniteProgram& program, const Rows& active, const FactoredSolution& at,
                             const Matrix& W) {
  const Index r = at.P.rows();
  const Index triangle = r * (r + 1) / 2;
  Matrix equations(static_cast<Index>(active.size()), triangle + at.f.size());
  for (Index i = 0; i < equations.rows(); ++i) {
    const SemidefiniteProgram::Row& row = program.rows[active[static_cast<std::size_t>(i)]];
    equations.row(i) << stacked(at.P * row.A * at.P.transpose()).transpose(), row.a.transpose();
  }
  Eigen::JacobiSVD<Matrix> svd(equations, Eigen::ComputeFullV);
  svd.setThreshold(rank_tolerance);
  const Matrix kernel = svd.matrixV().rightCols(equations.cols() - svd.rank());
  const auto in_matrix = kernel.topRows(triangle);
  const Vector downwards = stacked(W);
  Vector way = -(kernel * (in_matrix.transpose() * downwards));
  if (kernel.cols() > 0 && way.head(triangle).norm() < rank_tolerance * downwards.norm()) {
    Index widest = 0;
    in_matrix.colwise().norm().maxCoeff(&widest);
    way = kernel.col(widest);
  }
  if (kernel.cols() == 0 || way.head(triangle).norm() < rank_tolerance * downwards.norm()) {
    return {Matrix::Zero(r, r), Vector::Zero(at.f.size())};
  }
  return {unstacked(way.head(triangle), r), way.tail(at.f.size())};
}

// Goes that way until the rank falls or another row becomes active, which is added. False where nothing stops
// it.
bool advance(const SemidefiniteProgram& program, const Direction& way, Rows& active, FactoredSolution& at) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(way.D);
  const double steepest = eigen.eigenvalues()[0];
  double t = steepest < 0 ? -1 / steepest : std::numeric_limits<double>::infinity();
  std::optional<std::size_t> blocking;
  const Matrix change = at.P.transpose() * way.D * at.P;
  for (std::size_t r = 0; r < program.rows.size(); ++r) {
    if (std::find(active.begin(), active.end(), r) != active.end()) continue;
    const double rate = program.rows[r].A.cwiseProduct(change).sum() + program.rows[r].a.dot(way.h);
    const double slack = std::max(row_slack(program, r, at), 0.0);
    if (rate <= 0 || slack / rate >= t) continue;
    t = slack / rate;
    blocking = r;
  }
  if (!std::isfinite(t)) return false;
  if (blocking) active.push_back(*blocking);
  const Vector scales = (1 + t * eigen.eigenvalues().array()).max(0).sqrt();
  const Matrix moved = scales.asDiagonal() * eigen.eigenvectors().transpose() * at.P;
  // Ascending eigenvalues: what vanishes comes first.
  at.P = moved.bottomRows((scales.array() > std::sqrt(rank_tolerance)).count());
  at.f += t * way.h;
  return true;
}

// What the descent is steepest in: with W = I in the logarithm of the determinant, with W = P P' in the trace;
// the others are two of many.
Matrix weight(int attempt, const Matrix& P) {
  const Index r = P.rows();
  if (attempt == 0) return Matrix::Identity(r, r);
  if (attempt == 1) return P * P.transpose();
  return Random(static_cast<std::uint64_t>(attempt)).normal_matrix(r, r).selfadjointView<Eigen::Lower>();
}

// Down to an extreme point.
FactoredSolution reduced(const SemidefiniteProgram& program, Rows active, FactoredSolution at, int attempt) {
  // Each turn takes away from the rank or adds to the active rows.
  const std::size_t most_turns = program.rows.size() + static_cast<std::size_t>(at.P.rows());
  for (std::size_t turn = 0; turn < most_turns && at.P.rows() > 1; ++turn) {
    const Direction way = reducing_direction(program, active, at, weight(attempt, at.P));
    if (way.D.isZero(0)) break;
    if (!advance(program, way, active, at) && !advance(program, {-way.D, -way.h}, active, at)) break;
    polish(program, active, at);
  }
  return at;
}

}  // namespace

FactoredSolution low_rank_solution(const SemidefiniteProgram& program, const SemidefiniteSolution& solution) {
  // Far more than rounding makes of a solution, far less than a lost row does.
  constexpr double tolerance = 1e-9;
  const double optimum = program.dual_objective(solution.lambda);
  Rows active;
  FactoredSolution whole;
  double least_error = std::numeric_limits<double>::infinity();
  // Rows that are taken for active and are not may leave no solution at all.
  for (const double ratio : {1.0, 10.0, 100.0, 0.1}) {
    const Rows candidates = active_rows(program, solution, ratio);
    FactoredSolution at{factor(program, solution), solution.f};
    polish(program, candidates, at);
    const double error = error_of(program, optimum, at);
    if (error >= least_error) continue;
    active = candidates;
    whole = std::move(at);
    least_error = error;
  }
  FactoredSolution best = whole;
  for (int attempt = 0; attempt < 6 && best.P.rows() > 1; ++attempt) {
    FactoredSolution found = reduced(program, active, whole, attempt);
    const bool is_solution = error_of(program, optimum, found) <= 2 * least_error + tolerance;
    if (is_solution && found.P.rows() < best.P.rows()) best = std::move(found);
  }
  return best;
}

}  // namespace optbed
