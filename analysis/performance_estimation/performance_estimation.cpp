#include "analysis/performance_estimation/performance_estimation.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/performance_estimation/low_rank_solution.hpp"
#include "analysis/performance_estimation/performance_program.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// What may stay open between a bound and what attains it, in units where L = R = 1. DSDP leaves 1e-6 where it
// converges; where rounding ends its progress far from the optimum, what it has is no rate.
constexpr double largest_open_part = 1e-4;

void check_question(const PerformanceQuestion& question) {
  const auto [mu, L] = question.functions;
  if (!(0 <= mu && mu < L && std::isfinite(L))) {
    throw UsageError(fmt::format("mu = {}, L = {}: a class of functions has 0 <= mu < L", mu, L));
  }
  if (!(question.radius > 0 && std::isfinite(question.radius))) {
    throw UsageError(fmt::format("R = {}: the radius must be positive", question.radius));
  }
  if (mu == 0 && question.initial == InitialCondition::gap &&
      question.measure == PerformanceMeasure::squared_distance) {
    throw UsageError(
        "no bound of the distance to the minimiser follows from a gap where mu = 0; ask for the gap or the "
        "gradient, or start from a distance");
  }
}

// One unit of length: of x, where L = R = 1.
double length_unit(const PerformanceQuestion& question) {
  return question.initial == InitialCondition::distance
             ? question.radius
             : std::sqrt(question.radius / question.functions.lipschitz);
}

// By how much a dual solution misses: what S has of negative eigenvalues and the balance of the multipliers,
// with the rounding of both.
struct DualError {
  Matrix slack;
  double least_eigenvalue;
  double imbalance;
  double rounding;

  double total() const { return std::max(rounding - least_eigenvalue, 0.0) + imbalance; }
};

// S is a sum of as many terms as there are rows, and its eigenvalues are right to d roundings of its size.
DualError dual_error(const SemidefiniteProgram& program, const Vector& lambda) {
  const Matrix S = program.slack_matrix(lambda);
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(S, Eigen::EigenvaluesOnly);
  double terms = program.C.norm() + 1;
  for (std::size_t r = 0; r < program.rows.size(); ++r) {
    terms += lambda[static_cast<Index>(r)] * (program.rows[r].A.norm() + program.rows[r].a.norm());
  }
  return {.slack = S,
          .least_eigenvalue = eigen.eigenvalues()[0],
          .imbalance = program.multiplier_balance(lambda).cwiseAbs().maxCoeff(),
          .rounding = 10 * std::numeric_limits<double>::epsilon() * terms};
}

// With W = tr G + sum f_i, the program says W <= b'lambda + (its error) W.
std::optional<double> size_bound(const SemidefiniteProgram& program) {
  const auto solution = solve(program);
  if (!solution) return std::nullopt;
  const double error = dual_error(program, solution->lambda).total();
  if (error >= 0.5) return std::nullopt;
  return program.dual_objective(solution->lambda) / (1 - error);
}

PerformanceCertificate certificate_of(const PerformanceProgram& problem, const Vector& lambda,
                                      const DualError& error, double size) {
  PerformanceCertificate certificate;
  for (std::size_t r = 0; r < problem.pairs().size(); ++r) {
    if (!problem.pairs()[r]) continue;
    certificate.multipliers.push_back(*problem.pairs()[r]);
    certificate.multipliers.back().value = lambda[static_cast<Index>(r)];
  }
  certificate.initial_multiplier = lambda[static_cast<Index>(problem.initial_row())];
  certificate.slack = error.slack;
  certificate.least_eigenvalue = error.least_eigenvalue;
  certificate.imbalance = error.imbalance;
  certificate.size = size;
  return certificate;
}

// Turned so that x_0 - x*, the first column, lies along the first axis, and so on; the first element of a row
// that is not 0 is positive.
Matrix turned(const Matrix& P) {
  const Eigen::HouseholderQR<Matrix> qr(P);
  Matrix R = qr.matrixQR().triangularView<Eigen::Upper>();
  for (Index i = 0; i < R.rows(); ++i) {
    if (R(i, i) < 0) R.row(i) = -R.row(i);
  }
  return R;
}

// A point where all pieces of a function through the points are at most its minimum 0: the minimiser that a
// program without one leaves open. The proximal map of a function that is affine in pieces reaches its
// minimisers for a large parameter, where there are any.
std::optional<Vector> minimiser(const Matrix& points, const Matrix& gradients, const Vector& f) {
  const Index m = f.size();
  MaxAffine phi{.slopes = Matrix::Zero(points.rows(), m + 1), .offsets = Vector::Zero(m + 1)};
  phi.slopes.leftCols(m) = gradients;
  for (Index i = 0; i < m; ++i) {
    phi.offsets[i] = f[i] - gradients.col(i).dot(points.col(i)) + gradients.col(i).squaredNorm() / 2;
  }
  for (double t = 1; t < 1e9; t *= 4) {
    const ProximalPoint at = proximal_point(phi, points.col(0), t);
    if (at.value <= 1e-12) return at.y;
  }
  return std::nullopt;
}

// In the units of the question, with a column for the minimiser; empty where there is none.
InterpolationData worst_case(const PerformanceProgram& problem, const FactoredSolution& solution,
                             const PerformanceQuestion& question) {
  const Matrix P = turned(solution.P);
  const Index m = problem.point_count();
  const Vector f = solution.f.head(m);
  Matrix points = problem.points(P);
  const Matrix gradients = problem.gradients(P);
  if (!problem.has_minimiser()) {
    const auto x_star = minimiser(points, gradients, f);
    if (!x_star) return {};
    points.colwise() -= *x_star;
  }
  const double L = question.functions.lipschitz;
  const double unit = length_unit(question);
  InterpolationData data{.mu = question.functions.mu,
                         .lipschitz = L,
                         .points = Matrix::Zero(P.rows(), m + 1),
                         .gradients = Matrix::Zero(P.rows(), m + 1),
                         .values = Vector::Zero(m + 1)};
  data.points.leftCols(m) = unit * points;
  data.gradients.leftCols(m) = L * unit * gradients;
  data.values.head(m) = L * unit * unit * f;
  if (interpolation_violation(data)) return {};
  return data;
}

}  // namespace

double unit_of(const PerformanceQuestion& question) {
  const double L = question.functions.lipschitz;
  const double squared_length = length_unit(question) * length_unit(question);
  switch (question.measure) {
    case PerformanceMeasure::gap:
      return L * squared_length;
    case PerformanceMeasure::squared_distance:
      return squared_length;
    case PerformanceMeasure::squared_gradient:
    case PerformanceMeasure::least_squared_gradient:
      return L * L * squared_length;
  }
  return 0;
}

std::optional<WorstCaseRate> worst_case_rate(const FixedStepMethod& method,
                                             const PerformanceQuestion& question) {
  check_question(question);
  const PerformanceProgram problem(method, question);
  const SemidefiniteProgram& program = problem.program();
  const auto solution = solve(program);
  if (!solution) return std::nullopt;

  const auto size = size_bound(problem.size_program());
  if (!size) return std::nullopt;

  const double unit = unit_of(question);
  const DualError error = dual_error(program, solution->lambda);
  const FactoredSolution worst = low_rank_solution(program, *solution);
  auto rate = std::make_optional<WorstCaseRate>();
  rate->bound = unit * program.dual_objective(solution->lambda);
  rate->margin = unit * error.total() * *size;
  rate->attained = unit * program.objective(worst.P.transpose() * worst.P, worst.f);
  const double open = std::max(rate->margin, std::abs(rate->bound - rate->attained));
  if (!(open <= largest_open_part * unit)) return std::nullopt;
  rate->certificate = certificate_of(problem, solution->lambda, error, *size);
  rate->worst_case = worst_case(problem, worst, question);
  return rate;
}

}  // namespace optbed
