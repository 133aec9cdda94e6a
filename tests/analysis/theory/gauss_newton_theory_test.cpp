#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analysis/verdict.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::gauss_newton_theory_test {
namespace {

std::vector<Statement> theory(const Problem& problem, const std::string& solver) {
  return applicable_theory(*all_solvers().make(solver), {problem, problem.start()});
}

Comparison compare(const Problem& problem, const std::string& solver_name, long iterations) {
  const auto solver = all_solvers().make(solver_name);
  const Result result = minimize(
      problem, *solver, {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {}});
  return compare_with_theory(result.trace, theory(problem, solver_name));
}

TEST(GaussNewtonTheory, PredictsTheCurvatureOfTheResiduals) {
  for (const double curvature : {-0.7, -0.2, 0.3, 0.8}) {
    const testing_problems::CurvedResiduals problem(curvature);
    const auto statements = theory(problem, "gauss_newton");
    ASSERT_EQ(statements.size(), 1U);
    EXPECT_NEAR(*statements[0].factor, std::abs(curvature), 1e-14);
    const Comparison comparison = compare(problem, "gauss_newton", 300);
    EXPECT_EQ(comparison.verdict, Verdict::agrees) << summary(comparison);
    EXPECT_NEAR(*comparison.measured.factor, std::abs(curvature), 1e-4);
  }
}

TEST(GaussNewtonTheory, SaysNothingWhereTheMinimiserRepels) {
  EXPECT_TRUE(theory(testing_problems::CurvedResiduals(-1.5), "gauss_newton").empty());
}

TEST(GaussNewtonTheory, IsQuadraticWhereTheResidualsVanish) {
  const auto statements = theory(*all_problems().make("rosenbrock"), "gauss_newton");
  ASSERT_EQ(statements.size(), 1U);
  EXPECT_EQ(statements[0].order, 2);
}

// An error of 1e-8 in J makes the rate linear, and moves the point of rest where residuals remain.
TEST(GaussNewtonTheory, SaysNothingOfJacobiansByDifferences) {
  for (const char* problem : {"rosenbrock", "linear_regression"}) {
    for (const char* solver : {"gauss_newton", "levenberg", "levenberg_marquardt", "dogleg"}) {
      const auto made = all_problems().make(problem);
      EXPECT_FALSE(theory(*made, solver).empty()) << solver << " on " << problem;
      for (const std::string source : {"forward", "central"}) {
        EXPECT_TRUE(theory(*made, solver + (":jacobian=" + source)).empty()) << solver << " on " << problem;
      }
    }
  }
}

TEST(GaussNewtonTheory, EndsInOneStepOnALinearRegression) {
  const auto problem = all_problems().make("linear_regression");
  const auto statements = theory(*problem, "gauss_newton");
  ASSERT_EQ(statements.size(), 1U);
  EXPECT_EQ(statements[0].terminates_within, 1);
  EXPECT_EQ(compare(*problem, "gauss_newton", 5).verdict, Verdict::agrees);
}

TEST(LevenbergMarquardtTheory, TendsToTheFactorOfGaussNewton) {
  const testing_problems::CurvedResiduals problem(-0.5);
  for (const char* solver : {"levenberg", "levenberg_marquardt"}) {
    const Comparison comparison = compare(problem, solver, 200);
    EXPECT_EQ(comparison.verdict, Verdict::agrees) << solver << ": " << summary(comparison);
    ASSERT_TRUE(comparison.theory);
    EXPECT_NEAR(*comparison.theory->factor, 0.5, 1e-14);
  }
}

// H = J'J + S with S/J'J = 1/2 makes the gain ratio 1/2, where Nielsen's damping neither falls nor rises.
TEST(LevenbergMarquardtTheory, ClaimsNoFactorForNielsensDamping) {
  EXPECT_TRUE(theory(testing_problems::CurvedResiduals(-0.5), "levenberg:schedule=nielsen").empty());
  EXPECT_EQ(theory(*all_problems().make("rosenbrock"), "levenberg:schedule=nielsen").size(), 1U);
}

// A gain of 1 - s keeps the region for s < 3/4.
TEST(TrustRegionTheory, IsThatOfGaussNewtonWhereTheModelPredictsTheFall) {
  for (const char* solver : {"dogleg", "levenberg:schedule=minpack", "levenberg_marquardt:schedule=minpack"}) {
    // S/J'J = -curvature
    const testing_problems::CurvedResiduals problem(-0.6);
    const Comparison comparison = compare(problem, solver, 200);
    EXPECT_EQ(comparison.verdict, Verdict::agrees) << solver << ": " << summary(comparison);
    ASSERT_TRUE(comparison.theory);
    EXPECT_NEAR(*comparison.theory->factor, 0.6, 1e-14);
    EXPECT_TRUE(theory(testing_problems::CurvedResiduals(-0.8), solver).empty());
    EXPECT_EQ(theory(testing_problems::CurvedResiduals(0.8), solver).size(), 1U);
    const auto statements = theory(*all_problems().make("rosenbrock"), solver);
    ASSERT_EQ(statements.size(), 1U);
    EXPECT_EQ(statements[0].order, 2);
  }
}

// The eigenvalues of J'J = (4 10; 10 30) are 17 -+ 269^(1/2); of D^-1 J'J D^-1, 1 -+ 10/120^(1/2).
TEST(LevenbergMarquardtTheory, InterpolatesBetweenGaussNewtonAndGradientDescentOnLinearResiduals) {
  const auto problem = all_problems().make("linear_regression");
  const double least = 17 - std::sqrt(269.0);
  const double scaled = 1 - 10 / std::sqrt(120.0);
  for (const double lambda : {1e-3, 1.0, 1e2}) {
    for (const auto& [method, s] : {std::pair{"levenberg", least}, std::pair{"levenberg_marquardt", scaled}}) {
      const std::string solver = fmt::format("{}:decrease=1,damping={}", method, lambda);
      const auto statements = theory(*problem, solver);
      ASSERT_EQ(statements.size(), 1U) << solver;
      EXPECT_NEAR(*statements[0].factor, lambda / (lambda + s), 1e-12) << solver;
    }
    if (lambda < 1) continue;  // ends within rounding before a factor can be measured
    const std::string solver = fmt::format("levenberg:decrease=1,damping={}", lambda);
    const Comparison comparison = compare(*problem, solver, lambda > 1 ? 400 : 60);
    EXPECT_EQ(comparison.verdict, Verdict::agrees) << solver << ": " << summary(comparison);
  }
}

TEST(LevenbergMarquardtTheory, ClaimsNothingForTwiceTheGradientOrADampingThatStays) {
  const testing_problems::CurvedResiduals problem(-0.5);
  EXPECT_TRUE(theory(problem, "levenberg:gradient_factor=2").empty());
  EXPECT_TRUE(theory(problem, "gauss_newton:gradient_factor=2").empty());
  EXPECT_TRUE(theory(problem, "levenberg:decrease=1").empty());
  EXPECT_TRUE(theory(problem, "levenberg:acceleration=geodesic").empty());
}

}  // namespace
}  // namespace optbed::gauss_newton_theory_test
