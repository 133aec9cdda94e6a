// What no method that steps along its gradients is faster than.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/measured_run.hpp"
#include "problems/all_problems.hpp"
#include "problems/quadratic/squared_residual.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::lower_bounds_test {
namespace {

Statement lower_bound(const std::string& problem_name, const std::string& solver_name, Quantity quantity) {
  const auto problem = all_problems().make(problem_name);
  for (const Statement& s : lower_bounds(*all_solvers().make(solver_name), {*problem, problem->start()})) {
    if (s.quantity == quantity) return s;
  }
  throw std::logic_error("no lower bound");
}

// On the chain of n = 2k + 1 variables the least gap after k steps is that of the chain cut off after k
// variables: (L/8)(1/(k+1) - 1/(n+1)) = L/(16 (k+1)) (Nesterov 2004, (2.1.14)).
TEST(LowerBounds, AreNesterovsOnHisChain) {
  for (const long k : {3L, 10L, 20L}) {
    const long n = 2 * k + 1;
    const Statement s =
        lower_bound("nesterov_chain:n=" + std::to_string(n), "gradient_descent:learning_rate=1", Quantity::gap);
    EXPECT_NEAR(s.bound(k), 1.0 / (16 * static_cast<double>(k + 1)), 1e-12);
    for (long j = 0; j <= k; ++j) {
      const double expected = (1.0 / static_cast<double>(j + 1) - 1.0 / static_cast<double>(n + 1)) / 8;
      EXPECT_NEAR(s.bound(j), expected, 1e-12) << j;
    }
  }
}

// k gradients reach k components of x*_i = q^i, so that the distance is at least that of the others (Nesterov
// 2004, theorem 2.1.13): in the infinite chain q^k R, here cut off after 100, where q^100 = 2e-9.
TEST(LowerBounds, AreNesterovsOnHisStronglyConvexChain) {
  const double q = 9.0 / 11;
  const Statement s = lower_bound("strongly_convex_chain:n=100,kappa=100", "nesterov", Quantity::distance);
  const double R = s.bound(0);
  EXPECT_NEAR(R, q / std::sqrt(1 - q * q), 1e-12);
  for (const long k : {1L, 7L, 30L}) EXPECT_GE(s.bound(k), std::pow(q, k) * R * (1 - 1e-12)) << k;
}

TEST(LowerBounds, AreTheGapsOfConjugateGradients) {
  const std::string name = "quadratic:n=12,kappa=50,rotation=random,seed=4";
  const auto problem = all_problems().make(name);
  const auto solver = all_solvers().make("cg");
  const Result result = minimize(
      *problem, *solver, {.limits = {.max_iterations = 9, .gradient_tolerance = 0}, .trace = TracePolicy{}});
  const Statement s = lower_bound(name, "cg", Quantity::gap);
  const std::vector<double>& gap = result.trace.column("gap");
  for (std::size_t k = 0; k < gap.size(); ++k) {
    EXPECT_NEAR(gap[k] / s.bound(static_cast<long>(k)), 1, 1e-6) << k;
  }
}

// Three distinct eigenvalues: a polynomial of degree 3 vanishes at all of them.
TEST(LowerBounds, EndWhereAPolynomialVanishesAtEveryEigenvalue) {
  const Statement s = lower_bound("quadratic:eigenvalues=1;4;4;9", "gradient_descent", Quantity::gap);
  EXPECT_EQ(s.valid_up_to, 3);
  EXPECT_LE(s.bound(3), 1e-25);
  EXPECT_GT(s.bound(2), 1e-6);
}

// Two polynomials of degree 1 by hand: on diag(1, 3) from (1, 1), p = 1 - t z makes (1 - t)^2 + (1 - 3t)^2
// least at t = 2/5: 9/25 + 1/25.
TEST(LowerBounds, AreTheLeastDistanceByHand) {
  const Statement s = lower_bound("quadratic:eigenvalues=1;3", "gradient_descent", Quantity::distance);
  EXPECT_NEAR(s.bound(1), std::sqrt(0.4), 1e-15);
}

TEST(LowerBounds, MakeARunThatIsFasterAVerdict) {
  const auto problem = all_problems().make("nesterov_chain:n=21");
  const auto statements = lower_bounds(*all_solvers().make("gradient_descent"), {*problem, problem->start()});
  Trace trace({"iteration", "gap"});
  for (int k = 0; k < 15; ++k) trace.append({static_cast<double>(k), 0.05 * std::pow(0.3, k)});
  const Comparison comparison = compare_with_theory(trace, statements);
  EXPECT_EQ(comparison.verdict, Verdict::faster_than_bound);
  EXPECT_TRUE(comparison.breaks_bound);
  EXPECT_NE(comparison.reason.find("lower bound"), std::string::npos) << comparison.reason;
}

TEST(LowerBounds, AreNotForMethodsThatScaleTheirGradients) {
  const auto problem = all_problems().make("quadratic");
  for (const char* solver : {"adam", "newton", "rprop"}) {
    EXPECT_TRUE(lower_bounds(*all_solvers().make(solver), {*problem, problem->start()}).empty()) << solver;
  }
}

// On Ax = b with A = diag(1, 2), b = (1, 2) from 0 conjugate gradients take the step r'r/r'Ar = 5/9, after
// which f = |Ax - b|^2/2 is 10/81. A step along the gradient A'(Ax - b) leaves at least min_t ((1 - t)^2 + 4 (1
// - 4t)^2)/2 = 18/65, at t = 17/65.
TEST(LowerBounds, AreForSolversOfSystemsOnlyWhereTheResidualIsTheGradient) {
  const SquaredResidual system(DenseRows(Matrix{{1, 0}, {0, 2}}), Eigen::Vector2d(1, 2));
  for (const char* name : {"cg", "richardson:learning_rate=0.6", "chebyshev:mu=1,lipschitz=2"}) {
    const auto solver = all_solvers().make(name);
    EXPECT_TRUE(lower_bounds(*solver, {system, system.start()}).empty()) << name;
    const MeasuredRun run =
        measure_run(system, *solver, {.limits = {.max_iterations = 20, .gradient_tolerance = 0}});
    EXPECT_FALSE(run.comparison.breaks_bound) << name << ": " << run.comparison.reason;
    const bool is_cg = std::string(name) == "cg";
    if (is_cg) {
      EXPECT_NEAR(run.result.trace.column("gap").at(1), 10.0 / 81, 1e-15);
    }
  }
  const auto descent = all_solvers().make("gradient_descent:step=exact");
  const auto bounds = lower_bounds(*descent, {system, system.start()});
  ASSERT_EQ(bounds.size(), 2U);
  EXPECT_NEAR(bounds[0].bound(1), 18.0 / 65, 1e-15);
}

// diag(1, 3) from (1, 1) as above, the Hessian from products.
TEST(LowerBounds, NeedOnlyProductsWithTheHessian) {
  testing_problems::DiagonalForm problem(Eigen::Vector2d(1, 3));
  problem.facts_to_set().function_class = {FunctionClass::quadratic, "by definition"};
  problem.facts_to_set().minimisers.push_back({Vector::Zero(2), "D is positive definite"});
  const auto bounds = lower_bounds(*all_solvers().make("gradient_descent"), {problem, Vector::Ones(2)});
  ASSERT_EQ(bounds.size(), 2U);
  EXPECT_NEAR(bounds[1].bound(1), std::sqrt(0.4), 1e-15);
  // No linear system, and no mu and L.
  EXPECT_TRUE(lower_bounds(*all_solvers().make("cg"), {problem, Vector::Ones(2)}).empty());
  EXPECT_TRUE(lower_bounds(*all_solvers().make("triple_momentum"), {problem, Vector::Ones(2)}).empty());
}

TEST(LowerBounds, HoldForEveryMethodTheyAreFor) {
  const auto problem = all_problems().make("quadratic:n=15,kappa=300,rotation=random,seed=2");
  for (const char* name :
       {"gradient_descent:step=exact", "gradient_descent:step=barzilai_borwein", "momentum:tuning=optimal",
        "nesterov:sequence=fista", "nesterov:sequence=strongly_convex,iterate=lookahead", "optimized_gradient",
        "triple_momentum", "nonlinear_cg", "cg", "chebyshev", "richardson", "gradient_descent:step=polyak"}) {
    const auto solver = all_solvers().make(name);
    const auto statements = lower_bounds(*solver, {*problem, problem->start()});
    ASSERT_EQ(statements.size(), 2U) << name;
    const Result result = minimize(
        *problem, *solver, {.limits = {.max_iterations = 60, .gradient_tolerance = 0}, .trace = TracePolicy{}});
    const Comparison comparison = compare_with_theory(result.trace, statements);
    EXPECT_EQ(comparison.verdict, Verdict::agrees) << name << ": " << comparison.reason;
  }
}

}  // namespace
}  // namespace optbed::lower_bounds_test
