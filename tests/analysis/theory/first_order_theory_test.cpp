// Factors against closed forms written out again here, bounds against runs.
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/theory/theory.hpp"
#include "problems/all_problems.hpp"
#include "problems/random.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::first_order_theory_test {
namespace {

const Statement* find(const std::vector<Statement>& statements, Quantity quantity, Strength strength) {
  for (const Statement& s : statements) {
    if (s.quantity == quantity && s.strength == strength) return &s;
  }
  return nullptr;
}

std::vector<Statement> theory(const std::string& problem_name, const std::string& solver_name) {
  const auto problem = all_problems().make(problem_name);
  const auto solver = all_solvers().make(solver_name);
  return applicable_theory(*solver, {*problem, problem->start()});
}

double factor(const std::string& problem_name, const std::string& solver_name) {
  const auto statements = theory(problem_name, solver_name);
  const Statement* s = find(statements, Quantity::distance, Strength::equality);
  if (!s || !s->factor) {
    ADD_FAILURE() << "no factor for " << solver_name << " on " << problem_name;
    return -1;
  }
  return *s->factor;
}

// The asymptotic contraction factors for mu = 1, L = kappa, from an independent computation (spectral radii of
// the companion matrices over the spectrum).
struct Row {
  double kappa, gd_lipschitz, gd_optimal, heavy_ball, nesterov, nesterov_quadratic, heavy_ball_09, nesterov_09;
};

class FactorTable : public ::testing::TestWithParam<Row> {};

TEST_P(FactorTable, IsMet) {
  const Row row = GetParam();
  const std::string kappa = fmt::format("{}", row.kappa);
  for (const std::string& problem :
       {"quadratic:n=2,kappa=" + kappa, "quadratic:n=12,kappa=" + kappa + ",rotation=random",
        "quadratic:n=600,spectrum=two_point,kappa=" + kappa}) {
    const std::string eta = fmt::format("learning_rate={:.17g}", 1 / row.kappa);
    EXPECT_NEAR(factor(problem, "gradient_descent:step=inverse_lipschitz"), row.gd_lipschitz, 1e-9);
    EXPECT_NEAR(factor(problem, "gradient_descent:step=optimal"), row.gd_optimal, 1e-9);
    EXPECT_NEAR(factor(problem, "momentum:tuning=optimal"), row.heavy_ball, 1e-9);
    EXPECT_NEAR(factor(problem, "nesterov:sequence=strongly_convex"), row.nesterov, 1e-9);
    EXPECT_NEAR(factor(problem, "nesterov:sequence=quadratic_optimal"), row.nesterov_quadratic, 1e-9);
    EXPECT_NEAR(factor(problem, "momentum:" + eta), row.heavy_ball_09, 1e-7);
    EXPECT_NEAR(factor(problem, "nesterov:" + eta), row.nesterov_09, 1e-7);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, FactorTable,
    ::testing::Values(Row{2, 0.5, 0.3333333333, 0.1715728753, 0.2928932188, 0.244071054, 0.9486833, 0.67082039},
                      Row{10, 0.9, 0.8181818182, 0.5194938533, 0.683772234, 0.6407893959, 0.9486833, 0.9},
                      Row{100, 0.99, 0.9801980198, 0.8181818182, 0.9, 0.8847219165, 0.9486833, 0.94392796},
                      Row{1e4, 0.9999, 0.99980002, 0.9801980198, 0.99, 0.9884531871, 0.99899082, 0.99899175}));

TEST(FirstOrderTheory, FactorsAreTheClosedForms) {
  for (const double kappa : {2.0, 10.0, 100.0, 1e4}) {
    const std::string problem = fmt::format("quadratic:n=5,kappa={}", kappa);
    const double root = std::sqrt(kappa);
    EXPECT_NEAR(factor(problem, "gradient_descent:step=optimal"), (kappa - 1) / (kappa + 1), 1e-15);
    EXPECT_NEAR(factor(problem, "momentum:tuning=optimal"), (root - 1) / (root + 1), 1e-14);
    EXPECT_NEAR(factor(problem, "nesterov:sequence=strongly_convex"), 1 - 1 / root, 1e-14);
    EXPECT_NEAR(factor(problem, "nesterov:sequence=quadratic_optimal"), 1 - 2 / std::sqrt(3 * kappa + 1),
                1e-14);
  }
}

TEST(FirstOrderTheory, BoundsARunFromTheMinimiserByZero) {
  const auto problem = all_problems().make("huber_worst_case");
  const auto solver = all_solvers().make("gradient_descent:learning_rate=1.5");
  const Vector minimiser = problem->facts().minimisers.at(0).value;
  int bounds = 0;
  for (const Statement& s : applicable_theory(*solver, {*problem, minimiser})) {
    if (!s.bound) continue;
    ++bounds;
    EXPECT_EQ(s.bound(3), 0) << s.text;
  }
  EXPECT_GT(bounds, 0);
}

TEST(FirstOrderTheory, TheFactorIsTheActualSpectrumsAndNotTheIntervals) {
  // eta = 2/L: the modes contract by 1 - 2/10 = 0.8 and |1 - 2| = 1; both ends count.
  EXPECT_NEAR(factor("quadratic:eigenvalues=1;10", "gradient_descent:learning_rate=0.2"), 1, 1e-15);
  // Divergence is a statement too: |1 - 0.25 * 10| = 1.5.
  EXPECT_NEAR(factor("quadratic:eigenvalues=1;10", "gradient_descent:learning_rate=0.25"), 1.5, 1e-15);
}

TEST(FirstOrderTheory, TheAverageFormIsTheVelocityFormWithAShorterStep) {
  EXPECT_NEAR(factor("quadratic:n=4,kappa=30", "momentum:learning_rate=0.1,momentum=0.5,form=average"),
              factor("quadratic:n=4,kappa=30", "momentum:learning_rate=0.05,momentum=0.5"), 1e-15);
}

TEST(FirstOrderTheory, SaysNothingWhereTheStepSizeChanges) {
  for (const char* solver :
       {"gradient_descent:learning_rate=0.01,schedule=linear", "gradient_descent:learning_rate=0.01,warmup=5",
        "momentum:learning_rate=0.01,schedule=exponential",
        "nesterov:learning_rate=0.01,schedule=robbins_monro"}) {
    EXPECT_TRUE(theory("quadratic:n=3,kappa=10", solver).empty()) << solver;
  }
}

TEST(FirstOrderTheory, SaysNothingOfGradientsWithNoise) {
  for (const std::string method : {"gradient_descent:step=optimal"}) {
    EXPECT_FALSE(theory("sample_mean", method).empty()) << method;
    EXPECT_TRUE(theory("sample_mean", method + ",batch_size=10").empty()) << method;
  }
}

TEST(FirstOrderTheory, BoundsNothingOnAClassWhereTheStepIsTooLong) {
  const testing_problems::LogCosh problem(3, 1, 10);  // mu = 1, L = 10
  const auto statements = [&](const std::string& solver) {
    return applicable_theory(*all_solvers().make(solver), {problem, problem.start()});
  };
  EXPECT_NE(find(statements("gradient_descent:learning_rate=0.19"), Quantity::gap, Strength::upper_bound),
            nullptr);
  EXPECT_EQ(find(statements("gradient_descent:learning_rate=0.2"), Quantity::gap, Strength::upper_bound),
            nullptr);
  EXPECT_NE(find(statements("nesterov:sequence=fista,learning_rate=0.1"), Quantity::gap, Strength::upper_bound),
            nullptr);
  EXPECT_EQ(
      find(statements("nesterov:sequence=fista,learning_rate=0.11"), Quantity::gap, Strength::upper_bound),
      nullptr);
  EXPECT_EQ(find(statements("nesterov:learning_rate=0.1,momentum=0.9"), Quantity::gap, Strength::upper_bound),
            nullptr);
  EXPECT_EQ(find(statements("momentum:learning_rate=0.1,momentum=0.9"), Quantity::gap, Strength::upper_bound),
            nullptr);
  // sqrt((1 - 0.05)(1 - 0.5)): the safe tuning of the heavy ball.
  const std::string safe = fmt::format("momentum:learning_rate=0.05,momentum={:.17g}", std::sqrt(0.95 * 0.5));
  EXPECT_NE(find(statements(safe), Quantity::gap, Strength::upper_bound), nullptr);
}

TEST(FirstOrderTheory, IsEmptyWithoutTheFacts) {
  EXPECT_TRUE(theory("rosenbrock", "gradient_descent:step=barzilai_borwein").empty());
  EXPECT_TRUE(theory("quadratic:eigenvalues=-1;1", "gradient_descent:learning_rate=0.1").empty());
}

// ---- bounds against runs ----

void expect_within_bounds(const Problem& problem, const std::string& solver_name, const Vector& x0,
                          long iterations) {
  const auto solver = all_solvers().make(solver_name);
  const auto statements = applicable_theory(*solver, {problem, x0});
  const Result result =
      minimize(problem, *solver,
               {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {}, .start = x0});
  int bounds = 0;
  for (const Statement& s : statements) {
    if (!s.bound) continue;
    ++bounds;
    const std::vector<double>& errors = result.trace.column(to_string(s.quantity));
    double least = errors[0];
    for (std::size_t k = 0; k < errors.size(); ++k) {
      least = std::min(least, errors[k]);
      // 1e-13: round-off beside the start; 1e-9: of the powers that the bound is made of.
      const double bound = s.bound(static_cast<long>(k));
      ASSERT_LE(s.best_so_far ? least : errors[k], bound * (1 + 1e-9) + 1e-13 * std::max(1.0, errors[0]))
          << solver_name << ", " << s.text << ", k = " << k;
    }
  }
  EXPECT_GT(bounds, 0) << solver_name;
}

TEST(FirstOrderTheory, NoRunOnARandomQuadraticLeavesItsBounds) {
  Random random(7);
  for (int trial = 0; trial < 20; ++trial) {
    const double kappa = std::pow(10, 4 * random.uniform());
    const auto n = static_cast<Index>(2 + 10 * random.uniform());
    const auto problem =
        all_problems().make(fmt::format("quadratic:n={},kappa={},rotation=random,seed={}", n, kappa, trial));
    const Vector x0 = random.normal_matrix(n, 1);
    const double eta = 2.2 * random.uniform() / kappa;
    for (const std::string& solver :
         {std::string("gradient_descent:step=inverse_lipschitz"), std::string("gradient_descent:step=optimal"),
          std::string("gradient_descent:step=polyak"),
          std::string("gradient_descent:step=polyak,polyak_factor=0.6"),
          std::string("gradient_descent:step=polyak,polyak_factor=2"),
          std::string("gradient_descent:step=silver"), std::string("optimized_gradient"),
          std::string("triple_momentum"), std::string("coordinate_descent:order=greedy"),
          std::string("coordinate_descent:order=greedy,step=inverse_lipschitz"),
          fmt::format("gradient_descent:learning_rate={}", eta), std::string("momentum:tuning=optimal"),
          fmt::format("momentum:learning_rate={},momentum=0.8", eta),
          std::string("nesterov:sequence=strongly_convex"), std::string("nesterov:sequence=quadratic_optimal"),
          std::string("nesterov:sequence=strongly_convex,iterate=lookahead"),
          fmt::format("nesterov:sequence=fista,learning_rate={}", 1 / kappa)}) {
      expect_within_bounds(*problem, solver, x0, 150);
    }
  }
}

TEST(FirstOrderTheory, NoRunOnAStronglyConvexFunctionLeavesItsBounds) {
  Random random(11);
  for (int trial = 0; trial < 20; ++trial) {
    const double kappa = 1 + std::pow(10, 3 * random.uniform());
    const testing_problems::LogCosh problem(4, 1, kappa);
    const Vector x0 = 5 * random.normal_matrix(4, 1);
    const double alpha = random.uniform() / kappa;
    const std::string safe = fmt::format("momentum:learning_rate={:.17g},momentum={:.17g}", alpha,
                                         std::sqrt((1 - alpha) * (1 - alpha * kappa)));
    for (const std::string& solver :
         {std::string("gradient_descent:step=inverse_lipschitz"), std::string("gradient_descent:step=optimal"),
          std::string("gradient_descent:step=polyak"),
          std::string("gradient_descent:step=polyak,polyak_factor=0.6"),
          std::string("gradient_descent:step=polyak,polyak_factor=2"),
          std::string("gradient_descent:step=silver"), std::string("optimized_gradient"),
          std::string("triple_momentum"), std::string("coordinate_descent:order=greedy"),
          std::string("coordinate_descent:order=greedy,step=inverse_lipschitz"),
          fmt::format("gradient_descent:learning_rate={}", 1.99 * random.uniform() / kappa), safe,
          std::string("nesterov:sequence=strongly_convex"), std::string("nesterov:sequence=fista")}) {
      expect_within_bounds(problem, solver, x0, 300);
    }
  }
}

// The interval's envelope (n over 500, where only mu and L are used) holds for every spectrum between them.
TEST(FirstOrderTheory, TheIntervalEnvelopeHoldsForLargeQuadratics) {
  const auto problem = all_problems().make("quadratic:n=501,kappa=80");
  for (const std::string& solver :
       {std::string("gradient_descent:learning_rate=0.02"), std::string("momentum:tuning=optimal"),
        std::string("momentum:learning_rate=0.03,momentum=0.9"),
        std::string("nesterov:sequence=strongly_convex"),
        std::string("nesterov:learning_rate=0.012,momentum=0.7")}) {
    expect_within_bounds(*problem, solver, problem->start(), 150);
  }
}

// From (kappa, 1) on diag(1, kappa) every exact step contracts f by ((kappa-1)/(kappa+1))^2 (Boyd &
// Vandenberghe 2004, section 9.3.2): the bound is attained at every k.
TEST(FirstOrderTheory, SteepestDescentAttainsTheKantorovichBound) {
  for (const double kappa : {2.0, 10.0, 100.0}) {
    const auto problem = all_problems().make(fmt::format("quadratic:eigenvalues=1;{}", kappa));
    const auto solver = all_solvers().make("gradient_descent:step=exact");
    const Vector x0 = Eigen::Vector2d(kappa, 1);
    const auto statements = applicable_theory(*solver, {*problem, x0});
    ASSERT_EQ(statements.size(), 1U);
    const double q = (kappa - 1) / (kappa + 1);
    EXPECT_NEAR(*statements[0].factor, q, 1e-15);
    const Result result =
        minimize(*problem, *solver,
                 {.limits = {.max_iterations = 10, .gradient_tolerance = 0}, .trace = {}, .start = x0});
    const std::vector<double>& gap = result.trace.column("gap");
    for (std::size_t k = 0; k < gap.size(); ++k) {
      const double expected = (kappa * kappa + kappa) / 2 * std::pow(q, 2 * static_cast<double>(k));
      // Rounding of a step is amplified by kappa at most, and every step has some.
      EXPECT_NEAR(gap[k] / expected, 1, 1e-14 * kappa * static_cast<double>(k + 1));
      EXPECT_NEAR(statements[0].bound(static_cast<long>(k)) / expected, 1, 1e-13);
    }
  }
}

TEST(FirstOrderTheory, ExactStepsOnOtherStartsStayWithinTheKantorovichBound) {
  Random random(2);
  for (int trial = 0; trial < 10; ++trial) {
    const auto problem = all_problems().make(fmt::format("quadratic:n=6,kappa={}", 1 + 200 * random.uniform()));
    expect_within_bounds(*problem, "gradient_descent:step=exact", random.normal_matrix(6, 1), 100);
    const testing_problems::LogCosh smooth(4, 1, 1 + 100 * random.uniform());
    expect_within_bounds(smooth, "gradient_descent:step=exact", 3 * random.normal_matrix(4, 1), 60);
  }
}

// Drori & Teboulle 2014: on the Huber function with threshold R/(2k+1), L = 1, gradient descent with step 1/L
// has the gap R^2/(4k+2) after k iterations: the bound is attained.
TEST(FirstOrderTheory, TheHuberFunctionAttainsTheConvexBound) {
  for (const long k : {1L, 5L, 30L}) {
    const double R = 3;
    const testing_problems::Huber problem(R / static_cast<double>(2 * k + 1), R);
    const auto solver = all_solvers().make("gradient_descent:step=inverse_lipschitz");
    const auto statements = applicable_theory(*solver, {problem, problem.start()});
    const Statement* s = find(statements, Quantity::gap, Strength::upper_bound);
    ASSERT_NE(s, nullptr);
    EXPECT_EQ(*s->power, 1);
    const Result result =
        minimize(problem, *solver, {.limits = {.max_iterations = k, .gradient_tolerance = 0}});
    EXPECT_NEAR(s->bound(k), R * R / static_cast<double>(4 * k + 2), 1e-14);
    EXPECT_NEAR(*result.gap, s->bound(k), 1e-13);
  }
}

// From 0, n - 1 subgradients leave max_i x_i >= 0 on max_coordinate, which is M R/sqrt(n) over its minimum
// (Drori & Teboulle 2016); the step R/(M sqrt(n)) promises no more.
TEST(FirstOrderTheory, BoundsSubgradientStepsByWhatTheirWorstCaseAttains) {
  const auto statements = theory("max_coordinate:n=25,lipschitz=3,radius=2,form=norm",
                                 fmt::format("gradient_descent:learning_rate={}", 2.0 / 15));
  ASSERT_EQ(statements.size(), 1U);
  EXPECT_TRUE(statements[0].best_so_far);
  EXPECT_NEAR(statements[0].bound(24), 3 * 2 / 5.0, 1e-14);
  EXPECT_TRUE(theory("max_coordinate:form=norm", "gradient_descent:learning_rate=0.1,schedule=linear").empty());
}

}  // namespace
}  // namespace optbed::first_order_theory_test
