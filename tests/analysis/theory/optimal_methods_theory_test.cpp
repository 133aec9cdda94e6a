// The bounds of the methods that are optimal for a class, where they are attained, and those on the best
// iterate so far.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/theory.hpp"
#include "problems/all_problems.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::optimal_methods_theory_test {
namespace {

const Statement* bound_on_the_gap(const std::vector<Statement>& statements) {
  for (const Statement& s : statements) {
    if (s.bound && s.quantity == Quantity::gap && s.strength == Strength::upper_bound) return &s;
  }
  return nullptr;
}

struct Run {
  std::vector<Statement> statements;
  std::vector<double> gap;
};

Run run(const Problem& problem, const std::string& solver_text, long iterations) {
  const auto solver = all_solvers().make(solver_text);
  const Result result = minimize(
      problem, *solver, {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {}});
  return {applicable_theory(*solver, {problem, problem.start()}), result.trace.column("gap")};
}

// theta_0 = 1, theta_{i+1} = (1 + sqrt(1 + 4 theta_i^2))/2, and with an 8 for the last (Kim & Fessler 2016,
// (6.1)).
double last_theta(long N) {
  double theta = 1;
  for (long i = 1; i <= N; ++i) theta = (1 + std::sqrt(1 + (i < N ? 4 : 8) * theta * theta)) / 2;
  return theta;
}

// Both of its worst cases: the Huber function whose threshold is R/theta_N^2, and L x^2/2 (Kim & Fessler 2016,
// theorem 3; Taylor, Hendrickx & Glineur 2017).
TEST(OptimizedGradientTheory, IsAttainedByTheHuberFunctionAndByTheParabola) {
  for (const long N : {1L, 2L, 7L, 40L}) {
    const double expected = 9 / (2 * last_theta(N) * last_theta(N));  // L = 1, R = 3
    const auto huber =
        all_problems().make(fmt::format("huber_worst_case:method=optimized_gradient,horizon={},radius=3", N));
    const testing_problems::Huber parabola(4, 3);  // its start is inside of the threshold
    for (const Problem* problem :
         {static_cast<const Problem*>(huber.get()), static_cast<const Problem*>(&parabola)}) {
      const auto [statements, gap] = run(*problem, "optimized_gradient", N);
      const Statement* s = bound_on_the_gap(statements);
      ASSERT_NE(s, nullptr);
      EXPECT_NEAR(s->bound(N) / expected, 1, 1e-14);
      EXPECT_LE(s->bound(N), 9 / std::pow(static_cast<double>(N + 1), 2));
      // The coefficients grow like N and each step rounds.
      EXPECT_NEAR(gap.back() / expected, 1, 1e-13 * static_cast<double>(N + 1));
    }
  }
}

// The bound is made of recurrences up to k = 1000 and of a simpler one beyond: it goes on falling.
TEST(OptimizedGradientTheory, BoundsEveryIteration) {
  const testing_problems::Huber problem(1e-3, 1);
  const auto solver = all_solvers().make("optimized_gradient");
  const auto statements = applicable_theory(*solver, {problem, problem.start()});
  const Statement* s = bound_on_the_gap(statements);
  ASSERT_NE(s, nullptr);
  EXPECT_EQ(s->bound(0), 0.5);
  EXPECT_NEAR(s->bound(1000) / (1 / (2 * last_theta(1000) * last_theta(1000))), 1, 1e-12);
  EXPECT_NEAR(s->bound(1001) / s->bound(1000), 1, 0.02);
  EXPECT_GE(s->bound(1001), 1 / (2 * last_theta(1001) * last_theta(1001)));
  EXPECT_TRUE(
      applicable_theory(*all_solvers().make("optimized_gradient:lipschitz=0.5"), {problem, problem.start()})
          .empty());
}

// L R^2/(1 + sqrt(4 rho^(2m) - 3)) after n = 2^m - 1 steps (Altschuler & Parrilo 2023). On the Huber function
// with the threshold R/(2S + 1), S = rho^m - 1 the sum of the steps times L, all steps are on the linear part,
// and f_n = L R^2/(4S + 2): about half of the bound.
TEST(SilverSteps, StayWithinTheirBoundWhereAHuberFunctionIsWorst) {
  const double rho = 1 + std::sqrt(2.0);
  for (const int m : {1, 2, 3, 5, 7}) {
    const long n = (1L << m) - 1;
    const double S = std::pow(rho, m) - 1;
    const testing_problems::Huber problem(1 / (2 * S + 1), 1);
    const auto [statements, gap] = run(problem, "gradient_descent:step=silver", n);
    const Statement* s = bound_on_the_gap(statements);
    ASSERT_NE(s, nullptr);
    const double bound = 1 / (1 + std::sqrt(4 * std::pow(rho, 2 * m) - 3));
    EXPECT_NEAR(s->bound(n) / bound, 1, 1e-14);
    EXPECT_NEAR(s->bound(2 * n) / bound, 1, 1e-14);  // no better before 2 n + 1
    EXPECT_NEAR(gap.back() / (1 / (4 * S + 2)), 1, 1e-15 * static_cast<double>(10 + n));
    EXPECT_LE(gap.back(), bound);
    EXPECT_GE(gap.back(), bound / 2);
  }
}

TEST(SilverSteps, BeatTheConstantStepOnItsWorstCase) {
  const auto problem = all_problems().make("huber_worst_case:horizon=127");
  EXPECT_LT(run(*problem, "gradient_descent:step=silver", 127).gap.back(),
            run(*problem, "gradient_descent:step=inverse_lipschitz", 127).gap.back() / 10);
}

// With n = 2^m - 1 steps and as long a tail the best f so far is within the bound, also where single steps
// raise f.
TEST(SilverSteps, AreBoundedByTheBestIterateSoFar) {
  for (const std::string name : {"huber_worst_case:horizon=50,n=3", "quadratic:n=10,kappa=100"}) {
    const auto problem = all_problems().make(name);
    const auto [statements, gap] = run(*problem, "gradient_descent:step=silver", 300);
    const Statement* s = bound_on_the_gap(statements);
    ASSERT_NE(s, nullptr);
    ASSERT_TRUE(s->best_so_far);
    double least = gap[0];
    bool rises = false;
    for (std::size_t k = 0; k < gap.size(); ++k) {
      rises = rises || gap[k] > 2 * least;
      least = std::min(least, gap[k]);
      const auto iteration = static_cast<long>(k);
      EXPECT_LE(least, s->bound(iteration) * (1 + 1e-12));
      if (((iteration + 1) & iteration) == 0) {  // 2^m - 1: the theorem is on f_k itself
        EXPECT_LE(gap[k], s->bound(iteration) * (1 + 1e-12)) << name << " " << k;
      }
    }
    EXPECT_TRUE(rises) << name;  // so that it is not the bound of f_k itself that is tested
  }
}

// Convex and L-smooth: sum_{j<=k} (f_j - f*) <= 2 L R^2/(c (2 - c)).
TEST(PolyakStepTheory, BoundsTheBestIterateOnAConvexFunction) {
  for (const std::string options : {"", ",polyak_factor=0.5", ",polyak_factor=1.7"}) {
    const testing_problems::Huber problem(0.01, 1);
    const auto [statements, gap] = run(problem, "gradient_descent:step=polyak" + options, 200);
    const Statement* s = bound_on_the_gap(statements);
    ASSERT_NE(s, nullptr);
    EXPECT_TRUE(s->best_so_far);
    double least = gap[0];
    for (std::size_t k = 0; k < gap.size(); ++k) {
      least = std::min(least, gap[k]);
      EXPECT_LE(least, s->bound(static_cast<long>(k)));
    }
  }
  const testing_problems::Huber problem(0.01, 1);
  EXPECT_EQ(bound_on_the_gap(run(problem, "gradient_descent:step=polyak", 5).statements)->bound(9), 0.2);
}

// From (sqrt(kappa), 1) on diag(1, kappa): 2 (f - f*)/|g|^2 = 2/(L + mu), which makes (q x_1, -q x_2) with q =
// (kappa - 1)/(kappa + 1), and the same again: the factor of Barré, Taylor & d'Aspremont 2020 is attained.
TEST(PolyakStepTheory, IsAttainedWithTheFactorTwo) {
  const auto problem = all_problems().make("quadratic:kappa=10");
  const auto solver = all_solvers().make("gradient_descent:step=polyak,polyak_factor=2");
  const Vector x0{{std::sqrt(10.0), 1}};
  const auto statements = applicable_theory(*solver, {*problem, x0});
  ASSERT_FALSE(statements.empty());
  EXPECT_NEAR(*statements[0].factor, 9.0 / 11, 1e-15);
  const Result result = minimize(
      *problem, *solver, {.limits = {.max_iterations = 15, .gradient_tolerance = 0}, .trace = {}, .start = x0});
  for (long k = 0; k <= 15; ++k) {
    // A change of x_1/x_2 changes the step by less than itself; each of k steps rounds.
    EXPECT_NEAR(result.trace.column("distance")[static_cast<std::size_t>(k)] / statements[0].bound(k), 1,
                1e-13);
  }
}

// xi_{k+1} on a quadratic has a double root 1 - 1/sqrt(kappa) at lambda = mu: the asymptotic factor is exact.
TEST(TripleMomentumTheory, HasTheFactorOneMinusOneOverTheRootOfKappaOnQuadratics) {
  for (const auto& [kappa, factor] :
       {std::pair(2.0, 0.2928932188), {10.0, 0.683772234}, {100.0, 0.9}, {1e4, 0.99}}) {
    const auto problem = all_problems().make("quadratic:n=12,kappa=" + fmt::format("{}", kappa));
    const auto solver = all_solvers().make("triple_momentum");
    const auto statements = applicable_theory(*solver, {*problem, problem->start()});
    ASSERT_FALSE(statements.empty());
    EXPECT_EQ(statements[0].strength, Strength::equality);
    EXPECT_NEAR(*statements[0].factor, factor, 2e-7);  // a double root of a quadratic equation: sqrt(eps)
  }
}

}  // namespace
}  // namespace optbed::optimal_methods_theory_test
