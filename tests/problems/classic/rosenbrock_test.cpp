#include "problems/classic/rosenbrock.hpp"

#include <gtest/gtest.h>

#include "problems/all_problems.hpp"
#include "problems/decompositions.hpp"

namespace optbed::rosenbrock_test {
namespace {

// f(-1.2, 1) = 100 (1 - 1.44)^2 + 2.2^2, gradient (400 * 1.2 * (-0.44) - 4.4, 200 * (-0.44)), by hand.
TEST(Rosenbrock, HasThePublishedValueAndGradientAtItsStart) {
  const Rosenbrock problem;
  Vector g(2);
  EXPECT_NEAR(problem.gradient(problem.start(), g), 24.2, 1e-14 * 24.2);
  EXPECT_NEAR(g[0], -215.6, 1e-13);
  EXPECT_NEAR(g[1], -88, 1e-13);
}

// Moré, Garbow, Hillstrom's no. 21 is n/2 copies of no. 1: 5 * 24.2 at n = 10.
TEST(Rosenbrock, IsASumOfCopiesWhereExtended) {
  const Rosenbrock problem({.n = 10});
  EXPECT_NEAR(problem.value(problem.start()), 121, 1e-12);
  EXPECT_EQ(problem.residual_count(), 10);
}

// Chained at (-1.2, 1, -1.2): 24.2 of the first pair and 100 (-1.2 - 1)^2 + 0 of the second.
TEST(Rosenbrock, SharesComponentsBetweenPairsWhereChained) {
  const Rosenbrock problem({.n = 3, .form = RosenbrockForm::chained});
  EXPECT_NEAR(problem.value(problem.start()), 24.2 + 484, 1e-12);
  EXPECT_EQ(problem.residual_count(), 4);
}

TEST(Rosenbrock, HasTheSameTwoDimensionalFunctionInBothForms) {
  const Rosenbrock extended;
  const Rosenbrock chained({.form = RosenbrockForm::chained});
  const Vector x{{0.3, -0.8}};
  Vector g(2), h(2);
  EXPECT_EQ(extended.gradient(x, g), chained.gradient(x, h));
  EXPECT_EQ(g, h);
}

// H(1,1) = (802, -400; -400, 200): the eigenvalues are 501 +- sqrt(301^2 + 400^2).
TEST(Rosenbrock, HasTheKnownConditionNumberAtItsMinimiser) {
  const Rosenbrock problem;
  Matrix H(2, 2);
  problem.hessian(Vector::Ones(2), H);
  const Vector lambda = symmetric_eigenvalues(H).value();
  const double root = std::sqrt(301.0 * 301 + 400.0 * 400);
  const double expected = (501 + root) / (501 - root);
  EXPECT_NEAR(expected, 2508.0096, 5e-5);
  EXPECT_NEAR(lambda[1] / lambda[0], expected, 1e-13 * expected * expected);
}

TEST(Rosenbrock, RefusesAnOddDimensionWhereExtended) {
  EXPECT_THROW(all_problems().make("rosenbrock:n=3"), UsageError);
  EXPECT_EQ(all_problems().make("rosenbrock:n=3,form=chained")->dimension(), 3);
}

TEST(Rosenbrock, MultipliesByItsHessianInAMillionDimensions) {
  const Index n = 1'000'000;
  for (const auto form : {RosenbrockForm::extended, RosenbrockForm::chained}) {
    const Rosenbrock problem({.n = n, .form = form});
    Vector Hv(n);
    problem.hessian_vector(Vector::Ones(n), Vector::Ones(n), Hv);
    // Row sums of the tridiagonal Hessian at (1, …, 1), by hand: 802 - 400 at the first component of a pair,
    // 200 - 400 at the second, and their sum where a component is both.
    EXPECT_EQ(Hv[0], 402);
    EXPECT_EQ(Hv[n - 1], -200);
    EXPECT_EQ(Hv[n / 2], form == RosenbrockForm::extended ? 402 : 202);
  }
}

}  // namespace
}  // namespace optbed::rosenbrock_test
