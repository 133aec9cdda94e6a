#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analysis/verdict.hpp"
#include "problems/all_problems.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed {
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

}  // namespace
}  // namespace optbed
