#include "solvers/newton/trust_region_subproblem.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "problems/random.hpp"

namespace optbed::trust_region_subproblem_test {
namespace {

double model(const Matrix& H, const Vector& g, const Vector& p) { return g.dot(p) + p.dot(H * p) / 2; }

// The minimum of the model on the ball by a second method: in the eigenvectors of H, by bisection of
// |p(lambda)| (Nocedal & Wright 2006, (4.38)), with the hard case by its definition.
double minimum_by_eigenvectors(const Matrix& H, const Vector& g, double radius) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(H);
  const Vector& lambda = eigen.eigenvalues();
  const Vector q = eigen.eigenvectors().transpose() * g;
  const auto p = [&](double shift) {
    Vector coefficients(q.size());
    for (Index i = 0; i < q.size(); ++i) {
      const double denominator = lambda[i] + shift;
      coefficients[i] = std::abs(q[i]) < 1e-14 ? 0 : -q[i] / denominator;
    }
    return coefficients;
  };
  const auto value = [&](const Vector& c) { return q.dot(c) + 0.5 * c.dot(lambda.cwiseProduct(c)); };
  if (lambda[0] > 0 && p(0).norm() <= radius) return value(p(0));
  const double lowest = std::max(0.0, -lambda[0]);
  Vector at_lowest = p(lowest);
  for (double& c : at_lowest) {
    if (!std::isfinite(c)) c = 1e300;
  }
  if (at_lowest.norm() <= radius) {
    at_lowest[0] += std::sqrt(radius * radius - at_lowest.squaredNorm());
    return value(at_lowest);
  }
  double low = lowest;
  double high = lowest + g.norm() / radius + lambda.cwiseAbs().maxCoeff();
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (p(middle).norm() > radius ? low : high) = middle;
  }
  // Near the hard case lambda is not fine enough a number to meet the radius: the first component does.
  Vector solution = p(high);
  const double rest = solution.tail(solution.size() - 1).squaredNorm();
  solution[0] = std::copysign(std::sqrt(std::max(0.0, radius * radius - rest)), solution[0]);
  return value(solution);
}

struct Solved {
  Vector p;
  TrustRegionStep step;
};

Solved solve(const Matrix& H, const Vector& g, double radius) {
  TrustRegionSubproblem subproblem;
  subproblem.start(g.size());
  Vector p = Vector::Zero(g.size());
  const auto step = subproblem.solve(H, g, radius, p);
  EXPECT_TRUE(step);
  return {p, step.value_or(TrustRegionStep{})};
}

TEST(TrustRegionSubproblem, TakesTheNewtonStepWhereItIsInside) {
  const Solved s = solve(Matrix{{2, 0}, {0, 4}}, Vector{{2, 4}}, 2);
  EXPECT_LE((s.p - Vector{{-1, -1}}).norm(), 1e-15);
  EXPECT_EQ(s.step.lambda, 0);
  EXPECT_FALSE(s.step.on_boundary);
  EXPECT_NEAR(s.step.predicted_fall, 3, 1e-14);  // 6 - 3
}

// H = I: p = -radius g/|g|, lambda = |g|/radius - 1.
TEST(TrustRegionSubproblem, MeetsTheBoundaryWhereTheNewtonStepIsOutside) {
  const Solved s = solve(Matrix::Identity(2, 2), Vector{{3, 4}}, 1);
  EXPECT_NEAR(s.p[0], -0.6, 1e-15);
  EXPECT_NEAR(s.p[1], -0.8, 1e-15);
  EXPECT_NEAR(s.step.lambda, 4, 1e-14);
  EXPECT_TRUE(s.step.on_boundary);
}

// H = diag(-2, 1), g = (0, 3): lambda = 2, p = (+-sqrt(radius^2 - 1), -1), m = -3 + 1/2 - (radius^2 - 1).
TEST(TrustRegionSubproblem, AddsAnEigenvectorInTheHardCase) {
  const Solved s = solve(Matrix{{-2, 0}, {0, 1}}, Vector{{0, 3}}, 2);
  EXPECT_NEAR(s.p.norm(), 2, 1e-9);
  EXPECT_NEAR(s.step.predicted_fall, 5.5, 5.5e-8);
  EXPECT_NEAR(s.step.lambda, 2, 1e-6);
}

TEST(TrustRegionSubproblem, LeavesASaddleAlongItsLeastEigenvector) {
  const Solved s = solve(Matrix{{2, 0}, {0, -2}}, Vector::Zero(2), 3);
  EXPECT_NEAR(std::abs(s.p[1]), 3, 1e-6);
  EXPECT_NEAR(s.step.predicted_fall, 9, 9e-8);
}

TEST(TrustRegionSubproblem, StaysAtAMinimiserAndOnAPlane) {
  EXPECT_EQ(solve(Matrix::Identity(2, 2), Vector::Zero(2), 1).step.length, 0);
  EXPECT_EQ(solve(Matrix::Zero(2, 2), Vector::Zero(2), 1).step.length, 0);
  for (const Matrix& H : {Matrix{{1, 1}, {1, 1}}, Matrix{{0.01, 0.07}, {0.07, 0.49}}, Matrix{{0, 0}, {0, 1}}}) {
    const Solved s = solve(H, Vector::Zero(2), 1);
    EXPECT_EQ(s.step.length, 0);
    EXPECT_FALSE(s.step.on_boundary);
  }
}

TEST(TrustRegionSubproblem, AgreesWithTheSolutionByEigenvectors) {
  Random random(7);
  for (int trial = 0; trial < 3000; ++trial) {
    const Index n = 1 + trial % 8;
    const Matrix Q = Eigen::SelfAdjointEigenSolver<Matrix>(random.normal_matrix(n, n) +
                                                           Matrix(random.normal_matrix(n, n).transpose()))
                         .eigenvectors();
    Vector lambda = random.normal_matrix(n, 1);
    if (trial % 3 == 0) lambda = lambda.cwiseAbs();  // convex
    if (trial % 5 == 0) lambda *= 1e4;               // badly scaled against g
    Vector q = random.normal_matrix(n, 1);
    if (trial % 4 == 0) {  // the hard case, or near it
      Index least = 0;
      lambda.minCoeff(&least);
      q[least] = trial % 8 == 0 ? 0 : 1e-9;
    }
    Matrix H = Q * lambda.asDiagonal() * Q.transpose();
    H = (H + H.transpose()).eval() / 2;
    const Vector g = Q * q;
    const double radius = std::pow(10, 2 * random.uniform() - 1);
    SCOPED_TRACE("trial " + std::to_string(trial));
    const Solved s = solve(H, g, radius);
    const double expected = minimum_by_eigenvectors(H, g, radius);
    EXPECT_LE(s.p.norm(), radius * (1 + 1e-9));
    // The tolerance of the hard case, and the rounding of the eigendecomposition where m is small against its
    // terms.
    EXPECT_NEAR(model(H, g, s.p), expected, 2e-8 * std::abs(expected) + 1e-13 * (H.norm() * radius * radius));
    EXPECT_NEAR(s.step.predicted_fall, -model(H, g, s.p),
                1e-12 * (std::abs(expected) + H.norm() * radius * radius));
  }
}

}  // namespace
}  // namespace optbed::trust_region_subproblem_test
