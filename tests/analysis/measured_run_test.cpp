#include "analysis/measured_run.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"

namespace optbed::measured_run_test {
namespace {

MeasuredRun measured(const std::string& problem_name, const std::string& solver_name, long iterations,
                     Vector start = {}) {
  const auto problem = all_problems().make(problem_name);
  const auto solver = all_solvers().make(solver_name);
  return measure_run(
      *problem, *solver,
      {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .start = std::move(start)});
}

// The descent from (0.5, -2) ends in the local minimum at (11.41…, -0.8968…), f = 48.98…, not at (5, 4), f = 0
// (Moré, Garbow & Hillstrom 1981, problem 2).
TEST(MeasureRun, TakesTheLocalMinimumThatTheRunTendsToForItsLimit) {
  const MeasuredRun run = measured("freudenstein_roth", "newton:safeguard=line_search", 100);
  ASSERT_TRUE(run.limit);
  EXPECT_NEAR((*run.limit)[0], 11.4128, 1e-4);
  EXPECT_TRUE(run.limit_is_known);
  EXPECT_EQ(run.comparison.measured.kind, ConvergenceKind::quadratic) << summary(run.comparison);
  EXPECT_EQ(run.comparison.verdict, Verdict::agrees) << summary(run.comparison);
}

// Himmelblau's four minima have four Hessians.
TEST(MeasureRun, PredictsFromTheHessianAtTheMinimumThatTheRunTendsTo) {
  const auto problem = all_problems().make("himmelblau");
  for (const auto& minimiser : problem->facts().minimisers) {
    Matrix H(2, 2);
    problem->hessian(minimiser.value, H);
    const double trace = H.trace();
    const double root = std::sqrt(trace * trace / 4 - (H(0, 0) * H(1, 1) - H(1, 0) * H(0, 1)));
    const double eta = 0.01;
    const double expected =
        std::max(std::abs(1 - eta * (trace / 2 + root)), std::abs(1 - eta * (trace / 2 - root)));
    const MeasuredRun run = measured("himmelblau", "gradient_descent:learning_rate=0.01", 2000,
                                     minimiser.value + Eigen::Vector2d(0.05, -0.03));
    ASSERT_TRUE(run.predicted.local);
    EXPECT_NEAR(*run.predicted.local, expected, 1e-8);
    EXPECT_FALSE(run.predicted.problem_class);
    ASSERT_TRUE(run.comparison.measured.factor) << summary(run.comparison);
    EXPECT_NEAR(*run.comparison.measured.factor, expected, 1e-4) << summary(run.comparison);
    EXPECT_EQ(run.comparison.verdict, Verdict::agrees) << summary(run.comparison);
  }
}

// cosh x_1 + cosh 3 x_2, of which nothing is known: its Hessian at 0 is diag(1, 9).
class OfUnknownMinimum final : public Problem {
 public:
  Index dimension() const override { return 2; }
  Vector start() const override { return Eigen::Vector2d(1, 0.5); }
  double value(const Vector& x) const override { return std::cosh(x[0]) + std::cosh(3 * x[1]); }
  double gradient(const Vector& x, Vector& g) const override {
    g << std::sinh(x[0]), 3 * std::sinh(3 * x[1]);
    return value(x);
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override {
    H << std::cosh(x[0]), 0, 0, 9 * std::cosh(3 * x[1]);
  }
};

TEST(MeasureRun, MeasuresTheGradientWhereNoMinimumIsKnown) {
  const OfUnknownMinimum problem;
  const auto solver = all_solvers().make("gradient_descent:learning_rate=0.05");
  const MeasuredRun run =
      measure_run(problem, *solver, {.limits = {.max_iterations = 400, .gradient_tolerance = 0}});
  EXPECT_EQ(run.comparison.measure, ErrorMeasure::gradient_norm);
  EXPECT_FALSE(run.limit_is_known);
  EXPECT_NEAR(*run.predicted.local, 0.95, 1e-12);
  ASSERT_TRUE(run.comparison.measured.factor) << summary(run.comparison);
  EXPECT_NEAR(*run.comparison.measured.factor, 0.95, 1e-6);
  EXPECT_EQ(run.comparison.verdict, Verdict::agrees) << summary(run.comparison);
}

// The same function without its second derivatives.
class WithoutHessian final : public Problem {
 public:
  Index dimension() const override { return function_.dimension(); }
  Vector start() const override { return function_.start(); }
  double value(const Vector& x) const override { return function_.value(x); }
  double gradient(const Vector& x, Vector& g) const override { return function_.gradient(x, g); }

 private:
  OfUnknownMinimum function_;
};

TEST(MeasureRun, TakesDifferencesOfGradientsOnRequestOnly) {
  const WithoutHessian problem;
  const auto solver = all_solvers().make("gradient_descent:learning_rate=0.05");
  const MinimizeSettings settings{.limits = {.max_iterations = 400, .gradient_tolerance = 0}};
  EXPECT_FALSE(measure_run(problem, *solver, settings).predicted.local);
  const MeasuredRun run = measure_run(problem, *solver, settings, {.takes_differences = true});
  ASSERT_TRUE(run.predicted.local);
  EXPECT_NEAR(*run.predicted.local, 0.95, 1e-8);
  EXPECT_EQ(run.comparison.verdict, Verdict::agrees) << summary(run.comparison);
}

TEST(MeasureRun, SaysThatARunIsTooShort) {
  const MeasuredRun run = measured("quadratic:n=5,kappa=50", "gradient_descent:step=optimal", 3);
  EXPECT_NE(run.comparison.reason.find("at least"), std::string::npos) << run.comparison.reason;
}

}  // namespace
}  // namespace optbed::measured_run_test
