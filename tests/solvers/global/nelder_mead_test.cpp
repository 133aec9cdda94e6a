#include "solvers/global/nelder_mead.hpp"

#include <gtest/gtest.h>

#include "problems/classic/rosenbrock.hpp"
#include "problems/errors.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "tests/solvers/global/test_functions.hpp"
#include "tests/solvers/reference/nelder_mead.hpp"

namespace optbed::nelder_mead_test {
namespace {

using testing::values_only;

// What MATLAB's fminsearch, which has these rules, tells of Rosenbrock's function from its standard start with
// its default tolerances: 85 iterations and 159 evaluations (MathWorks, documentation of fminsearch).
TEST(NelderMead, TakesTheIterationsAndEvaluationsThatArePublishedForRosenbrock) {
  NelderMead solver({.size_tolerance = 1e-4, .value_tolerance = 1e-4});
  const Result result = minimize(Rosenbrock(), solver, {.limits = {.gradient_tolerance = 0}});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_EQ(result.iterations, 85);
  EXPECT_EQ(result.evaluations.value, 159);
  EXPECT_LT(result.value, 1e-8);
}

// Differences of rounding grow with the steps, and 150 of them agree to 1e-10 only where no comparison is
// close; that none is, is part of what is tested.
TEST(NelderMead, MakesTheIteratesOfASecondImplementation) {
  for (const RosenbrockForm form : {RosenbrockForm::extended, RosenbrockForm::chained}) {
    const Rosenbrock problem({.n = 4, .form = form});
    const auto f = [&problem](const reference::Coordinates& x) {
      return problem.value(Eigen::Map<const Vector>(x.data(), static_cast<Index>(x.size())));
    };
    const Vector x0 = problem.start();
    std::vector<reference::Coordinates> vertices(5, reference::Coordinates(x0.begin(), x0.end()));
    for (std::size_t i = 1; i < 5; ++i) vertices[i][i - 1] += 0.5;
    const int iterations = 150;
    const auto expected = reference::nelder_mead(f, vertices, iterations);

    NelderMead solver({.edge = 0.5});
    Oracle oracle(problem);
    ASSERT_FALSE(solver.start(oracle, x0));
    long shrinks = 0;
    for (std::size_t k = 0; k <= iterations; ++k) {  // the first step forms the simplex
      const long before = oracle.counts().value;
      ASSERT_FALSE(solver.step(oracle).stop);
      shrinks += k > 0 && oracle.counts().value - before > 2 ? 1 : 0;
      for (Index j = 0; j < 4; ++j) {
        ASSERT_NEAR(solver.current().x[j], expected[k][static_cast<std::size_t>(j)], 1e-10)
            << "iteration " << k;
      }
    }
    EXPECT_EQ(shrinks, 0);  // rare, but not here: the next test has them
  }
}

// A function that is 1 everywhere but at the start: every iteration reflects, contracts and shrinks, at n + 2
// values, and halves the simplex.
TEST(NelderMead, ShrinksTowardsTheBestVertexWhereNothingIsBetter) {
  const auto problem = values_only(Vector::Zero(3), [](const Vector& x) { return x.isZero(0) ? 0 : 1; });
  NelderMead solver({.edge = 1});
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  solver.step(f);
  EXPECT_EQ(f.counts().value, 4);
  for (int k = 1; k <= 5; ++k) {
    EXPECT_FALSE(solver.step(f).accepted);
    EXPECT_EQ(f.counts().value, 4 + 5 * k);
    for (Index i = 1; i <= 3; ++i) EXPECT_EQ(solver.simplex()[i].x.norm(), std::pow(0.5, k));
  }
  EXPECT_EQ(solver.current().x, problem.start());
}

// McKinnon 1998, (1.1) with (tau, theta, phi) = (2, 6, 60): a strictly convex function with continuous first
// derivatives, and a simplex that contracts for ever to 0, where the gradient is (0, 1). The minimum is -1/4 at
// (0, -1/2).
TEST(NelderMead, ConvergesToMcKinnonsPointThatIsNotStationary) {
  const auto problem = values_only(Vector::Zero(2), [](const Vector& x) {
    return (x[0] <= 0 ? 360 : 6) * x[0] * x[0] + x[1] + x[1] * x[1];
  });
  const double root = std::sqrt(33.0);
  const double lambda1 = (1 + root) / 8;
  const double lambda2 = (1 - root) / 8;
  NelderMead solver({.vertices = {lambda1, lambda2, 1, 1}, .size_tolerance = 1e-4, .value_tolerance = 1e-4});
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  StepInfo info;
  int k = 0;
  for (; !(info = solver.step(f)).stop; ++k) {
    // Theorem 2: the vertices are 0, (lambda_1^k, lambda_2^k) and (lambda_1^(k+1), lambda_2^(k+1)).
    EXPECT_EQ(solver.simplex()[0].x, Vector::Zero(2));
    const Vector expected{{std::pow(lambda1, k + 1), std::pow(lambda2, k + 1)}};
    EXPECT_LE((solver.simplex()[1].x - expected).norm(), 1e-12) << k;
  }
  EXPECT_EQ(info.stop, StopReason::stalled);
  EXPECT_GT(k, 40);
  EXPECT_EQ(solver.current().x, Vector::Zero(2));
}

// Gao & Han 2012, table 3: on the sum of squares in many dimensions the standard coefficients creep.
TEST(NelderMead, NeedsAdaptiveCoefficientsInManyDimensions) {
  const DiagonalQuadratic problem(spectrum_of(Spectrum::linear, 24, 10), Vector::Zero(24));
  const Limits limits{.max_iterations = 20000, .gradient_tolerance = 0, .gap_tolerance = 1e-6};
  NelderMead adaptive({.coefficients = SimplexCoefficients::adaptive});
  NelderMead standard({});
  const Result fast = minimize(problem, adaptive, {.limits = limits});
  const Result slow = minimize(problem, standard, {.limits = limits});
  EXPECT_EQ(fast.stop, StopReason::value_target);
  EXPECT_GT(slow.iterations, 2 * fast.iterations);
}

TEST(NelderMead, HasTheSameCoefficientsInTwoDimensions) {
  NelderMead adaptive({.coefficients = SimplexCoefficients::adaptive});
  NelderMead standard({});
  const MinimizeSettings settings{.limits = {.max_iterations = 60, .gradient_tolerance = 0}};
  EXPECT_EQ(minimize(Rosenbrock(), adaptive, settings).x, minimize(Rosenbrock(), standard, settings).x);
}

TEST(NelderMead, EndsWhereItsSimplexIsLostInRounding) {
  NelderMead solver({});
  const Result result = minimize(Rosenbrock(), solver, {.limits = {.gradient_tolerance = 0}});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_LT(*result.distance, 1e-12);
}

TEST(NelderMead, SaysWhichOptionsExcludeEachOtherAndHowManyNumbersVerticesAre) {
  const auto message = [](const std::string& text) -> std::string {
    try {
      all_solvers().make(text);
    } catch (const UsageError& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_NE(message("nelder_mead:edge=1,vertices=1;2;3;4").find("'edge' and 'vertices'"), std::string::npos);
  const auto solver = all_solvers().make("nelder_mead:vertices=1;2;3");
  EXPECT_NE(solver->missing(Rosenbrock()).find("4, not 3"), std::string::npos);
}

}  // namespace
}  // namespace optbed::nelder_mead_test
