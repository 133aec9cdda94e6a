// What holds between a problem's value, gradient, Hessian, residuals and Jacobian at a point x along a
// direction d. Each check says what is wrong; what a problem does not have is not wrong.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "problems/problem.hpp"
#include "problems/random.hpp"
#include "tests/problems/relative_parameters.hpp"
#include "tests/problems/taylor.hpp"

namespace optbed::testing {

inline constexpr double epsilon = std::numeric_limits<double>::epsilon();

inline double relative_error(const Matrix& found, const Matrix& expected) {
  return (found - expected).norm() / expected.norm();
}

struct Probe {
  Vector x;
  Vector d;
};

inline Vector gradient_at(const Problem& problem, const Vector& x) {
  Vector g = Vector::Constant(problem.dimension(), std::numeric_limits<double>::quiet_NaN());
  problem.gradient(x, g);
  return g;
}

inline Matrix hessian_at(const Problem& problem, const Vector& x) {
  const Index n = problem.dimension();
  Matrix H = Matrix::Constant(n, n, std::numeric_limits<double>::quiet_NaN());
  problem.hessian(x, H);
  return H;
}

inline SparseRows sparse_hessian_at(const Problem& problem, const Vector& x) {
  SparseRows H = problem.sparse_hessian_pattern();
  H.coeffs().setConstant(std::numeric_limits<double>::quiet_NaN());
  problem.sparse_hessian(x, H);
  return H;
}

inline Vector hessian_vector_at(const Problem& problem, const Vector& x, const Vector& v) {
  Vector Hv = Vector::Constant(problem.dimension(), std::numeric_limits<double>::quiet_NaN());
  problem.hessian_vector(x, v, Hv);
  return Hv;
}

inline Vector residuals_at(const LeastSquaresProblem& problem, const Vector& x) {
  Vector r = Vector::Constant(problem.residual_count(), std::numeric_limits<double>::quiet_NaN());
  problem.residuals(x, r);
  return r;
}

inline Matrix jacobian_at(const LeastSquaresProblem& problem, const Vector& x) {
  Matrix J =
      Matrix::Constant(problem.residual_count(), problem.dimension(), std::numeric_limits<double>::quiet_NaN());
  problem.jacobian(x, J);
  return J;
}

// The size of the terms of f's gradient where they may cancel: |H| (1 + |x|). Those of f are (1 + |x|) times as
// large.
inline double gradient_terms(const Problem& problem, const Vector& x) {
  return problem.has_hessian() ? hessian_at(problem, x).norm() * (1 + x.norm()) : 0;
}

// The size of each component by which a problem's values vary: what its start and its minimisers show of it.
inline Vector scale_of(const Problem& problem) {
  Vector scale = problem.start().cwiseAbs();
  for (double& component : scale) component = component == 0 ? 1 : component;
  for (const Fact<Vector>& minimiser : problem.facts().minimisers) {
    scale = scale.cwiseMax(minimiser.value.cwiseAbs());
  }
  return scale;
}

// Points of the problem's own scale, near the start and near 0, each with a direction short enough to stay
// clear of a kink. Where f or the size of its derivatives is beyond the range of double, at either end of a
// direction, another one is drawn, nearer to the start: f may be finite on a small set only.
inline std::vector<Probe> probes(const Problem& problem, int of_each = 3) {
  constexpr int draws = 100;
  Random random(20240229);
  const Index n = problem.dimension();
  const Vector scale = scale_of(problem);
  const bool has_kinks = problem.facts().is_nonsmooth();
  const auto is_in_range = [&](const Vector& x) {
    return std::isfinite(problem.value(x)) && std::isfinite(gradient_terms(problem, x) * (1 + x.norm()));
  };
  std::vector<Probe> probes;
  for (int i = 0; i < of_each; ++i) {
    for (const double size : {1.0, 0.1, 3e-4}) {
      double reach = 1;
      for (int draw = 0; draw < draws; ++draw, reach *= 0.8) {
        Vector x = size * scale.cwiseProduct(random.normal_matrix(n, 1));
        if (size == 0.1) x += problem.start();
        x = problem.start() + reach * (x - problem.start());
        const Vector d =
            (has_kinks ? 1e-3 * size : 0.1) * reach * scale.cwiseProduct(random.normal_matrix(n, 1));
        if (!is_in_range(x) || !is_in_range(x + d)) continue;
        probes.push_back({x, d});
        break;
      }
    }
  }
  EXPECT_EQ(probes.size(), 3 * static_cast<std::size_t>(of_each)) << "f is out of range nearly everywhere";
  return probes;
}

inline ::testing::AssertionResult is_second_order(const TaylorSlope& found, const std::string& what) {
  if (found.is_second_order()) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << what << ": the error of the expansion falls like h^" << found.power;
}

inline ::testing::AssertionResult is_within(double difference, double tolerance, const std::string& what) {
  if (difference <= tolerance) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << what << ": off by " << difference << ", allowed " << tolerance;
}

inline ::testing::AssertionResult gradient_matches_value(const Problem& problem, const Probe& at) {
  const auto f = [&](const Vector& x) { return scalar(problem.value(x)); };
  const double terms = gradient_terms(problem, at.x) * (1 + at.x.norm());
  return is_second_order(taylor_slope(f, at.x, at.d, scalar(gradient_at(problem, at.x).dot(at.d)), terms),
                         "gradient from value");
}

// The two sum the same terms, in another order at most: n roundings of the sum of their sizes.
inline ::testing::AssertionResult gradient_returns_value(const Problem& problem, const Probe& at) {
  Vector g(problem.dimension());
  const double f = problem.value(at.x);
  const double tolerance = 10 * static_cast<double>(problem.dimension() + 10) * epsilon *
                           (std::abs(f) + gradient_at(problem, at.x).norm() * at.x.norm());
  return is_within(std::abs(problem.gradient(at.x, g) - f), tolerance, "value that gradient returns");
}

inline ::testing::AssertionResult hessian_matches_gradient(const Problem& problem, const Probe& at) {
  if (!problem.has_hessian()) return ::testing::AssertionSuccess();
  const Matrix H = hessian_at(problem, at.x);
  if (H != H.transpose()) return ::testing::AssertionFailure() << "the Hessian is not symmetric";
  const auto g = [&](const Vector& x) { return gradient_at(problem, x); };
  return is_second_order(taylor_slope(g, at.x, at.d, H * at.d, gradient_terms(problem, at.x)),
                         "Hessian from gradient");
}

// The two sum the same terms of an element, in another order at most. The pattern is compressed, with the
// columns of a row in their order.
inline ::testing::AssertionResult sparse_hessian_matches_hessian(const Problem& problem, const Probe& at) {
  if (!problem.has_sparse_hessian()) return ::testing::AssertionSuccess();
  const Index n = problem.dimension();
  const SparseRows pattern = problem.sparse_hessian_pattern();
  if (pattern.rows() != n || pattern.cols() != n || !pattern.isCompressed()) {
    return ::testing::AssertionFailure() << "the pattern of the Hessian is no compressed n x n matrix";
  }
  const SparseRows S = sparse_hessian_at(problem, at.x);
  for (Index i = 0; i < n; ++i) {
    const int* const columns = S.innerIndexPtr();
    const bool in_order = std::is_sorted(columns + S.outerIndexPtr()[i], columns + S.outerIndexPtr()[i + 1]);
    if (!in_order)
      return ::testing::AssertionFailure() << "row " << i << " of the sparse Hessian: out of order";
  }
  const Matrix dense(S);
  if (dense != dense.transpose()) return ::testing::AssertionFailure() << "the sparse Hessian is not symmetric";
  const Matrix H = hessian_at(problem, at.x);
  return is_within((dense - H).norm(), 100 * epsilon * H.norm(), "sparse Hessian from Hessian");
}

// n products a row, of which the exact sum may be far smaller than they are.
inline ::testing::AssertionResult hessian_vector_matches_hessian(const Problem& problem, const Probe& at) {
  if (!problem.has_hessian_vector()) return ::testing::AssertionSuccess();
  if (!problem.has_hessian()) {
    const auto g = [&](const Vector& x) { return gradient_at(problem, x); };
    return is_second_order(taylor_slope(g, at.x, at.d, hessian_vector_at(problem, at.x, at.d)),
                           "Hessian-vector product from gradient");
  }
  const Matrix H = hessian_at(problem, at.x);
  const double tolerance =
      10 * static_cast<double>(problem.dimension() + 10) * epsilon * H.norm() * at.d.norm();
  return is_within((hessian_vector_at(problem, at.x, at.d) - H * at.d).norm(), tolerance,
                   "Hessian-vector product from Hessian");
}

inline ::testing::AssertionResult jacobian_matches_residuals(const LeastSquaresProblem& problem,
                                                             const Probe& at) {
  const auto r = [&](const Vector& x) { return residuals_at(problem, x); };
  const Matrix J = jacobian_at(problem, at.x);
  const double terms = J.norm() * (1 + at.x.norm());
  return is_second_order(taylor_slope(r, at.x, at.d, J * at.d, terms), "Jacobian from residuals");
}

// f = scale |r|^2 and its gradient 2 scale J'r.
inline ::testing::AssertionResult residuals_match_value_and_gradient(const LeastSquaresProblem& problem,
                                                                     const Probe& at) {
  const Vector r = residuals_at(problem, at.x);
  const Matrix J = jacobian_at(problem, at.x);
  const double roundings = 10 * static_cast<double>(r.size() + 10) * epsilon;
  const double squares = problem.scale() * r.squaredNorm();
  if (auto value =
          is_within(std::abs(problem.value(at.x) - squares), roundings * squares, "value from residuals");
      !value) {
    return value;
  }
  return is_within((gradient_at(problem, at.x) - 2 * problem.scale() * J.transpose() * r).norm(),
                   roundings * 2 * problem.scale() * J.norm() * r.norm(),
                   "gradient from residuals and Jacobian");
}

// f_i at x, and its gradient in g.
inline double one_sample(const FiniteSumProblem& problem, const Vector& x, Index i, Vector& g) {
  g.setConstant(std::numeric_limits<double>::quiet_NaN());
  return problem.sample_gradient(x, {&i, 1}, g);
}

// The mean of f_i and its gradient over `samples`, sample by sample, against what the problem says; `f` and
// `gradient` are the latter. N + n roundings of the sum of the sizes.
inline ::testing::AssertionResult is_the_mean(const FiniteSumProblem& problem, const Vector& x,
                                              std::span<const Index> samples, double f, const Vector& gradient,
                                              const std::string& what) {
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
  const double roundings = 10 * (count + static_cast<double>(problem.dimension()) + 10) * epsilon / count;
  if (auto value = is_within(std::abs(f - values / count), roundings * value_sizes, "value of " + what);
      !value) {
    return value;
  }
  return is_within((gradient - sum / count).norm(), roundings * gradient_sizes, "gradient of " + what);
}

// f is the mean of its samples, and a batch, in which one comes twice, that of its own.
inline ::testing::AssertionResult samples_match_the_whole(const FiniteSumProblem& problem, const Probe& at) {
  std::vector<Index> every(static_cast<std::size_t>(problem.sample_count()));
  std::iota(every.begin(), every.end(), 0);
  Vector g(problem.dimension());
  const double f = problem.gradient(at.x, g);
  if (auto whole = is_the_mean(problem, at.x, every, f, g, "f as the mean of its samples"); !whole)
    return whole;
  const Index last = problem.sample_count() - 1;
  const std::vector<Index> batch = {last, 0, last / 2, last};
  g.setConstant(std::numeric_limits<double>::quiet_NaN());
  const double of_batch = problem.sample_gradient(at.x, batch, g);
  return is_the_mean(problem, at.x, batch, of_batch, g, "a batch");
}

inline ::testing::AssertionResult sample_gradient_matches_value(const FiniteSumProblem& problem,
                                                                const Probe& at) {
  const Index i = problem.sample_count() / 2;
  Vector g(problem.dimension()), scratch(problem.dimension());
  const auto f_i = [&](const Vector& x) { return scalar(one_sample(problem, x, i, scratch)); };
  one_sample(problem, at.x, i, g);
  return is_second_order(taylor_slope(f_i, at.x, at.d, scalar(g.dot(at.d)),
                                      static_cast<double>(problem.sample_count()) *
                                          gradient_terms(problem, at.x) * (1 + at.x.norm())),
                         "a sample's gradient from its value");
}

inline ::testing::AssertionResult constraint_jacobian_matches_constraints(
    const EqualityConstrainedProblem& problem, const Probe& at) {
  const Index p = problem.constraint_count();
  const auto c = [&](const Vector& x) {
    Vector values = Vector::Constant(p, std::numeric_limits<double>::quiet_NaN());
    problem.constraints(x, values);
    return values;
  };
  Matrix A = Matrix::Constant(p, problem.dimension(), std::numeric_limits<double>::quiet_NaN());
  problem.constraint_jacobian(at.x, A);
  const double terms = A.norm() * (1 + at.x.norm());
  return is_second_order(taylor_slope(c, at.x, at.d, A * at.d, terms), "Jacobian from constraints");
}

// In x of grad f - A'lambda, for a lambda without zeros.
inline ::testing::AssertionResult lagrangian_hessian_matches_gradients(
    const EqualityConstrainedProblem& problem, const Probe& at) {
  const Index n = problem.dimension();
  const Index p = problem.constraint_count();
  const Vector lambda = Vector::LinSpaced(p, 0.7, 1.3);
  const auto gradient = [&](const Vector& x) -> Vector {
    Matrix A(p, n);
    problem.constraint_jacobian(x, A);
    return gradient_at(problem, x) - A.transpose() * lambda;
  };
  Matrix H = Matrix::Constant(n, n, std::numeric_limits<double>::quiet_NaN());
  problem.lagrangian_hessian(at.x, lambda, H);
  if (H != H.transpose())
    return ::testing::AssertionFailure() << "the Hessian of the Lagrangian: not symmetric";
  const double terms = H.norm() * (1 + at.x.norm());
  return is_second_order(taylor_slope(gradient, at.x, at.d, H * at.d, terms),
                         "Hessian of the Lagrangian from gradients");
}

// The smooth part of a composite problem as a problem of its own.
class SmoothPart final : public Problem {
 public:
  explicit SmoothPart(const CompositeProblem& whole) : whole_(whole) {}

  Index dimension() const override { return whole_.dimension(); }
  Vector start() const override { return whole_.start(); }
  double value(const Vector& x) const override { return whole_.smooth_value(x); }
  double gradient(const Vector& x, Vector& g) const override { return whole_.smooth_gradient(x, g); }

 private:
  const CompositeProblem& whole_;
};

// Every check of a problem that has a gradient.
inline void expect_consistent_derivatives_at(const Problem& problem, const Probe& at) {
  EXPECT_TRUE(gradient_matches_value(problem, at));
  EXPECT_TRUE(gradient_returns_value(problem, at));
  EXPECT_TRUE(hessian_matches_gradient(problem, at));
  EXPECT_TRUE(sparse_hessian_matches_hessian(problem, at));
  EXPECT_TRUE(hessian_vector_matches_hessian(problem, at));
  if (const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&problem)) {
    EXPECT_TRUE(samples_match_the_whole(*finite_sum, at));
    EXPECT_TRUE(sample_gradient_matches_value(*finite_sum, at));
  }
  if (const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&problem)) {
    EXPECT_TRUE(jacobian_matches_residuals(*least_squares, at));
    EXPECT_TRUE(residuals_match_value_and_gradient(*least_squares, at));
  }
}

// The same near the solution of a regression, on the scale of its parameters. Elsewhere a model may have poles,
// or oscillate faster than any probe could see.
inline void expect_consistent_derivatives_near_the_solution(const LeastSquaresProblem& regression) {
  const RelativeParameters relative(regression);
  Random random(20240229);
  for (const double size : {0.05, 0.05, 0.01, 0.01, 1e-4}) {
    const Vector z = relative.signs() + size * random.normal_matrix(relative.dimension(), 1);
    expect_consistent_derivatives_at(relative, {z, 0.05 * random.normal_matrix(relative.dimension(), 1)});
  }
}

// Every check above at every probe.
inline void expect_consistent_derivatives(const Problem& problem) {
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem)) {
    if (composite->has_smooth_part()) expect_consistent_derivatives(SmoothPart(*composite));
    return;
  }
  if (const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&problem)) {
    for (const Probe& at : probes(problem)) {
      EXPECT_TRUE(constraint_jacobian_matches_constraints(*constrained, at));
      EXPECT_TRUE(lagrangian_hessian_matches_gradients(*constrained, at));
    }
  }
  if (problem.facts().residual_standard_deviation) {
    return expect_consistent_derivatives_near_the_solution(dynamic_cast<const LeastSquaresProblem&>(problem));
  }
  for (const Probe& at : probes(problem)) expect_consistent_derivatives_at(problem, at);
}

}  // namespace optbed::testing
