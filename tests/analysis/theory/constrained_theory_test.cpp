// Bounds on the proximal gradient method against runs, and where they are not given.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/theory.hpp"
#include "analysis/verdict.hpp"
#include "problems/all_problems.hpp"
#include "problems/quadratic/constrained_quadratic.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed::constrained_theory_test {
namespace {

std::vector<Statement> theory(const std::string& problem_name, const std::string& solver_name) {
  const auto problem = all_problems().make(problem_name);
  return applicable_theory(*all_solvers().make(solver_name), {*problem, problem->start()});
}

// Of a run over 300 iterations, the largest part of the bound that was reached after the start.
double largest_part(const std::string& problem_name, const std::string& solver_name, Quantity quantity) {
  const auto problem = all_problems().make(problem_name);
  const auto solver = all_solvers().make(solver_name);
  const Result result =
      minimize(*problem, *solver, {.limits = {.max_iterations = 300, .gradient_tolerance = 0}, .trace = {}});
  for (const Statement& s : applicable_theory(*solver, {*problem, problem->start()})) {
    if (s.quantity != quantity || !s.bound) continue;
    const std::vector<double>& errors = result.trace.column(to_string(quantity));
    // The errors are known to the rounding of F*, and of x*.
    const double rounding = 1e-13 * (1 + std::abs(problem->facts().minimum->value));
    double part = 0;
    for (std::size_t k = 0; k < errors.size(); ++k) {
      if (errors[k] > rounding) part = std::max(part, errors[k] / s.bound(static_cast<long>(k)));
    }
    return part;
  }
  ADD_FAILURE() << "no bound for " << solver_name << " on " << problem_name;
  return 2;
}

TEST(ProximalGradientTheory, BoundsEveryRun) {
  for (const char* problem :
       {"lasso", "lasso:m=20,n=40,sparsity=4,lambda=0.1,seed=2", "lasso:m=30,n=10,sparsity=3"}) {
    for (const char* solver :
         {"proximal_gradient", "proximal_gradient:lipschitz=1e3", "proximal_gradient:step=backtracking",
          "proximal_gradient:step=backtracking,lipschitz=500,increase=3",
          "proximal_gradient:acceleration=fista", "proximal_gradient:acceleration=fista,step=backtracking"}) {
      const double part = largest_part(problem, solver, Quantity::gap);
      EXPECT_LE(part, 1) << solver << " on " << problem;
      EXPECT_GT(part, 1e-3) << solver << " on " << problem << ": a bound that holds nothing";
    }
  }
}

TEST(ProximalGradientTheory, BoundsTheDistanceWhereFIsStronglyConvex) {
  const std::string problem = "lasso:m=30,n=10,sparsity=3";
  EXPECT_LE(largest_part(problem, "proximal_gradient", Quantity::distance), 1 + 1e-12);
  EXPECT_GT(largest_part(problem, "proximal_gradient", Quantity::distance), 0.99) << "at the start, it is R";
  const auto statements = theory(problem, "proximal_gradient");
  const auto made = all_problems().make(problem);
  ASSERT_TRUE(statements.at(0).factor);
  EXPECT_NEAR(*statements[0].factor, 1 - 1 / *made->facts().condition_number(), 1e-15);
}

TEST(ProximalGradientTheory, SaysTheNumbersOfBeckAndTeboulle) {
  const auto problem = all_problems().make("lasso");
  const double LR2 = problem->facts().lipschitz->value * problem->facts().minimisers[0].value.squaredNorm();
  EXPECT_NEAR(theory("lasso", "proximal_gradient").at(0).bound(7), LR2 / 14, 1e-12 * LR2);
  EXPECT_NEAR(theory("lasso", "proximal_gradient:acceleration=fista").at(0).bound(9), 2 * LR2 / 100,
              1e-12 * LR2);
  EXPECT_NEAR(theory("lasso", "proximal_gradient:step=backtracking").at(0).bound(1), LR2, 1e-12 * LR2);
  EXPECT_TRUE(std::isinf(theory("lasso", "proximal_gradient").at(0).bound(0)));
}

TEST(ProximalGradientTheory, SaysNothingWhereItsConditionsFail) {
  EXPECT_TRUE(theory("lasso", "proximal_gradient:lipschitz=1").empty()) << "steps longer than 1/L";
  EXPECT_TRUE(theory("lasso", "proximal_gradient:acceleration=fista,restart=gradient").empty());
  EXPECT_TRUE(theory("lasso:splitting=data", "proximal_gradient").empty()) << "not applicable";
}

TEST(ConstrainedTheory, SaysOneStepForAQuadraticAndOrderTwoElsewhere) {
  EXPECT_EQ(theory("constrained_quadratic", "lagrange").at(0).terminates_within, 1);
  EXPECT_EQ(theory("powell_exponential", "lagrange").at(0).order, 2);
  EXPECT_EQ(theory("circle", "augmented_lagrangian").size(), 1U);
  EXPECT_TRUE(theory("circle", "gradient_descent").empty());
}

TEST(ConstrainedTheory, SaysNothingWhereTheConstraintsRepeatEachOther) {
  const ConstrainedQuadratic problem(Matrix::Identity(3, 3), Vector::Ones(3), Matrix{{1, 2, 0}, {2, 4, 0}},
                                     Vector{{1, 2}});
  for (const char* solver : {"lagrange", "augmented_lagrangian"}) {
    EXPECT_TRUE(applicable_theory(*all_solvers().make(solver), {problem, problem.start()}).empty()) << solver;
  }
}

TEST(ConstrainedTheory, AgreesWithRuns) {
  const auto verdict = [](const std::string& problem_name, const std::string& solver_name) {
    const auto problem = all_problems().make(problem_name);
    const auto solver = all_solvers().make(solver_name);
    const Result result = minimize(
        *problem, *solver, {.limits = {.max_iterations = 200, .gradient_tolerance = 1e-13}, .trace = {}});
    return compare_with_theory(result.trace, applicable_theory(*solver, {*problem, problem->start()})).verdict;
  };
  EXPECT_EQ(verdict("constrained_quadratic", "lagrange"), Verdict::agrees);
  EXPECT_EQ(verdict("powell_exponential", "lagrange"), Verdict::agrees);
}

}  // namespace
}  // namespace optbed::constrained_theory_test
