#include "problems/verification/derivatives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "problems/random.hpp"
#include "problems/verification/relative_parameters.hpp"
#include "problems/verification/smooth_part.hpp"
#include "problems/verification/taylor.hpp"

namespace optbed::verification {
namespace {

constexpr double most_jacobian_elements = 4e6;

void require_second_order(const std::string& check, const TaylorSlope& found, Findings& findings) {
  findings.require(check, found.is_second_order(),
                   fmt::format("the error of the expansion falls like h^{:.2f}", found.power));
}

bool has_small_jacobian(const LeastSquaresProblem& problem) {
  return static_cast<double>(problem.residual_count()) * static_cast<double>(problem.dimension()) <=
         most_jacobian_elements;
}

void verify_symmetry(const std::string& check, const Matrix& H, Findings& findings) {
  findings.require(check, H == H.transpose(), "it is not symmetric");
}

// The mean of f_i and its gradient over `samples`, sample by sample, against what the problem says; `f` and
// `gradient` are the latter. N + n roundings of the sum of the sizes.
void verify_mean(const FiniteSumProblem& problem, const Vector& x, std::span<const Index> samples, double f,
                 const Vector& gradient, const std::string& what, Findings& findings) {
  const auto count = static_cast<double>(samples.size());
  Vector g(problem.dimension());
  Vector sum = Vector::Zero(problem.dimension());
  double values = 0, value_sizes = 0, gradient_sizes = 0;
  for (const Index i : samples) {
    const double f_i = one_sample(problem, x, i, g);
    values += f_i;
    value_sizes += std::abs(f_i);
    sum += g;
    gradient_sizes += g.norm();
  }
  const double tolerance = 10 * (count + static_cast<double>(problem.dimension()) + 10) * epsilon / count;
  findings.near("value of " + what, values / count, f, tolerance * value_sizes);
  findings.at_most("gradient of " + what, (gradient - sum / count).norm(), tolerance * gradient_sizes);
}

void verify_derivatives_at(const Problem& problem, const Probe& at, Findings& findings) {
  findings.look_at(at.x);
  if (!problem.has_gradient()) return;
  verify_gradient(problem, at, findings);
  verify_hessian(problem, at, findings);
  verify_sparse_hessian(problem, at, findings);
  verify_hessian_vector(problem, at, findings);
  if (const auto* sum = dynamic_cast<const FiniteSumProblem*>(&problem)) verify_samples(*sum, at, findings);
  if (const auto* squares = dynamic_cast<const LeastSquaresProblem*>(&problem)) {
    verify_residuals(*squares, at, findings);
  }
  if (const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&problem)) {
    verify_constraints(*constrained, at, findings);
  }
}

void verify_near_the_solution(const LeastSquaresProblem& regression, Findings& findings) {
  const RelativeParameters relative(regression);
  Random random(20240229);
  for (const double size : {0.05, 0.05, 0.01, 0.01, 1e-4}) {
    const Vector z = relative.signs() + size * random.normal_matrix(relative.dimension(), 1);
    verify_derivatives_at(relative, {z, 0.05 * random.normal_matrix(relative.dimension(), 1)}, findings);
  }
}

}  // namespace

// The second value sums the same terms, in another order at most.
void verify_gradient(const Problem& problem, const Probe& at, Findings& findings) {
  const auto f = [&](const Vector& x) { return scalar(problem.value(x)); };
  const double terms = gradient_terms(problem, at.x) * (1 + at.x.norm());
  Vector g = Vector::Constant(problem.dimension(), std::numeric_limits<double>::quiet_NaN());
  const double returned = problem.gradient(at.x, g);
  require_second_order("gradient from value", taylor_slope(f, at.x, at.d, scalar(g.dot(at.d)), terms),
                       findings);
  const double value = problem.value(at.x);
  findings.near("value that the gradient returns", returned, value,
                roundings(problem) * (std::abs(value) + g.norm() * at.x.norm()));
}

void verify_hessian(const Problem& problem, const Probe& at, Findings& findings) {
  if (!has_dense_hessian(problem)) return;
  const Matrix H = hessian_at(problem, at.x);
  verify_symmetry("Hessian is symmetric", H, findings);
  const auto g = [&](const Vector& x) { return gradient_at(problem, x); };
  require_second_order("Hessian from gradient",
                       taylor_slope(g, at.x, at.d, H * at.d, gradient_terms(problem, at.x)), findings);
}

// The two sum the same terms of an element, in another order at most; so do the products with a vector.
void verify_sparse_hessian(const Problem& problem, const Probe& at, Findings& findings) {
  if (!problem.has_sparse_hessian()) return;
  const Index n = problem.dimension();
  const SparseRows pattern = problem.sparse_hessian_pattern();
  const bool has_shape = pattern.rows() == n && pattern.cols() == n && pattern.isCompressed();
  findings.require("pattern of the sparse Hessian", has_shape, "no compressed n x n matrix");
  if (!has_shape) return;
  const SparseRows S = sparse_hessian_at(problem, at.x);
  for (Index i = 0; i < n; ++i) {
    const int* const columns = S.innerIndexPtr();
    const bool in_order = std::is_sorted(columns + S.outerIndexPtr()[i], columns + S.outerIndexPtr()[i + 1]);
    findings.require("columns of the sparse Hessian", in_order, fmt::format("row {} is out of order", i));
  }
  if (has_dense_hessian(problem)) {
    const Matrix dense(S);
    verify_symmetry("sparse Hessian is symmetric", dense, findings);
    const Matrix H = hessian_at(problem, at.x);
    findings.at_most("sparse Hessian from Hessian", (dense - H).norm(), 100 * epsilon * H.norm());
  } else if (problem.has_hessian_vector()) {
    const Vector Sd = S * at.d;
    findings.at_most("sparse Hessian from Hessian-vector product",
                     (Sd - hessian_vector_at(problem, at.x, at.d)).norm(),
                     100 * epsilon * S.norm() * at.d.norm());
  }
}

// n products a row, of which the exact sum may be far smaller than they are.
void verify_hessian_vector(const Problem& problem, const Probe& at, Findings& findings) {
  if (!problem.has_hessian_vector()) return;
  const Vector Hd = hessian_vector_at(problem, at.x, at.d);
  if (has_dense_hessian(problem)) {
    const Matrix H = hessian_at(problem, at.x);
    findings.at_most("Hessian-vector product from Hessian", (Hd - H * at.d).norm(),
                     roundings(problem) * H.norm() * at.d.norm());
    return;
  }
  const auto g = [&](const Vector& x) { return gradient_at(problem, x); };
  require_second_order("Hessian-vector product from gradient",
                       taylor_slope(g, at.x, at.d, Hd, gradient_terms(problem, at.x)), findings);
}

// f = scale |r|^2 and its gradient 2 scale J'r.
void verify_residuals(const LeastSquaresProblem& problem, const Probe& at, Findings& findings) {
  const Vector r = residuals_at(problem, at.x);
  const double relative = 10 * static_cast<double>(r.size() + 10) * epsilon;
  const double squares = problem.scale() * r.squaredNorm();
  findings.near("value from residuals", squares, problem.value(at.x), relative * squares);
  if (!has_small_jacobian(problem)) return;
  const Matrix J = jacobian_at(problem, at.x);
  const auto residuals = [&](const Vector& x) { return residuals_at(problem, x); };
  require_second_order("Jacobian from residuals",
                       taylor_slope(residuals, at.x, at.d, J * at.d, J.norm() * (1 + at.x.norm())), findings);
  const Vector g = 2 * problem.scale() * J.transpose() * r;
  findings.at_most("gradient from residuals and Jacobian", (gradient_at(problem, at.x) - g).norm(),
                   relative * 2 * problem.scale() * J.norm() * r.norm());
}

// f is the mean of its samples, and a batch, in which one comes twice, that of its own.
void verify_samples(const FiniteSumProblem& problem, const Probe& at, Findings& findings) {
  std::vector<Index> every(static_cast<std::size_t>(problem.sample_count()));
  std::iota(every.begin(), every.end(), 0);
  Vector g(problem.dimension());
  const double f = problem.gradient(at.x, g);
  verify_mean(problem, at.x, every, f, g, "f as the mean of its samples", findings);
  const Index last = problem.sample_count() - 1;
  const std::vector<Index> batch = {last, 0, last / 2, last};
  g.setConstant(std::numeric_limits<double>::quiet_NaN());
  const double of_batch = problem.sample_gradient(at.x, batch, g);
  verify_mean(problem, at.x, batch, of_batch, g, "a batch", findings);

  const Index middle = problem.sample_count() / 2;
  Vector scratch(problem.dimension());
  const auto f_i = [&](const Vector& x) { return scalar(one_sample(problem, x, middle, scratch)); };
  one_sample(problem, at.x, middle, g);
  const double terms = static_cast<double>(problem.sample_count()) * gradient_terms(problem, at.x);
  require_second_order("gradient of a sample from its value",
                       taylor_slope(f_i, at.x, at.d, scalar(g.dot(at.d)), terms * (1 + at.x.norm())), findings);
}

// The Hessian of the Lagrangian for a lambda without zeros.
void verify_constraints(const EqualityConstrainedProblem& problem, const Probe& at, Findings& findings) {
  const Index n = problem.dimension();
  const Index p = problem.constraint_count();
  const auto c = [&](const Vector& x) {
    Vector values = Vector::Constant(p, std::numeric_limits<double>::quiet_NaN());
    problem.constraints(x, values);
    return values;
  };
  const auto constraint_jacobian = [&](const Vector& x) {
    Matrix A = Matrix::Constant(p, n, std::numeric_limits<double>::quiet_NaN());
    problem.constraint_jacobian(x, A);
    return A;
  };
  const Matrix A = constraint_jacobian(at.x);
  require_second_order("Jacobian from constraints",
                       taylor_slope(c, at.x, at.d, A * at.d, A.norm() * (1 + at.x.norm())), findings);

  const Vector lambda = Vector::LinSpaced(p, 0.7, 1.3);
  const auto lagrangian_gradient = [&](const Vector& x) -> Vector {
    return gradient_at(problem, x) - constraint_jacobian(x).transpose() * lambda;
  };
  Matrix H = Matrix::Constant(n, n, std::numeric_limits<double>::quiet_NaN());
  problem.lagrangian_hessian(at.x, lambda, H);
  verify_symmetry("Hessian of the Lagrangian is symmetric", H, findings);
  require_second_order("Hessian of the Lagrangian from gradients",
                       taylor_slope(lagrangian_gradient, at.x, at.d, H * at.d, H.norm() * (1 + at.x.norm())),
                       findings);
}

void verify_derivatives(const Problem& problem, Findings& findings) {
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem)) {
    if (composite->has_smooth_part()) verify_derivatives(SmoothPart(*composite), findings);
    return;
  }
  if (problem.facts().residual_standard_deviation) {
    verify_near_the_solution(dynamic_cast<const LeastSquaresProblem&>(problem), findings);
  } else {
    const std::vector<Probe> points = probes(problem);
    findings.look_at(problem.start());
    findings.require("points with finite derivatives", points.size() == probe_count,
                     "f or its derivatives are out of range nearly everywhere");
    for (const Probe& at : points) verify_derivatives_at(problem, at, findings);
  }
  findings.look_at_the_whole();
}

}  // namespace optbed::verification
