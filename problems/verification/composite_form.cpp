#include "problems/verification/composite_form.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "problems/decompositions.hpp"
#include "problems/random.hpp"
#include "problems/verification/evaluations.hpp"

namespace optbed::verification {
namespace {

// p = argmin h(p) + |p - v|^2/(2t) of a convex h if and only if h(q) >= h(p) + (v - p)'(q - p)/t for every q.
// Held for q in the range of the map, where h is finite, and at two steps. Points of the size of the kinks and
// far off.
template <class Value, class Map>
void verify_proximal_map(const Value& h, Map&& proximal_map, Index n, const std::string& what,
                         Findings& findings) {
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
      findings.at_least(what, other.h - at.h - slope, -100 * static_cast<double>(n + 10) * epsilon * terms);
    }
  }
}

// K (m x n), by its columns.
Matrix map_matrix(const CompositeProblem& problem) {
  const Index n = problem.dimension();
  Matrix K(problem.map_rows(), n);
  Vector column(problem.map_rows());
  for (Index j = 0; j < n; ++j) {
    problem.map(Vector::Unit(n, j), column);
    K.col(j) = column;
  }
  return K;
}

void verify_map(const CompositeProblem& problem, const Matrix& K, Findings& findings) {
  const Index m = K.rows();
  const Index n = K.cols();
  Vector row(n);
  for (Index i = 0; i < m; ++i) {
    problem.map_transposed(Vector::Unit(m, i), row);
    findings.require("transpose of K", row == K.row(i).transpose(), fmt::format("row {} differs", i));
  }
  const double norm = singular_value_decomposition(K).s[0];
  findings.near("norm of K", norm, problem.map_norm(), 10 * static_cast<double>(n) * epsilon * norm);
  if (problem.map_is_identity())
    findings.require("K is the identity", K == Matrix::Identity(n, n), "it is not");
}

// x = argmin f(x) + |K x - v|^2/(2t): K'(v - K x)/t is a subgradient of f at x.
template <class Value>
void verify_implicit_step(const CompositeProblem& problem, const Matrix& K, const Value& f,
                          Findings& findings) {
  const auto step = problem.implicit_step_through_map();
  if (!step) return;
  Random random(8);
  const Index n = problem.dimension();
  Vector x(n), y(n);
  for (const double t : {0.3, 4.0}) {
    const Vector v = random.normal_matrix(K.rows(), 1);
    (*step)(v, t, x);
    (*step)(3 * v, 2 * t, y);
    const double slope = (v - K * x).dot(K * (y - x)) / t;
    const double terms =
        std::abs(f(x)) + std::abs(f(y)) + K.squaredNorm() * (1 + x.norm()) * (x.norm() + y.norm()) / t;
    findings.at_least("implicit step through K", f(y) - f(x) - slope,
                      -100 * static_cast<double>(n + 10) * epsilon * terms);
  }
}

}  // namespace

void verify_composite_form(const CompositeProblem& problem, Findings& findings) {
  findings.look_at_the_whole();
  const Index n = problem.dimension();
  const Matrix K = map_matrix(problem);
  verify_map(problem, K, findings);
  if (problem.has_smooth_part()) {
    for (const Probe& at : probes(problem)) {
      const double F = problem.smooth_value(at.x) + problem.g_value(K * at.x);
      findings.near("value from its parts", F, problem.value(at.x),
                    10 * static_cast<double>(n + 10) * epsilon * std::abs(F));
    }
  }
  verify_proximal_map([&](const Vector& z) { return problem.g_value(z); },
                      [&](const Vector& v, double t, Vector& p) { problem.g_proximal_map(v, t, p); }, K.rows(),
                      "proximal map of g", findings);
  const auto f = [&](const Vector& x) { return problem.value(x) - problem.g_value(K * x); };
  if (const auto step = problem.proximal_map_of_f()) {
    verify_proximal_map(f, *step, n, "proximal map of f", findings);
  }
  verify_implicit_step(problem, K, f, findings);
}

}  // namespace optbed::verification
