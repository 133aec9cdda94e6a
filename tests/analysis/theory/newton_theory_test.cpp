// Newton's method, BFGS and L-BFGS.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/verdict.hpp"
#include "problems/all_problems.hpp"
#include "problems/random.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::newton_theory_test {
namespace {

std::vector<Statement> theory(const std::string& problem_name, const std::string& solver_name) {
  const auto problem = all_problems().make(problem_name);
  return applicable_theory(*all_solvers().make(solver_name), {*problem, problem->start()});
}

struct Compared {
  std::vector<Statement> statements;
  Trace trace;
  Comparison comparison;
};

Compared compare(const Problem& problem, const std::string& solver_name, const Vector& x0, long iterations) {
  const auto solver = all_solvers().make(solver_name);
  Compared compared;
  compared.statements = applicable_theory(*solver, {problem, x0});
  compared.trace =
      minimize(problem, *solver,
               {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {}, .start = x0})
          .trace;
  compared.comparison = compare_with_theory(compared.trace, compared.statements);
  return compared;
}

Compared compare(const std::string& problem_name, const std::string& solver_name, long iterations) {
  const auto problem = all_problems().make(problem_name);
  return compare(*problem, solver_name, problem->start(), iterations);
}

TEST(NewtonTheory, EndsInOneStepOnAQuadratic) {
  for (const char* solver : {"newton", "newton:safeguard=line_search", "newton:safeguard=modified_cholesky",
                             "newton:safeguard=saddle_free", "preconditioned_gradient"}) {
    const Compared compared = compare("quadratic:n=6,kappa=1e4,rotation=random,shift=0.3", solver, 20);
    ASSERT_EQ(compared.statements.size(), 1U) << solver;
    EXPECT_EQ(compared.comparison.theory->terminates_within, 1) << solver;
    EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << solver << ": " << summary(compared.comparison);
  }
}

TEST(NewtonTheory, ContractsByTheDistanceOfTheStepLengthFromOne) {
  for (const double eta : {0.1, 0.5, 0.9, 1.5, 1.9, 2.2}) {
    const Compared compared = compare("quadratic:n=4,kappa=50", fmt::format("newton:step_length={}", eta), 400);
    EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << eta << ": " << summary(compared.comparison);
    EXPECT_NEAR(*compared.comparison.theory->factor, std::abs(1 - eta), 1e-15);
    EXPECT_NEAR(*compared.comparison.measured.factor, std::abs(1 - eta), 1e-6);
  }
}

TEST(NewtonTheory, IsQuadraticNearANondegenerateMinimiser) {
  const Compared compared = compare("rosenbrock", "newton:safeguard=line_search", 100);
  ASSERT_EQ(compared.statements.size(), 1U);
  EXPECT_EQ(compared.statements[0].order, 2);
  EXPECT_EQ(compared.statements[0].scope, Scope::local);
  EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << summary(compared.comparison);
}

TEST(NewtonTheory, IsLinearWithAShorterStep) {
  const testing_problems::LogCosh problem(3, 1, 10);
  const Compared compared = compare(problem, "newton:step_length=0.6", Vector::Constant(3, 0.4), 60);
  EXPECT_NEAR(*compared.comparison.theory->factor, 0.4, 1e-15);
  EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << summary(compared.comparison);
}

TEST(NewtonTheory, SaysNothingAtASaddle) { EXPECT_TRUE(theory("saddle", "newton").empty()); }

TEST(NewtonCgTheory, ConvergesAsItsForcingTermsDo) {
  const testing_problems::LogCosh problem(20, 1, 10);
  const Vector x0 = Vector::Constant(20, 0.8);
  for (const char* safeguard : {"line_search", "trust_region"}) {
    for (const auto& [forcing, order] :
         std::vector<std::pair<std::string, int>>{{"superlinear", 1}, {"quadratic", 2}}) {
      const Compared compared =
          compare(problem, fmt::format("newton_cg:safeguard={},forcing={}", safeguard, forcing), x0, 50);
      ASSERT_EQ(compared.statements.size(), 1U);
      EXPECT_EQ(compared.statements[0].order, order);
      EXPECT_EQ(compared.comparison.verdict, Verdict::agrees)
          << forcing << ": " << summary(compared.comparison);
    }
    const Compared linear = compare(
        problem, fmt::format("newton_cg:safeguard={},forcing=constant,forcing_term=0.2", safeguard), x0, 50);
    EXPECT_EQ(linear.comparison.theory->factor, 0.2);
    EXPECT_EQ(linear.comparison.verdict, Verdict::agrees) << summary(linear.comparison);
  }
}

TEST(PreconditionedGradientTheory, ContractsByTheWhitenedSpectrum) {
  for (const double eta : {0.3, 0.9, 1.7}) {
    const Compared whitened = compare("quadratic:n=5,kappa=50,rotation=random",
                                      fmt::format("preconditioned_gradient:learning_rate={}", eta), 200);
    EXPECT_NEAR(*whitened.comparison.theory->factor, std::abs(1 - eta), 1e-12);
    EXPECT_EQ(whitened.comparison.verdict, Verdict::agrees) << summary(whitened.comparison);
  }
  // A = [[5.5, 4.5], [4.5, 5.5]]: the diagonal scales nothing, and lambda(A)/5.5 = 2/11 and 20/11.
  const Compared diagonal =
      compare("quadratic:n=2,kappa=10,angle=45", "preconditioned_gradient:preconditioner=diagonal", 200);
  EXPECT_NEAR(*diagonal.comparison.theory->factor, 9.0 / 11, 1e-12);
  EXPECT_TRUE(theory("quadratic:n=5,kappa=50", "preconditioned_gradient:learning_rate=2.1").empty());
}

TEST(QuasiNewtonTheory, BfgsIsSuperlinearOnRosenbrock) {
  const Compared compared = compare("rosenbrock", "bfgs", 200);
  EXPECT_EQ(compared.comparison.theory->order, 1);
  EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << summary(compared.comparison);
}

TEST(QuasiNewtonTheory, LbfgsIsLinearWithoutANumber) {
  const testing_problems::LogCosh problem(20, 1, 100);
  const Compared compared = compare(problem, "lbfgs:memory=3", problem.start(), 200);
  ASSERT_EQ(compared.statements.size(), 1U);
  EXPECT_FALSE(compared.statements[0].factor);
  EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << summary(compared.comparison);
  EXPECT_TRUE(theory("rosenbrock", "lbfgs:line_search=armijo").empty());
  EXPECT_EQ(compare("rosenbrock", "lbfgs", 200).comparison.verdict, Verdict::agrees);
}

// 1/T_k((kappa+1)/(kappa-1)) of the minimax polynomials, computed independently.
TEST(QuasiNewtonTheory, TheBoundOfConjugateGradientsIsTheMinimaxTable) {
  struct Row {
    double kappa;
    long k;
    double minimax;
  };
  for (const Row& row : {Row{2, 5, 0.0002973535534}, Row{2, 20, 9.772430313e-16}, Row{2, 100, 5.570483961e-77},
                         Row{10, 5, 0.07556327908}, Row{10, 20, 4.098625727e-06}, Row{10, 100, 7.228885175e-29},
                         Row{100, 5, 0.6463997383}, Row{100, 20, 0.03613139016}, Row{100, 100, 3.854893851e-09},
                         Row{1e4, 5, 0.9950204184}, Row{1e4, 20, 0.9250027655}, Row{1e4, 100, 0.2657851456}}) {
    const std::string problem = fmt::format("quadratic:n=4,kappa={}", row.kappa);
    for (const char* solver :
         {"bfgs:line_search=exact", "dfp:line_search=exact", "sr1:line_search=exact,initial_scaling=false",
          "lbfgs:line_search=exact,initial_scaling=false", "nonlinear_cg:line_search=exact"}) {
      int bounds = 0;
      for (const Statement& s : theory(problem, solver)) {
        if (!s.bound) continue;
        ++bounds;
        EXPECT_NEAR(std::sqrt(s.bound(row.k) / s.bound(0)) / row.minimax, 1, 2e-9) << row.kappa << " " << row.k;
      }
      EXPECT_EQ(bounds, 1) << solver;
    }
  }
}

// On a quadratic with exact searches both methods are conjugate gradients, whatever they are scaled by.
TEST(QuasiNewtonTheory, ExactSearchesOnAQuadraticEndWithTheDistinctEigenvalues) {
  for (const char* solver :
       {"bfgs:line_search=exact", "bfgs:line_search=exact,initial_scaling=false", "lbfgs:line_search=exact",
        "lbfgs:line_search=exact,initial_scaling=false", "lbfgs:line_search=exact,memory=1",
        "dfp:line_search=exact,initial_scaling=false", "sr1:line_search=exact,initial_scaling=false",
        "nonlinear_cg:line_search=exact", "nonlinear_cg:line_search=exact,formula=fletcher_reeves"}) {
    const Compared compared = compare("quadratic:n=12,kappa=30,spectrum=two_point,rotation=random", solver, 12);
    EXPECT_EQ(compared.comparison.theory->terminates_within, 2) << solver;
    EXPECT_EQ(compared.comparison.verdict, Verdict::agrees) << solver << ": " << summary(compared.comparison);
    const Compared many = compare("quadratic:n=8,kappa=100,rotation=random", solver, 30);
    EXPECT_EQ(many.comparison.theory->terminates_within, 8) << solver;
    EXPECT_EQ(many.comparison.verdict, Verdict::agrees) << solver << ": " << summary(many.comparison);
  }
}

TEST(QuasiNewtonTheory, RunsStayWithinTheMinimaxBound) {
  Random random(4);
  for (int trial = 0; trial < 10; ++trial) {
    const double kappa = std::pow(10, 1 + 2 * random.uniform());
    const auto problem = all_problems().make(fmt::format("quadratic:n=40,kappa={}", kappa));
    const Vector x0 = random.normal_matrix(40, 1);
    const Compared compared = compare(*problem, "lbfgs:line_search=exact,initial_scaling=false", x0, 30);
    const std::vector<double>& gap = compared.trace.column("gap");
    int bounds = 0;
    for (const Statement& s : compared.statements) {
      if (!s.bound) continue;
      ++bounds;
      for (std::size_t k = 0; k < gap.size(); ++k) {
        ASSERT_LE(gap[k], s.bound(static_cast<long>(k)) * (1 + 1e-9) + 1e-13 * gap[0]) << kappa << " " << k;
      }
    }
    EXPECT_EQ(bounds, 1);
  }
}

}  // namespace
}  // namespace optbed::newton_theory_test
