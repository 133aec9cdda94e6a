// What holds between the parts of F(x) = f(x) + g(K x): each proximal map minimises what it says, K' is the
// transpose of K, and |K| its norm.
#pragma once

#include "problems/decompositions.hpp"
#include "tests/problems/derivatives.hpp"

namespace optbed::testing {

// p = argmin h(p) + |p - v|^2/(2t) of a convex h if and only if h(q) >= h(p) + (v - p)'(q - p)/t for every q.
// Held for q in the range of the map, where h is finite, and at two steps. Points of the size of the kinks and
// far off.
template <class Value, class Map>
void expect_proximal_map(const Value& h, Map&& proximal_map, Index n, const std::string& what) {
  Random random(7);
  struct Answer {
    Vector v;
    double t;
    Vector p;
    double h;
  };
  std::vector<Answer> answers;
  for (const double t : {0.3, 1.0, 5.0}) {
    for (const double size : {0.1, 1.0, 10.0}) {
      Answer answer{size * random.normal_matrix(n, 1), t, Vector(n), 0};
      proximal_map(answer.v, t, answer.p);
      answer.h = h(answer.p);
      answers.push_back(std::move(answer));
    }
  }
  for (const Answer& at : answers) {
    for (const Answer& other : answers) {
      const double slope = (at.v - at.p).dot(other.p - at.p) / at.t;
      const double terms = std::abs(at.h) + std::abs(other.h) +
                           (at.v.norm() + at.p.norm()) * (other.p.norm() + at.p.norm()) / at.t;
      EXPECT_GE(other.h - at.h - slope, -100 * static_cast<double>(n + 10) * epsilon * terms) << what;
    }
  }
}

inline Matrix map_matrix(const CompositeProblem& problem) {
  const Index n = problem.dimension();
  Matrix K(problem.map_rows(), n);
  Vector column(problem.map_rows());
  for (Index j = 0; j < n; ++j) {
    problem.map(Vector::Unit(n, j), column);
    K.col(j) = column;
  }
  return K;
}

inline void expect_map_and_transpose(const CompositeProblem& problem, const Matrix& K) {
  const Index m = K.rows();
  Vector row(problem.dimension());
  for (Index i = 0; i < m; ++i) {
    problem.map_transposed(Vector::Unit(m, i), row);
    EXPECT_EQ(row, K.row(i).transpose()) << "row " << i;
  }
  const double norm = singular_value_decomposition(K).s[0];
  EXPECT_NEAR(problem.map_norm(), norm, 10 * static_cast<double>(problem.dimension()) * epsilon * norm);
}

inline void expect_consistent_composite_form(const CompositeProblem& problem) {
  const Index n = problem.dimension();
  const Matrix K = map_matrix(problem);
  expect_map_and_transpose(problem, K);
  if (problem.map_is_identity()) {
    EXPECT_EQ(K, Matrix::Identity(n, n));
  }
  for (const Probe& at : probes(problem)) {
    if (!problem.has_smooth_part()) continue;
    const double F = problem.smooth_value(at.x) + problem.g_value(K * at.x);
    EXPECT_NEAR(problem.value(at.x), F, 10 * static_cast<double>(n + 10) * epsilon * std::abs(F));
  }
  expect_proximal_map([&](const Vector& z) { return problem.g_value(z); },
                      [&](const Vector& v, double t, Vector& p) { problem.g_proximal_map(v, t, p); }, K.rows(),
                      "proximal map of g");
  const auto f = [&](const Vector& x) { return problem.value(x) - problem.g_value(K * x); };
  if (const auto step = problem.proximal_map_of_f()) {
    expect_proximal_map(f, *step, n, "proximal map of f");
  }
  // x = argmin f(x) + |K x - v|^2/(2t): K'(v - K x)/t is a subgradient of f at x.
  const auto step = problem.implicit_step_through_map();
  if (!step) return;
  Random random(8);
  Vector x(n), y(n);
  for (const double t : {0.3, 4.0}) {
    const Vector v = random.normal_matrix(K.rows(), 1);
    (*step)(v, t, x);
    (*step)(3 * v, 2 * t, y);
    const double slope = (v - K * x).dot(K * (y - x)) / t;
    const double terms =
        std::abs(f(x)) + std::abs(f(y)) + K.squaredNorm() * (1 + x.norm()) * (x.norm() + y.norm()) / t;
    EXPECT_GE(f(y) - f(x) - slope, -100 * static_cast<double>(n + 10) * epsilon * terms);
  }
}

}  // namespace optbed::testing
