#include "tests/solvers/agreement.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <random>

#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

constexpr double tolerance = 1e-12;
constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double most_amplified = 1e-9;
const double least_scale = std::sqrt(std::numeric_limits<double>::min() / tolerance);

template <class Real>
using Path = std::vector<reference::Vec<Real>>;

template <class Real>
reference::Objective<Real> objective(const AgreementCase& c) {
  auto f = reference_objective<Real>(c.problem);
  if (!c.start.empty()) f.start.assign(c.start.begin(), c.start.end());
  return f;
}

// x_0, x_1, …, x_50. A path that has ended stays where it is.
Path<double> path_of_solver(const AgreementCase& c) {
  const auto problem = all_problems().make(c.problem);
  const auto solver = all_solvers().make(c.solver);
  const Result result = minimize(*problem, *solver,
                                 {.limits = {.max_iterations = agreement_steps, .gradient_tolerance = 0},
                                  .trace = {.iterates = true},
                                  .start = Eigen::Map<const Vector>(c.start.data(), std::ssize(c.start))});
  Path<double> path;
  for (std::size_t k = 0; k < result.trace.rows(); ++k) {
    const Vector x = result.trace.iterate(k);
    path.emplace_back(x.begin(), x.end());
  }
  path.resize(agreement_steps + 1, reference::Vec<double>(path.back()));
  return path;
}

template <class Real>
Path<Real> path_of_reference(const reference::Objective<Real>& f,
                             const AgreementCase::MakeReference<Real>& make_reference) {
  NextIterate<Real> next = make_reference(f);
  Path<Real> path = {f.start};
  while (path.size() <= agreement_steps) {
    const auto x = next(path.back());
    if (!x) break;
    path.push_back(*x);
  }
  path.resize(agreement_steps + 1, reference::Vec<Real>(path.back()));
  return path;
}

// |x - y|, infinity norm; infinite where an element is not a number.
template <class X, class Y>
double distance(const X& x, const Y& y) {
  double most = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double apart = static_cast<double>(std::fabs(x[i] - y[i]));
    if (std::isnan(apart)) return std::numeric_limits<double>::infinity();
    most = std::max(most, apart);
  }
  return most;
}

int last_to_agree(const AgreementCase& c, const std::vector<Amplifier>& amplifiers) {
  for (const Amplifier& amplifier : amplifiers) {
    const bool is_meant =
        amplifier.solver == c.solver && amplifier.problem == c.problem && amplifier.start == c.start;
    if (is_meant) return amplifier.last;
  }
  return agreement_steps;
}

// What the reference makes of x_0, x_1, … for f, one after another: a prediction of x_1, x_2, …
Path<long double> predictions(const AgreementCase& c, const reference::Objective<long double>& f,
                              const Path<double>& path) {
  NextIterate<long double> next = c.precise_reference(f);
  Path<long double> predicted;
  for (const auto& x : path) {
    const reference::Vec<long double> at(x.begin(), x.end());
    predicted.push_back(next(at).value_or(at));
  }
  return predicted;
}

// f as a backward stable float64 evaluates it: at a point that is half an ulp away in each variable, and with a
// relative error of half an ulp.
reference::Objective<long double> rounded(const reference::Objective<long double>& f, unsigned seed) {
  using Real = long double;
  using Vec = reference::Vec<Real>;
  const auto generator = std::make_shared<std::mt19937_64>(seed);
  const auto off = [generator](Real value) {
    const Real u = std::uniform_real_distribution<double>(-epsilon / 2, epsilon / 2)(*generator);
    return value * (1 + u);
  };
  const auto all_off = [off](Vec x) {
    for (Real& element : x) element = off(element);
    return x;
  };
  const auto rows_off = [all_off](reference::Mat<Real> A) {
    for (Vec& row : A) row = all_off(row);
    return A;
  };
  reference::Objective<Real> g = f;
  g.value = [=](const Vec& x) { return off(f.value(all_off(x))); };
  g.gradient = [=](const Vec& x) { return all_off(f.gradient(all_off(x))); };
  g.hessian = [=](const Vec& x) { return rows_off(f.hessian(all_off(x))); };
  g.residuals = [=](const Vec& x) { return all_off(f.residuals(all_off(x))); };
  g.jacobian = [=](const Vec& x) { return rows_off(f.jacobian(all_off(x))); };
  return g;
}

// The largest change of each prediction that rounding in the evaluations makes.
std::vector<double> amplified_rounding(const AgreementCase& c, const Path<double>& path,
                                       const Path<long double>& predicted) {
  constexpr unsigned samples = 16;
  std::vector<double> most(path.size(), 0.0);
  for (unsigned seed = 0; seed < samples; ++seed) {
    const Path<long double> changed = predictions(c, rounded(objective<long double>(c), seed), path);
    for (std::size_t k = 0; k < path.size(); ++k) {
      most[k] = std::max(most[k], distance(changed[k], predicted[k]));
    }
  }
  return most;
}

std::string name(const AgreementCase& c) {
  const std::string start = c.start.empty() ? "" : fmt::format(" from ({})", fmt::join(c.start, ", "));
  return c.solver + " on " + c.problem + start;
}

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
  const Path<double> second = path_of_reference(objective<double>(c), c.reference);
  const Path<long double> precise = path_of_reference(objective<long double>(c), c.precise_reference);
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

void expect_same_steps(const AgreementCase& c) {
  SCOPED_TRACE(name(c));
  const Path<double> path = path_of_solver(c);
  const Path<long double> predicted = predictions(c, objective<long double>(c), path);
  std::vector<double> amplified;  // measured where it is needed
  for (int k = 0; k < agreement_steps; ++k) {
    const double scale = std::max(reference::largest(path[k]), reference::largest(path[k + 1]));
    if (scale < least_scale) break;
    const double error = distance(predicted[k], path[k + 1]) / scale;
    if (error <= tolerance) continue;
    if (amplified.empty()) amplified = amplified_rounding(c, path, predicted);
    const double rounding = amplified[k] / scale;
    EXPECT_LE(error, 10 * rounding) << "step " << k;
    EXPECT_LE(rounding, most_amplified) << "step " << k;
  }
}

}  // namespace optbed
