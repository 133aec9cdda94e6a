#include "analysis/verdict.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "problems/random.hpp"
#include "solvers/registry.hpp"
#include "tests/analysis/test_problems.hpp"

namespace optbed::verdict_test {
namespace {

struct Checked {
  Trace trace;
  std::vector<Statement> statements;
  Comparison comparison;
};

Checked check(const Problem& problem, const std::string& solver_name, const Vector& x0, long iterations) {
  const auto solver = all_solvers().make(solver_name);
  Checked checked;
  checked.statements = applicable_theory(*solver, {problem, x0});
  checked.trace =
      minimize(problem, *solver,
               {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {}, .start = x0})
          .trace;
  checked.comparison = compare_with_theory(checked.trace, checked.statements);
  return checked;
}

Checked check(const std::string& problem_name, const std::string& solver_name, long iterations) {
  const auto problem = all_problems().make(problem_name);
  return check(*problem, solver_name, problem->start(), iterations);
}

// The measured asymptotic factor equals the closed form to 1e-6 where no double root slows the approach.
TEST(CompareWithTheory, MeasuresTheExactFactorOfGradientDescent) {
  for (const double kappa : {2.0, 10.0, 100.0}) {
    for (const double h : {0.5, 1.0, 1.5, 1.9, 2.05, 2.4}) {
      const double expected = std::max(std::abs(1 - h / kappa), std::abs(1 - h));
      const auto checked = check(fmt::format("quadratic:n=2,kappa={}", kappa),
                                 fmt::format("gradient_descent:learning_rate={:.17g}", h / kappa), 20000);
      ASSERT_TRUE(checked.comparison.measured.factor) << kappa << " " << h << summary(checked.comparison);
      EXPECT_NEAR(*checked.comparison.measured.factor, expected, 1e-6 * expected) << kappa << " " << h;
      EXPECT_EQ(checked.comparison.verdict, Verdict::agrees)
          << summary(checked.comparison) << checked.comparison.reason;
    }
  }
}

struct Tuned {
  std::string solver;
  double factor;
};

TEST(CompareWithTheory, MeasuresTheFactorsOfTheAcceleratedMethods) {
  for (const double kappa : {2.0, 10.0, 100.0, 1e4}) {
    const double root = std::sqrt(kappa);
    for (const Tuned& tuned :
         {Tuned{"momentum:tuning=optimal", (root - 1) / (root + 1)},
          Tuned{"nesterov:sequence=strongly_convex", 1 - 1 / root},
          Tuned{"nesterov:sequence=quadratic_optimal", 1 - 2 / std::sqrt(3 * kappa + 1)}}) {
      const auto checked = check(fmt::format("quadratic:n=10,kappa={}", kappa), tuned.solver, 20000);
      const std::string line = fmt::format("{} kappa {}: {} {}", tuned.solver, kappa,
                                           summary(checked.comparison), checked.comparison.reason);
      ASSERT_TRUE(checked.comparison.measured.factor) << line;
      EXPECT_NEAR(*checked.comparison.measured.factor, tuned.factor, 1e-4) << line;
      EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << line;
    }
  }
}

// Stable or not: the verdict never contradicts the closed form.
TEST(CompareWithTheory, NeverContradictsTheClosedFormOnRandomQuadratics) {
  Random random(5);
  int agrees = 0;
  const int trials = 200;
  for (int trial = 0; trial < trials; ++trial) {
    const double kappa = std::pow(10, 0.1 + 3 * random.uniform());
    const double eta = 2.3 * random.uniform() / kappa;
    const double beta = random.uniform();
    const auto n = static_cast<Index>(2 + 4 * random.uniform());
    Vector lambda(n);
    for (Index i = 0; i < n; ++i) lambda[i] = 1 + (kappa - 1) * random.uniform();
    lambda[0] = 1;
    lambda[n - 1] = kappa;
    const DiagonalQuadratic problem(lambda, Vector::Constant(n, trial % 2 == 0 ? 0 : 0.7));
    const Vector x0 = random.normal_matrix(n, 1);
    const std::string settings = fmt::format("learning_rate={:.17g}", eta);
    for (const std::string& solver :
         {"gradient_descent:" + settings, fmt::format("momentum:{},momentum={}", settings, beta),
          fmt::format("nesterov:{},momentum={}", settings, beta)}) {
      const auto checked = check(problem, solver, x0, 1500);
      const Verdict verdict = checked.comparison.verdict;
      EXPECT_TRUE(verdict == Verdict::agrees || verdict == Verdict::undecided)
          << solver << " kappa " << kappa << " n " << n << ": " << summary(checked.comparison) << " "
          << checked.comparison.reason;
      agrees += verdict == Verdict::agrees ? 1 : 0;
    }
  }
  EXPECT_GT(agrees, 3 * trials * 9 / 10);
}

TEST(CompareWithTheory, SeesAPlantedWrongFactor) {
  auto checked = check("quadratic:n=4,kappa=20", "gradient_descent:step=optimal", 400);
  ASSERT_EQ(checked.comparison.verdict, Verdict::agrees);
  const auto planted = [&](double factor) {
    std::vector<Statement> statements = checked.statements;
    for (Statement& s : statements) {
      s.bound = nullptr;
      if (s.factor) s.factor = factor;
    }
    return compare_with_theory(checked.trace, statements).verdict;
  };
  const double exact = 19.0 / 21;
  EXPECT_EQ(planted(exact), Verdict::agrees);
  EXPECT_EQ(planted(exact * 0.97), Verdict::slower);
  EXPECT_EQ(planted(exact * 1.03), Verdict::faster_than_bound);
}

TEST(CompareWithTheory, SeesARunBeyondItsBound) {
  auto checked = check("quadratic:n=4,kappa=20", "gradient_descent:step=optimal", 100);
  for (Statement& s : checked.statements) {
    if (s.bound) s.bound = [bound = s.bound](long k) { return k == 37 ? 0.5 * bound(k) : bound(k); };
  }
  const Comparison comparison = compare_with_theory(checked.trace, checked.statements);
  EXPECT_EQ(comparison.verdict, Verdict::slower);
  EXPECT_NE(comparison.reason.find("37"), std::string::npos) << comparison.reason;
}

// (0, 1, 1) has no part in the eigenvector of 1, along which the error would contract by 1 - 0.1.
TEST(CompareWithTheory, PredictsAStartWithoutTheSlowestMode) {
  const DiagonalQuadratic problem(Eigen::Vector3d(1, 5, 10), Vector::Zero(3));
  const auto checked = check(problem, "gradient_descent:learning_rate=0.1", Eigen::Vector3d(0, 1, 1), 300);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
  EXPECT_NEAR(*checked.comparison.measured.factor, 0.5, 1e-12);
  const PredictedFactors predicted = predicted_factors(checked.statements, problem);
  EXPECT_NEAR(*predicted.problem_class, 0.9, 1e-12);
  EXPECT_NEAR(*predicted.local, 0.5, 1e-12);
}

// (-1, 1) is an eigenvector of 4: its part in that of 1, with the factor 0.8, is rounding.
TEST(CompareWithTheory, PredictsAStartAlongAnEigenvectorOfARotatedMatrix) {
  const auto problem = all_problems().make("quadratic:eigenvalues=1;4,angle=45");
  const auto checked = check(*problem, "gradient_descent:learning_rate=0.2", Eigen::Vector2d(-1, 1), 15);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
  EXPECT_NEAR(*checked.comparison.measured.factor, 0.2, 1e-6);
}

TEST(CompareWithTheory, SaysWhatAShortRunLacks) {
  const auto checked = check("quadratic:n=10,kappa=1e4", "gradient_descent:step=inverse_lipschitz", 4);
  EXPECT_EQ(checked.comparison.verdict, Verdict::undecided);
  EXPECT_NE(checked.comparison.reason.find("at least"), std::string::npos) << checked.comparison.reason;
}

TEST(CompareWithTheory, TakesTheLocalFactorBeforeTheClassBound) {
  // At 0 the Hessian is diag(1, …, 10), so that eta = 0.1 contracts by 0.9 close to it.
  const testing_problems::LogCosh problem(4, 1, 10);
  const auto checked = check(problem, "gradient_descent:learning_rate=0.15", problem.start(), 400);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees)
      << summary(checked.comparison) << checked.comparison.reason;
  EXPECT_EQ(checked.comparison.theory->scope, Scope::local);
  EXPECT_NEAR(*checked.comparison.measured.factor, 0.85, 1e-6);
}

TEST(CompareWithTheory, HoldsASublinearRunAgainstItsBound) {
  const testing_problems::Huber problem(1e-4, 1);  // the linear piece lasts for 1e4 steps
  const auto checked = check(problem, "gradient_descent:step=inverse_lipschitz", problem.start(), 500);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
  EXPECT_EQ(checked.comparison.theory->quantity, Quantity::gap);
}

TEST(CompareWithTheory, AcceptsTerminationInOneStep) {
  const auto checked = check("quadratic:n=3,kappa=1", "gradient_descent:learning_rate=1", 5);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
  EXPECT_EQ(checked.comparison.theory->terminates_within, 1);
}

// At eta = 2/L the steep coordinate changes its sign for ever: factor 1.
TEST(CompareWithTheory, AgreesThatTheLargestStableStepOscillatesForEver) {
  const auto checked =
      check("quadratic:eigenvalues=1;3", fmt::format("gradient_descent:learning_rate={:.17g}", 2.0 / 3), 200);
  EXPECT_EQ(checked.comparison.measured.kind, ConvergenceKind::cycling);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
}

TEST(CompareWithTheory, DoesNotJudgeARunThatComesToRestElsewhere) {
  // Newton's method with half steps goes from Beale's start to the saddle at (0, 1).
  const auto checked = check("beale", "newton:step_length=0.5", 200);
  EXPECT_EQ(checked.comparison.verdict, Verdict::undecided) << summary(checked.comparison);
  EXPECT_NE(checked.comparison.reason.find("came to rest away"), std::string::npos)
      << checked.comparison.reason;
}

TEST(CompareWithTheory, UsesTheGapWhereNoMinimiserIsKnown) {
  Trace trace({"iteration", "gap"});
  for (int k = 0; k < 100; ++k) trace.append({static_cast<double>(k), std::pow(0.64, k)});
  Statement statement;
  statement.strength = Strength::equality;
  statement.factor = 0.8;  // in the distance: the root of that in the gap
  EXPECT_EQ(compare_with_theory(trace, {statement}).verdict, Verdict::agrees);
  statement.factor = 0.64;
  EXPECT_EQ(compare_with_theory(trace, {statement}).verdict, Verdict::slower);
}

// The error halves where theory, with a damping of 0, predicts a tenth.
TEST(CompareWithTheory, SaysThatTheDampingKeepsARunSlow) {
  Trace trace({"iteration", "distance", "damping"});
  for (int k = 0; k < 40; ++k) trace.append({static_cast<double>(k), std::pow(0.5, k), 1e-2});
  Statement statement;
  statement.strength = Strength::equality;
  statement.factor = 0.1;
  const Comparison comparison = compare_with_theory(trace, {statement});
  EXPECT_EQ(comparison.verdict, Verdict::slower);
  EXPECT_NE(comparison.reason.find("the damping is still 0.01"), std::string::npos) << comparison.reason;
}

// Linear with 0.2 for eleven steps down to a floor of 1e-8: few lie above it.
TEST(CompareWithTheory, SaysThatTheFloorLeavesFewIterations) {
  Trace trace({"iteration", "distance"});
  for (int k = 0; k < 60; ++k) trace.append({static_cast<double>(k), std::max(std::pow(0.2, k), 1e-8)});
  Statement statement;
  statement.strength = Strength::equality;
  statement.factor = 0.02;
  const Comparison comparison = compare_with_theory(trace, {statement});
  EXPECT_EQ(comparison.verdict, Verdict::slower) << comparison.reason;
  EXPECT_NE(comparison.reason.find("round-off floor"), std::string::npos) << comparison.reason;
}

TEST(CompareWithTheory, TakesTheGradientWhereNoMinimumIsKnown) {
  Trace trace({"iteration", "gradient_norm"});
  for (int k = 0; k < 100; ++k) trace.append({static_cast<double>(k), std::pow(0.8, k)});
  Statement statement;
  statement.strength = Strength::equality;
  statement.factor = 0.8;
  const Comparison comparison = compare_with_theory(trace, {statement});
  EXPECT_EQ(comparison.measure, ErrorMeasure::gradient_norm);
  EXPECT_EQ(comparison.verdict, Verdict::agrees);
}

TEST(CompareWithTheory, IsUndecidedWithoutTheory) {
  const auto checked =
      check("quadratic:n=3,kappa=5", "gradient_descent:learning_rate=0.1,schedule=linear", 100);
  EXPECT_EQ(checked.comparison.verdict, Verdict::undecided);
  EXPECT_EQ(checked.comparison.reason, "no theory applies");
}

TEST(CompareWithTheory, NeedsEveryIteration) {
  Trace trace({"iteration", "distance"});
  trace.append({0, 1});
  trace.append({2, 0.25});
  EXPECT_EQ(compare_with_theory(trace, {}).reason, "the trace does not hold every iteration");
}

TEST(CompareWithTheory, NeedsAnIteration) {
  const Comparison comparison = compare_with_theory(Trace({"iteration", "distance", "step_length"}), {});
  EXPECT_EQ(comparison.verdict, Verdict::undecided);
  EXPECT_EQ(comparison.reason, "the trace is empty");
}

TEST(Summary, SaysWhenARunEndedThatTheoryEnds) {
  const auto checked = check("quadratic:n=10,kappa=100", "newton", 5);
  EXPECT_EQ(summary(checked.comparison), "measured ends after 1, theory ends within 1: agrees");
}

TEST(Summary, SaysHowNearARunCameToItsBound) {
  // The function is made to meet L R^2/(4k + 2) at k = 20 (Drori & Teboulle 2014, theorem 3.2).
  const auto checked = check("huber_worst_case:horizon=20", "gradient_descent:step=inverse_lipschitz", 20);
  EXPECT_EQ(summary(checked.comparison), "measured 1.00000 of the bound, theory at most k^-1.00: agrees");
}

TEST(Summary, HoldsSteepestDescentOnRosenbrockBelowItsLocalFactor) {
  // kappa = 2508.0096 at (1, 1): (kappa - 1)/(kappa + 1) = 0.999203 (Nocedal & Wright 2006, theorem 3.4).
  const auto checked = check("rosenbrock", "gradient_descent:step=exact", 30000);
  EXPECT_EQ(checked.comparison.verdict, Verdict::agrees) << summary(checked.comparison);
  EXPECT_NEAR(checked.comparison.theory->factor.value(), 2507.0096 / 2509.0096, 1e-9);
}

TEST(Summary, IsOneLineForAPerson) {
  const auto checked = check("quadratic:n=2,kappa=100", "gradient_descent:step=optimal", 800);
  EXPECT_EQ(summary(checked.comparison), "measured linear 0.98020, theory 0.98020: agrees");
}

}  // namespace
}  // namespace optbed::verdict_test
