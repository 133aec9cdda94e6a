#include "tests/solvers/agreement.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr double tolerance = 1e-12;
constexpr double epsilon = std::numeric_limits<double>::epsilon();

template <class Real>
using Path = std::vector<reference::Vec<Real>>;

// x_0, x_1, …, x_50. A path that has ended stays where it is.
Path<double> path_of_solver(const AgreementCase& c) {
  const auto problem = all_problems().make(c.problem);
  const auto solver = all_solvers().make(c.solver);
  const Result result = minimize(
      *problem, *solver,
      {.limits = {.max_iterations = agreement_steps, .gradient_tolerance = 0}, .trace = {.iterates = true}});
  Path<double> path;
  for (std::size_t k = 0; k < result.trace.rows(); ++k) {
    const Vector x = result.trace.iterate(k);
    path.emplace_back(x.begin(), x.end());
  }
  path.resize(agreement_steps + 1, reference::Vec<double>(path.back()));
  return path;
}

template <class Real>
Path<Real> path_of_reference(const AgreementCase& c, NextIterate<Real> next) {
  Path<Real> path = {reference_objective<Real>(c.problem).start};
  while (path.size() <= agreement_steps) {
    const auto x = next(path.back());
    if (!x) break;
    path.push_back(*x);
  }
  path.resize(agreement_steps + 1, reference::Vec<Real>(path.back()));
  return path;
}

template <class X, class Y>
double distance(const X& x, const Y& y) {
  double most = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    most = std::max(most, static_cast<double>(std::fabs(x[i] - y[i])));
  }
  return most;
}

int last_to_agree(const AgreementCase& c, const std::vector<Amplifier>& amplifiers) {
  for (const Amplifier& amplifier : amplifiers) {
    if (amplifier.solver == c.solver && amplifier.problem == c.problem) return amplifier.last;
  }
  return agreement_steps;
}

std::string name(const AgreementCase& c) { return c.solver + " on " + c.problem; }

}  // namespace

double agreement_learning_rate(const std::string& problem) {
  if (problem == agreement_quadratics[0]) return 0.5;
  if (problem == agreement_quadratics[1]) return 0.015;
  if (problem == agreement_quadratics[2]) return 0.15;
  return 1e-3;
}

void expect_same_path(const AgreementCase& c, const std::vector<Amplifier>& amplifiers) {
  SCOPED_TRACE(name(c));
  const Path<double> path = path_of_solver(c);
  const Path<double> second = path_of_reference(c, c.reference());
  const Path<long double> precise = path_of_reference(c, c.precise_reference());
  const int last = last_to_agree(c, amplifiers);
  double size_of_path = 0;
  double own_error = 0;  // of the float64 reference up to here, relative to what is allowed
  for (int k = 0; k <= agreement_steps; ++k) {
    const auto& x = path[k];
    const auto& y = second[k];
    size_of_path = std::max(size_of_path, reference::largest(y));
    const double allowed =
        tolerance * std::max(reference::largest(x), reference::largest(y)) + 16 * epsilon * size_of_path;
    own_error = std::max(own_error, distance(precise[k], y) / allowed);
    if (distance(x, y) <= allowed) continue;
    EXPECT_GT(k, last) << "iterates differ by " << distance(x, y) << ", allowed " << allowed;
    EXPECT_GE(own_error, 1.0 / 30) << "iterate " << k;
  }
}

}  // namespace optbed
