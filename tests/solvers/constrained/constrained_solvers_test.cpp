// The methods for composite and equality-constrained problems against closed forms, theorems and textbooks.
#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/classic/constrained_examples.hpp"
#include "problems/convex/nonsmooth/lasso.hpp"
#include "problems/convex/nonsmooth/soft_threshold.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/constrained_quadratic.hpp"
#include "problems/quadratic/spectrum.hpp"
#include "solvers/constrained/augmented_lagrangian.hpp"
#include "solvers/constrained/lagrange.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed::constrained_solvers_test {
namespace {

Result run(const Problem& problem, const std::string& solver, Limits limits = {}) {
  const auto method = all_solvers().make(solver);
  return minimize(problem, *method, {.limits = limits, .trace = {.iterates = true}});
}

Result run(const std::string& problem, const std::string& solver, Limits limits = {}) {
  return run(*all_problems().make(problem), solver, limits);
}

const std::vector<std::string> composite_methods = {
    "proximal_gradient",
    "proximal_gradient:step=backtracking",
    "proximal_gradient:acceleration=fista",
    "proximal_gradient:acceleration=fista,restart=function",
    "proximal_gradient:acceleration=fista,restart=gradient",
    "admm:penalty=10",
    "admm:relaxation=1.6,penalty_rule=residual_balancing",
    "primal_dual:tau=0.1",
};

// A'A = I: the components part, and x* = soft(A'b, lambda) (Tibshirani 1996, section 2.2).
TEST(CompositeMethods, FindTheSoftThresholdOfAnOrthogonalDesign) {
  Random random(3);
  const Matrix A = random_orthonormal(12, 7, random);
  const Vector b = random.normal_matrix(12, 1);
  const Lasso problem(A, b, 0.3);
  Vector expected = A.transpose() * b;
  soft_threshold(expected, 0.3, expected);
  ASSERT_EQ((expected.array() == 0).count() > 0, true);
  for (const std::string& method : composite_methods) {
    const Result result = run(problem, method, {.max_iterations = 5000, .gradient_tolerance = 1e-10});
    EXPECT_EQ(result.stop, StopReason::gradient_tolerance) << method;
    // mu = 1: |x - x*| <= 2 |G| with the proximal gradient mapping G of length 1/L (L = 1).
    EXPECT_LE((result.x - expected).norm(), 2e-10 * std::sqrt(7.0)) << method;
  }
  EXPECT_EQ(run(problem, "proximal_gradient").iterations, 1) << "one step is the formula";
}

TEST(CompositeMethods, FindThePlantedMinimiserOfALasso) {
  for (const std::string& method : composite_methods) {
    const Result result = run("lasso:m=20,n=40,sparsity=4", method, {.max_iterations = 20000});
    EXPECT_TRUE(result.solved) << method << ": " << to_string(result.stop);
    EXPECT_LE(*result.distance, 1e-6) << method;
  }
  const Result through_data =
      run("lasso:m=20,n=40,sparsity=4,splitting=data", "primal_dual", {.max_iterations = 20000});
  EXPECT_TRUE(through_data.solved);
  EXPECT_LE(*through_data.distance, 1e-6);
}

TEST(CompositeMethods, FindThePlantedMinimiserOfBasisPursuit) {
  for (const char* splitting : {"identity", "data"}) {
    for (const char* method : {"admm", "primal_dual", "primal_dual:tau=0.3"}) {
      const std::string problem = fmt::format("basis_pursuit:m=20,n=40,sparsity=4,splitting={}", splitting);
      if (method == std::string("admm") && splitting == std::string("data")) continue;
      const Result result = run(problem, method, {.max_iterations = 20000});
      EXPECT_TRUE(result.solved) << method << " on " << problem << ": " << to_string(result.stop);
      EXPECT_LE(*result.infeasibility, 1e-8);
      EXPECT_LE(*result.distance, 1e-6) << method << " on " << problem;
    }
  }
}

TEST(CompositeMethods, FindThePlantedSignalOfATotalVariation) {
  for (const char* method : {"admm", "admm:relaxation=1.7", "primal_dual", "primal_dual:tau=0.2"}) {
    const Result result = run("total_variation:n=30,jumps=3", method, {.max_iterations = 20000});
    EXPECT_TRUE(result.solved) << method << ": " << to_string(result.stop);
    EXPECT_LE(*result.distance, 1e-6) << method;
  }
}

// Theorem 3.1 and 4.4 of Beck & Teboulle are tests of the theory. Here what a restart is for: on a strongly
// convex lasso FISTA ripples, and restarted it does not, and comes to 1e-10 earlier (O'Donoghue & Candès 2015,
// figure 1).
TEST(Fista, ComesEarlierToATightToleranceWithARestart) {
  const std::string problem = "lasso:m=60,n=40,sparsity=5,lambda=0.1,seed=3";
  const Limits limits{.max_iterations = 5000, .gradient_tolerance = 1e-10};
  const auto rises = [&](const std::string& options) {
    const Result result = run(problem, "proximal_gradient:acceleration=fista" + options, limits);
    EXPECT_TRUE(result.solved);
    const std::vector<double>& value = result.trace.column("value");
    long count = 0;
    for (std::size_t k = 1; k < value.size(); ++k) count += value[k] > value[k - 1] * (1 + 1e-14) ? 1 : 0;
    return std::pair(result.iterations, count);
  };
  const auto [plain_iterations, plain_rises] = rises("");
  EXPECT_GT(plain_rises, 10);
  for (const char* restart : {",restart=function", ",restart=gradient"}) {
    const auto [iterations, count] = rises(restart);
    EXPECT_LT(2 * iterations, plain_iterations) << restart;
    EXPECT_LT(3 * count, plain_rises) << restart;
  }
}

TEST(Fista, GivesItsMomentumUpInARestartOnly) {
  const Result result = run("lasso:m=60,n=40,sparsity=5,lambda=0.1,seed=3",
                            "proximal_gradient:acceleration=fista,restart=function", {.max_iterations = 300});
  const auto& restarted = result.trace.column("restarted");
  const auto& momentum = result.trace.column("momentum");
  const auto& value = result.trace.column("value");
  long restarts = 0;
  for (std::size_t k = 1; k < restarted.size(); ++k) {
    // Looked at afresh, the values carry their own rounding.
    if (std::abs(value[k] - value[k - 1]) > 1e-13 * value[k]) {
      EXPECT_EQ(restarted[k] == 1, value[k] > value[k - 1]) << k;
    }
    if (restarted[k] == 1) {
      EXPECT_EQ(momentum[k], 0);
      ++restarts;
    }
  }
  EXPECT_GE(restarts, 2);
}

TEST(ProximalGradient, FindsALipschitzConstantThatIsNotTwiceTooLarge) {
  const auto problem = all_problems().make("lasso:m=20,n=40,sparsity=4");
  const Result result =
      run(*problem, "proximal_gradient:step=backtracking,lipschitz=1e-3", {.max_iterations = 500});
  const double L = 1 / result.trace.column("step_size").back();
  EXPECT_LE(L, 2 * problem->facts().lipschitz->value);
  EXPECT_EQ(std::exp2(std::round(std::log2(L / 1e-3))), L / 1e-3) << "a power of 2 times the first";
}

TEST(Admm, HasResidualsThatVanish) {
  const Result result = run("total_variation:n=30,jumps=3", "admm", {.max_iterations = 20000});
  EXPECT_LE(result.trace.column("primal_residual").back(), 1e-7);
  EXPECT_LE(result.trace.column("dual_residual").back(), 1e-7);
}

TEST(Admm, BalancesItsResidualsFromAPenaltyThatIsFarOff) {
  for (const char* penalty : {"1e-4", "1e5"}) {
    const std::string fixed = fmt::format("admm:penalty={}", penalty);
    const Limits limits{.max_iterations = 2000};
    EXPECT_FALSE(run("lasso:m=20,n=40,sparsity=4", fixed, limits).solved) << penalty;
    EXPECT_TRUE(run("lasso:m=20,n=40,sparsity=4", fixed + ",penalty_rule=residual_balancing", limits).solved)
        << penalty;
  }
}

// Theorem 2 of Chambolle & Pock 2011: |x_k - x*| = O(1/k), while tau falls like 1/(gamma k) with gamma = 1.
TEST(PrimalDual, FollowsAStronglyConvexFWithItsSteps) {
  const Result result = run("total_variation:n=30,jumps=3", "primal_dual:acceleration=strongly_convex",
                            {.max_iterations = 4000, .gradient_tolerance = 0});
  const std::vector<double>& distance = result.trace.column("distance");
  const auto largest_from = [&](std::size_t k) {
    return *std::max_element(distance.begin() + static_cast<long>(k),
                             distance.begin() + static_cast<long>(2 * k));
  };
  EXPECT_LE(largest_from(2000) * 2000, 2 * largest_from(100) * 100);
  EXPECT_NEAR(result.trace.column("tau").back() * 4000, 1, 0.05);
}

TEST(PrimalDual, HasResidualsThatVanish) {
  const Result result = run("basis_pursuit:m=20,n=40,sparsity=4,splitting=data", "primal_dual",
                            {.max_iterations = 5000, .gradient_tolerance = 0});
  EXPECT_LE(result.trace.column("primal_residual").back(), 1e-7);
  EXPECT_LE(result.trace.column("dual_residual").back(), 1e-7);
}

TEST(PrimalDual, RefusesStepsBeyondItsBoundAndNamesThem) {
  const auto problem = all_problems().make("total_variation:n=30");
  const std::string missing = all_solvers().make("primal_dual:tau=0.6,sigma=0.5")->unmet_need(*problem);
  for (const char* part : {"tau = 0.6", "sigma = 0.5", "|K|^2"}) {
    EXPECT_NE(missing.find(part), std::string::npos) << missing;
  }
  // |D| < 2.
  EXPECT_EQ(all_solvers().make("primal_dual:tau=0.5,sigma=0.5")->unmet_need(*problem), "");
  EXPECT_EQ(all_solvers().make("primal_dual:tau=100")->unmet_need(*problem), "");
  EXPECT_EQ(run(*problem, "primal_dual:tau=0.6,sigma=0.5").stop, StopReason::unsupported);
}

// (x*, lambda*) from the whole system by LU, the method's by its null space.
TEST(Lagrange, SolvesAQuadraticOnAnAffineSetInOneStep) {
  for (const char* name : {"constrained_quadratic", "constrained_quadratic:n=40,p=15,kappa=1e4,seed=2",
                           "constrained_quadratic:n=5,p=5"}) {
    const auto made = all_problems().make(name);
    const auto& problem = dynamic_cast<const ConstrainedQuadratic&>(*made);
    const Index n = problem.dimension();
    const Index p = problem.constraint_count();
    Matrix M = Matrix::Zero(n + p, n + p);
    Matrix H(n, n), A(p, n);
    Vector right(n + p), g(n), c(p);
    problem.hessian(problem.start(), H);
    problem.constraint_jacobian(problem.start(), A);
    problem.gradient(problem.start(), g);
    problem.constraints(problem.start(), c);
    M.topLeftCorner(n, n) = H;
    M.topRightCorner(n, p) = -A.transpose();
    M.bottomLeftCorner(p, n) = A;
    right << -g, -c;  // from x = 0
    const Vector solution = Eigen::FullPivLU<Matrix>(M).solve(right);
    for (const char* safeguard : {"line_search", "none"}) {
      Lagrange lagrange(Lagrange::option_table().parse("lagrange", {{"safeguard", safeguard}}));
      const Result result =
          minimize(problem, lagrange, {.limits = {.max_iterations = 1, .gradient_tolerance = 0}});
      const double rounding = 1e-14 * static_cast<double>(n) * problem.facts().lipschitz->value;
      EXPECT_LE((result.x - solution.head(n)).norm(), rounding * solution.norm()) << name;
      EXPECT_LE((lagrange.multipliers() - solution.tail(p)).norm(), rounding * solution.norm()) << name;
      EXPECT_LE((lagrange.multipliers() - problem.multipliers()).norm(), rounding * solution.norm()) << name;
    }
  }
}

TEST(Lagrange, ConvergesQuadraticallyToTheTextbooksSolutions) {
  for (const char* name : {"circle", "maratos", "powell_exponential"}) {
    const Result result = run(name, "lagrange", {.gradient_tolerance = 1e-12});
    EXPECT_TRUE(result.solved) << name << " " << to_string(result.stop);
    EXPECT_LE(*result.distance, 1e-11) << name;
    EXPECT_LE(result.iterations, 12) << name;
    const std::vector<double>& distance = result.trace.column("distance");
    for (std::size_t k = 0; k + 1 < distance.size(); ++k) {
      // e_{k+1} <= C e_k^2 with a constant of the size of the problem's numbers, until rounding.
      if (distance[k] < 0.1 && distance[k + 1] > 1e-12) {
        EXPECT_LE(distance[k + 1], 20 * distance[k] * distance[k]) << name << ", iteration " << k;
      }
    }
  }
}

TEST(Lagrange, FindsTheMultipliersOfTheTextbook) {
  Lagrange lagrange;
  minimize(Circle(), lagrange, {.limits = {.gradient_tolerance = 1e-12}});
  EXPECT_NEAR(lagrange.multipliers()[0], -0.5, 1e-10);
  minimize(Maratos(), lagrange, {.limits = {.gradient_tolerance = 1e-12}});
  EXPECT_NEAR(lagrange.multipliers()[0], 1.5, 1e-10);
}

// From near the maximum at (1, 1), where the Hessian of the Lagrangian is negative definite: Newton's method on
// Lagrange's conditions alone goes there.
TEST(Lagrange, LeavesAMaximumBecauseItShiftsTheHessian) {
  const Circle problem;
  for (const char* safeguard : {"line_search", "none"}) {
    const auto method = all_solvers().make(fmt::format("lagrange:safeguard={}", safeguard));
    const Result result = minimize(problem, *method, {.limits = {}, .start = Vector{{0.9, 1.2}}});
    EXPECT_LE((result.x - Vector{{-1, -1}}).norm(), 1e-7) << safeguard;
  }
}

// Nocedal & Wright 2006, section 15.4: from (cos t, sin t) the whole step raises f and |c|; the correction
// takes it.
TEST(Lagrange, TakesTheSecondOrderCorrectionAgainstMaratosEffect) {
  const Maratos problem;
  Lagrange lagrange;
  const double t = 0.1;
  Oracle f(problem);
  ASSERT_FALSE(lagrange.start(f, Vector{{std::cos(t), std::sin(t)}}));
  ASSERT_FALSE(lagrange.step(f).stop);
  std::vector<double> properties(3);
  lagrange.properties(properties);
  EXPECT_EQ(properties[2], 1) << "corrected";
  // The corrected step is third-order close to the whole one, whose error is t^2/2 (15.36).
  EXPECT_LE((lagrange.current().x - Vector{{1, 0}}).norm(), t * t);
}

TEST(Lagrange, FailsWithoutMovingWhereConstraintsContradictOrRepeatEachOther) {
  const Matrix H = Matrix::Identity(3, 3);
  const Matrix A{{1, 2, 0}, {2, 4, 0}};
  for (const Vector& b : {Vector{{1, 3}}, Vector{{1, 2}}}) {  // inconsistent, redundant
    const ConstrainedQuadratic problem(H, Vector::Ones(3), A, b);
    const Result result = run(problem, "lagrange");
    EXPECT_EQ(result.stop, StopReason::linear_solve_failed);
    EXPECT_EQ(result.x, Vector::Zero(3));
    EXPECT_EQ(result.iterations, 0);
    EXPECT_FALSE(result.solved);
  }
  const ConstrainedQuadratic too_many(Matrix::Identity(2, 2), Vector::Ones(2), Matrix::Random(3, 2),
                                      Vector::Ones(3));
  EXPECT_EQ(run(too_many, "lagrange").stop, StopReason::linear_solve_failed);
}

// A quadratic without a minimum on the constraints: indefinite on their null space, it is shifted and falls for
// ever.
TEST(Lagrange, DescendsWhereThereIsNoMinimum) {
  const Matrix H = Vector{{1, -1}}.asDiagonal();
  const ConstrainedQuadratic problem(H, Vector::Zero(2), Matrix{{1, 0}}, Vector::Ones(1));
  const auto method = all_solvers().make("lagrange");
  const Result result =
      minimize(problem, *method, {.limits = {.max_iterations = 20}, .trace = {}, .start = Vector{{1, 0.1}}});
  const std::vector<double>& value = result.trace.column("value");
  EXPECT_LT(value.back(), value.front() - 1);
  EXPECT_GT(result.trace.column("shift").back(), 1);
  EXPECT_FALSE(result.solved);
}

class AugmentedLagrangianInner : public ::testing::TestWithParam<InnerMethod> {};

TEST_P(AugmentedLagrangianInner, ConvergesToTheMultipliersOfTheTextbook) {
  AugmentedLagrangianOptions options;
  options.inner = GetParam();
  AugmentedLagrangian method(options);
  const Result circle = minimize(Circle(), method, {.limits = {.max_iterations = 100}});
  EXPECT_TRUE(circle.solved) << to_string(circle.stop);
  EXPECT_LE(*circle.distance, 1e-7);
  EXPECT_NEAR(method.multipliers()[0], -0.5, 1e-6);
  const Result maratos = minimize(Maratos(), method, {.limits = {.max_iterations = 100}});
  EXPECT_TRUE(maratos.solved) << to_string(maratos.stop);
  EXPECT_NEAR(method.multipliers()[0], 1.5, 1e-6);
  const Result powell = minimize(PowellExponential(), method, {.limits = {.max_iterations = 100}});
  EXPECT_TRUE(powell.solved) << to_string(powell.stop);
  EXPECT_LE(*powell.distance, 1e-6);
  const ConstrainedQuadratic quadratic(ConstrainedQuadraticOptions{.n = 10, .p = 3, .kappa = 20});
  const Result affine = minimize(quadratic, method, {.limits = {.max_iterations = 100}});
  EXPECT_TRUE(affine.solved) << to_string(affine.stop);
  EXPECT_LE((method.multipliers() - quadratic.multipliers()).norm(), 1e-5);
}

std::string inner_name(const ::testing::TestParamInfo<InnerMethod>& inner) {
  const std::vector<std::string> names = {"lbfgs", "bfgs", "newton"};
  return names[static_cast<std::size_t>(inner.param)];
}

INSTANTIATE_TEST_SUITE_P(All, AugmentedLagrangianInner,
                         ::testing::Values(InnerMethod::bfgs, InnerMethod::lbfgs, InnerMethod::newton),
                         inner_name);

// On a quadratic with one constraint a'x = b the exact minimiser gives lambda_{k+1} - lambda* = (lambda_k -
// lambda*)/(1 + mu a'H^-1 a) (Bertsekas 1982, section 2.2.3).
TEST(AugmentedLagrangian, ContractsTheMultiplierAsItsPenaltySays) {
  const Matrix H = Vector{{1, 4}}.asDiagonal();
  const ConstrainedQuadratic problem(H, Vector{{1, 1}}, Matrix{{1, 2}}, Vector::Constant(1, 3));
  // a'H^-1 a = 1 + 1 = 2, a'H^-1 q = 1.5: lambda* = (b - a'H^-1 q)/(a'H^-1 a) = 0.75.
  AugmentedLagrangianOptions options;
  options.inner = InnerMethod::newton;
  AugmentedLagrangian method(options);  // mu = 10
  Oracle f(problem);
  ASSERT_FALSE(method.start(f, problem.start()));
  double error = 0.75;
  for (int k = 0; k < 3; ++k) {
    ASSERT_FALSE(method.step(f).stop);
    error /= 1 + 10 * 2;
    EXPECT_NEAR(0.75 - method.multipliers()[0], error, 1e-12) << k;
  }
}

TEST(AugmentedLagrangian, RaisesItsPenaltyWhereTheConstraintsLagBehind) {
  const Result result =
      run("powell_exponential", "augmented_lagrangian:penalty=1.5,growth=10", {.max_iterations = 100});
  EXPECT_TRUE(result.solved) << to_string(result.stop);
  const std::vector<double>& penalty = result.trace.column("penalty");
  EXPECT_GT(penalty.back(), penalty.front());
  for (std::size_t k = 1; k < penalty.size(); ++k) {
    EXPECT_TRUE(penalty[k] == penalty[k - 1] || std::abs(penalty[k] / penalty[k - 1] - 10) < 1e-9);
  }
}

TEST(MethodsForStructure, SayWhatAProblemOfAnotherKindLacks) {
  const auto need = [](const std::string& solver, const std::string& problem) {
    return all_solvers().make(solver)->unmet_need(*all_problems().make(problem));
  };
  EXPECT_EQ(need("lagrange", "rosenbrock"), "equality constraints");
  EXPECT_EQ(need("augmented_lagrangian", "quadratic"), "equality constraints");
  EXPECT_NE(need("proximal_gradient", "rosenbrock").find("composite form"), std::string::npos);
  EXPECT_NE(need("proximal_gradient", "total_variation").find("K = I"), std::string::npos);
  EXPECT_NE(need("proximal_gradient", "lasso:splitting=data").find("smooth part"), std::string::npos);
  EXPECT_NE(need("proximal_gradient", "basis_pursuit").find("constraints"), std::string::npos);
  EXPECT_NE(need("admm", "lasso:splitting=data").find("closed form"), std::string::npos);
  EXPECT_NE(need("admm", "circle").find("composite form"), std::string::npos);
  EXPECT_NE(need("primal_dual:acceleration=strongly_convex", "lasso").find("strongly convex f"),
            std::string::npos);
  EXPECT_NE(need("lagrange", "lasso").find("gradient"), std::string::npos);
}

TEST(MethodsOfValues, TakeAProblemWithKinksButNoneWithConstraints) {
  for (const char* name : {"nelder_mead", "genetic", "differential_evolution", "cma_es", "simulated_annealing",
                           "metropolis_hastings"}) {
    const auto method = all_solvers().make(name);
    EXPECT_EQ(method->unmet_need(*all_problems().make("lasso")), "") << name;
    EXPECT_NE(method->unmet_need(*all_problems().make("circle")).find("constraints"), std::string::npos)
        << name;
  }
  EXPECT_NE(all_solvers().make("langevin")->unmet_need(*all_problems().make("lasso")), "");
  const Result result = run("lasso:m=3,n=2,sparsity=1", "nelder_mead",
                            {.max_iterations = 2000, .gradient_tolerance = 0, .gap_tolerance = 1e-8});
  EXPECT_TRUE(result.solved) << to_string(result.stop);
}

TEST(MethodsForStructure, RefuseOptionsThatDoNotGoTogether) {
  const SolverRegistry solvers = all_solvers();
  const auto error = [&](const std::string& text) -> std::string {
    try {
      solvers.make(text);
    } catch (const UsageError& wrong) {
      return wrong.what();
    }
    return {};
  };
  EXPECT_NE(error("proximal_gradient:restart=function").find("acceleration"), std::string::npos);
  EXPECT_NE(error("proximal_gradient:increase=3").find("backtracking"), std::string::npos);
  EXPECT_NE(error("primal_dual:theta=0.5,acceleration=strongly_convex").find("theta"), std::string::npos);
  EXPECT_NE(error("admm:relaxation=2").find("(0, 2)"), std::string::npos);
}

}  // namespace
}  // namespace optbed::constrained_solvers_test
