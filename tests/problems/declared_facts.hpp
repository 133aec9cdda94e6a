// Declared facts against computation.
#pragma once

#include <algorithm>

#include "problems/decompositions.hpp"
#include "tests/problems/derivatives.hpp"

namespace optbed::testing {

inline Vector eigenvalues_at(const Problem& problem, const Vector& x) {
  return symmetric_eigenvalues(hessian_at(problem, x)).value();
}

// What a problem's residual of optimality and its value add up, beside which they are known to n roundings: mu,
// L or |K|^2 times x, and the gradient and the multipliers where there are constraints.
inline double size_of_optimality_terms(const Problem& problem, const Vector& x) {
  double size = 1 + (problem.facts().lipschitz ? problem.facts().lipschitz->value : 0);
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&problem)) {
    size += composite->map_norm() * composite->map_norm();
  } else {
    size += gradient_at(problem, x).norm();
    if (problem.has_hessian()) size += hessian_at(problem, x).norm();
  }
  return size * (1 + x.squaredNorm());
}

// As above, where there are kinks or constraints.
inline void expect_minimisers_to_be_optimal(const Problem& problem) {
  const Facts& facts = problem.facts();
  Vector scratch(problem.dimension());
  for (const Fact<Vector>& minimiser : facts.minimisers) {
    const Vector& x = minimiser.value;
    ASSERT_EQ(x.size(), problem.dimension());
    ASSERT_TRUE(facts.minimum);
    const double tolerance =
        10 * static_cast<double>(problem.dimension() + 10) * epsilon * size_of_optimality_terms(problem, x);
    const Optimality at = problem.optimality(x, scratch);
    EXPECT_LE(at.residual, tolerance);
    EXPECT_LE(problem.infeasibility(x), tolerance);
    EXPECT_NEAR(at.value, facts.minimum->value, tolerance);
    EXPECT_NEAR(problem.value(x), at.value, tolerance);
  }
  for (const Probe& at : probes(problem)) {
    const Optimality elsewhere = problem.optimality(at.x, scratch);
    EXPECT_GT(elsewhere.residual, 1e-6) << "a residual that calls anything optimal";
    EXPECT_GE(elsewhere.residual, problem.infeasibility(at.x));
    if (facts.minimum && !problem.is_constrained()) {
      EXPECT_GE(elsewhere.value, facts.minimum->value);
    }
  }
}

// A stationary point is known to the rounding of its n components and of the sums that make the gradient: a few
// n eps |H| |x|, which the value feels as a few n eps |H| |x|^2.
inline double roundings_of_curvature(const Problem& problem, const Vector& x) {
  return 10 * static_cast<double>(problem.dimension() + 10) * epsilon * hessian_at(problem, x).norm();
}

inline double roundings_of_value(const Problem& problem, const Vector& x) {
  return roundings_of_curvature(problem, x) * (1 + x.squaredNorm()) + 10 * epsilon * std::abs(problem.value(x));
}

inline void expect_to_be_stationary(const Problem& problem, const Vector& x, double value) {
  ASSERT_EQ(x.size(), problem.dimension());
  EXPECT_LE(gradient_at(problem, x).norm(), roundings_of_curvature(problem, x) * (1 + x.norm()));
  EXPECT_NEAR(problem.value(x), value, roundings_of_value(problem, x));
}

inline void expect_minimisers_to_be_minimisers(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (facts.is_nonsmooth() || problem.is_constrained()) return expect_minimisers_to_be_optimal(problem);
  for (const Fact<Vector>& minimiser : facts.minimisers) {
    ASSERT_TRUE(facts.minimum);
    expect_to_be_stationary(problem, minimiser.value, facts.minimum->value);
    EXPECT_GE(eigenvalues_at(problem, minimiser.value)[0], -roundings_of_curvature(problem, minimiser.value));
  }
  if (!facts.minimum) return;
  for (const Probe& at : probes(problem)) EXPECT_GE(problem.value(at.x), facts.minimum->value);
}

inline void expect_local_minima_to_be_such(const Problem& problem) {
  const Facts& facts = problem.facts();
  for (const Fact<StationaryPoint>& fact : facts.local_minima) {
    const auto& [x, value] = fact.value;
    expect_to_be_stationary(problem, x, value);
    EXPECT_GE(eigenvalues_at(problem, x)[0], -roundings_of_curvature(problem, x));
    if (facts.minimum) {
      EXPECT_GT(value, facts.minimum->value + roundings_of_value(problem, x));
    }
  }
}

// An eigenvector of the least eigenvalue of H, by inverse iteration.
inline Vector direction_of_least_curvature(const Matrix& H, double least_eigenvalue) {
  const Index n = H.rows();
  const Matrix shifted = H - (least_eigenvalue - 1e-8 * H.norm()) * Matrix::Identity(n, n);
  Vector v = Vector::LinSpaced(n, 1, 2);
  for (int k = 0; k < 5; ++k) v = solve(shifted, v).normalized();
  return v;
}

// Smaller values lie along the eigenvector of the least eigenvalue; where that is 0, some way along it or,
// where the whole Hessian is, along one of the axes.
inline void expect_saddles_to_be_such(const Problem& problem) {
  for (const Fact<StationaryPoint>& fact : problem.facts().saddles) {
    const auto& [x, value] = fact.value;
    expect_to_be_stationary(problem, x, value);
    const Vector eigenvalues = eigenvalues_at(problem, x);
    EXPECT_LE(eigenvalues[0], roundings_of_curvature(problem, x));
    const Vector v = direction_of_least_curvature(hessian_at(problem, x), eigenvalues[0]);
    double least = value;
    for (const double t : {-3.0, 3.0, -1.0, 1.0, -0.1, 0.1, -0.01, 0.01}) {
      least = std::min(least, problem.value(x + t * v));
      for (Index i = 0; i < x.size(); ++i) {
        least = std::min(least, problem.value(x + t * Vector::Unit(x.size(), i)));
      }
    }
    EXPECT_LT(least, value - roundings_of_value(problem, x));
  }
}

// mu and L bracket the eigenvalues of every Hessian, and are attained where it is constant. An
// eigendecomposition is right to a few n eps |H|.
inline void expect_mu_and_lipschitz_to_bracket_the_spectrum(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (!problem.has_hessian()) return;  // mu and L of a smooth part are the tests' of its problem
  for (const Probe& at : probes(problem)) {
    const Vector lambda = eigenvalues_at(problem, at.x);
    const double least = lambda.minCoeff();
    const double greatest = lambda.cwiseAbs().maxCoeff();
    const double rounding = 10 * static_cast<double>(problem.dimension() + 10) * epsilon * greatest;
    if (facts.strong_convexity) {
      EXPECT_GE(least, facts.strong_convexity->value - rounding);
    }
    if (facts.lipschitz) {
      EXPECT_LE(greatest, facts.lipschitz->value + rounding);
    }
    if (facts.convexity && facts.convexity->value != Convexity::nonconvex) {
      EXPECT_GE(least, -rounding);
    }
    if (!facts.is_quadratic()) continue;
    if (facts.lipschitz) {
      EXPECT_NEAR(greatest, facts.lipschitz->value, rounding);
    }
    if (facts.strong_convexity) {
      EXPECT_NEAR(least, facts.strong_convexity->value, rounding);
      const double condition = greatest / least;
      EXPECT_NEAR(*facts.condition_number(), condition, rounding / least * condition);
    } else if (facts.convexity && !problem.is_constrained()) {
      EXPECT_LE(least, rounding);
    }
    if (!facts.distinct_eigenvalues) continue;
    Index distinct = 1;
    for (Index i = 1; i < lambda.size(); ++i) distinct += lambda[i] - lambda[i - 1] > rounding ? 1 : 0;
    EXPECT_EQ(facts.distinct_eigenvalues->value, distinct);
  }
}

// Between two points x and y, with g and h the gradients, or subgradients, there: mu |x-y|^2 <= (g-h)'(x-y)
// where f is convex, |g-h| <= L |x-y|, |f(x)-f(y)| <= M |x-y|, and |g| <= M. A gradient is right to n roundings
// of what it sums, which is of the size of |g| and |H| |x|.
inline void expect_mu_and_lipschitz_to_bound_the_secants(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (!problem.has_gradient()) return;
  const bool convex = facts.convexity && facts.convexity->value != Convexity::nonconvex;
  const double mu = facts.strong_convexity ? facts.strong_convexity->value : 0;
  const std::vector<Probe> points = probes(problem, 2);
  for (const Probe& a : points) {
    for (const Probe& b : points) {
      const Vector step = a.x - b.x;
      const double distance = step.norm();
      if (distance == 0) continue;
      const Vector g = gradient_at(problem, a.x);
      const Vector difference = g - gradient_at(problem, b.x);
      const double rounding =
          10 * static_cast<double>(problem.dimension() + 10) * epsilon *
          (g.norm() + difference.norm() + gradient_terms(problem, a.x) + gradient_terms(problem, b.x));
      if (convex) {
        EXPECT_GE(difference.dot(step), mu * distance * distance - rounding * distance);
      }
      if (facts.lipschitz) {
        EXPECT_LE(difference.norm(), facts.lipschitz->value * distance + rounding);
      }
      if (!facts.value_lipschitz) continue;
      const double M = facts.value_lipschitz->value * (1 + 10 * epsilon);
      EXPECT_LE(g.norm(), M);
      EXPECT_LE(std::abs(problem.value(a.x) - problem.value(b.x)), M * distance + rounding * (1 + a.x.norm()));
    }
  }
}

inline void expect_facts_to_agree_with_each_other(const Problem& problem) {
  const Facts& facts = problem.facts();
  ASSERT_TRUE(facts.function_class);
  if (facts.strong_convexity) {
    EXPECT_GT(facts.strong_convexity->value, 0);
    ASSERT_TRUE(facts.convexity);
    EXPECT_EQ(facts.convexity->value, Convexity::strongly_convex);
  }
  if (facts.strong_convexity && facts.lipschitz) {
    EXPECT_LE(facts.strong_convexity->value, facts.lipschitz->value);
  }
  if (facts.lipschitz) {
    EXPECT_NE(facts.function_class->value, FunctionClass::locally_smooth);
  }
  if (facts.is_nonsmooth() && problem.has_gradient()) {
    EXPECT_FALSE(facts.lipschitz) << "a gradient that jumps";
  }
  if (facts.value_lipschitz) {
    EXPECT_FALSE(facts.strong_convexity) << "f grows without bound faster than any line";
  }
  if (facts.is_unbounded_below()) {
    EXPECT_FALSE(facts.minimum);
    EXPECT_TRUE(facts.minimisers.empty());
  }
  if (facts.minimum) {
    ASSERT_TRUE(facts.bounded_below);
    EXPECT_TRUE(facts.bounded_below->value);
  }
  for (const Fact<double>& limit : facts.limits_at_infinity) {
    ASSERT_TRUE(facts.minimum);
    EXPECT_GT(limit.value, facts.minimum->value);
  }
}

// A sample's gradient is known to the rounding of the terms that it sums, of which those of f are the mean.
inline void expect_the_sample_variance_to_be_that_of_the_samples(const Problem& problem) {
  if (!problem.facts().sample_variance) return;
  const auto& finite_sum = dynamic_cast<const FiniteSumProblem&>(problem);
  Vector g(problem.dimension());
  double sum = 0;
  for (Index i = 0; i < finite_sum.sample_count(); ++i) {
    one_sample(finite_sum, problem.facts().minimisers.at(0).value, i, g);
    sum += g.squaredNorm();
  }
  const auto N = static_cast<double>(finite_sum.sample_count());
  const double rounding = 10 * static_cast<double>(problem.dimension() + 10) * epsilon * N *
                          gradient_terms(problem, problem.facts().minimisers.at(0).value);
  EXPECT_NEAR(std::sqrt(problem.facts().sample_variance->value), std::sqrt(sum / N), rounding);
}

// The residuals are known to the rounding of the terms of J x*, which cancel. (J'J)^-1 = R^-1 R^-T with J = Q
// R, of which R^-1 is known to the rounding of the largest of J's columns, scaled to be of one length, times
// their condition. Certified digits end with the eleventh.
inline void expect_standard_deviations_to_be_those_of_the_residuals(const Problem& problem) {
  const Facts& facts = problem.facts();
  if (!facts.residual_standard_deviation) return;
  constexpr double digits = 1e-10;
  const auto& regression = dynamic_cast<const LeastSquaresProblem&>(problem);
  const Vector& x = facts.minimisers.at(0).value;
  const Vector r = residuals_at(regression, x);
  const Matrix J = jacobian_at(regression, x);
  const double freedom = static_cast<double>(J.rows() - J.cols());
  const double deviation = facts.residual_standard_deviation->value;
  const double terms = (J.cwiseAbs() * x.cwiseAbs()).norm() + r.norm();
  EXPECT_NEAR(r.norm() / std::sqrt(freedom), deviation,
              10 * epsilon * terms / std::sqrt(freedom) + digits * deviation);

  if (!facts.parameter_standard_deviations) return;
  const Vector lengths = J.colwise().norm();
  const Matrix scaled = J * lengths.cwiseInverse().asDiagonal();
  const Matrix inverse =
      thin_qr(scaled).R.triangularView<Eigen::Upper>().solve(Matrix::Identity(J.cols(), J.cols()));
  const double condition = static_cast<double>(J.cols()) * inverse.norm();
  for (Index j = 0; j < J.cols(); ++j) {
    const double expected = deviation * inverse.row(j).norm() / lengths[j];
    EXPECT_NEAR(facts.parameter_standard_deviations->value[j], expected,
                (digits + 10 * condition * epsilon) * expected)
        << "parameter " << j + 1;
  }
}

inline void expect_every_fact_to_have_a_source(const Problem& problem) {
  const Facts& facts = problem.facts();
  const auto has_source = [](const auto& fact) { return !fact || !fact->source.empty(); };
  EXPECT_TRUE(has_source(facts.minimum));
  EXPECT_TRUE(has_source(facts.strong_convexity));
  EXPECT_TRUE(has_source(facts.lipschitz));
  EXPECT_TRUE(has_source(facts.value_lipschitz));
  EXPECT_TRUE(has_source(facts.convexity));
  EXPECT_TRUE(has_source(facts.function_class));
  EXPECT_TRUE(has_source(facts.distinct_eigenvalues));
  EXPECT_TRUE(has_source(facts.bounded_below));
  EXPECT_TRUE(has_source(facts.sample_variance));
  EXPECT_TRUE(has_source(facts.residual_standard_deviation));
  EXPECT_TRUE(has_source(facts.parameter_standard_deviations));
  const auto have_sources = [](const auto& several) {
    return std::ranges::none_of(several, [](const auto& fact) { return fact.source.empty(); });
  };
  EXPECT_TRUE(have_sources(facts.minimisers));
  EXPECT_TRUE(have_sources(facts.local_minima));
  EXPECT_TRUE(have_sources(facts.saddles));
  EXPECT_TRUE(have_sources(facts.limits_at_infinity));
}

inline void expect_declared_facts_to_hold(const Problem& problem) {
  expect_minimisers_to_be_minimisers(problem);
  expect_local_minima_to_be_such(problem);
  expect_saddles_to_be_such(problem);
  expect_mu_and_lipschitz_to_bracket_the_spectrum(problem);
  expect_mu_and_lipschitz_to_bound_the_secants(problem);
  expect_facts_to_agree_with_each_other(problem);
  expect_the_sample_variance_to_be_that_of_the_samples(problem);
  expect_standard_deviations_to_be_those_of_the_residuals(problem);
  expect_every_fact_to_have_a_source(problem);
}

}  // namespace optbed::testing
