#include "problems/learning/logistic_regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::logistic_regression_test {
namespace {

using testing::epsilon;

// One sample a = 2, b = -1 and lambda = 0.5 at x = 1: f = log(1 + exp(2)) + 0.25, f' = 2/(1 + exp(-2)) + 0.5.
TEST(LogisticRegression, HasTheValueAndGradientOfItsFormula) {
  const LogisticRegression problem({Matrix{{2}}, Vector{{-1}}}, 0.5);
  Vector g(1);
  EXPECT_NEAR(problem.gradient(Vector::Ones(1), g), std::log(1 + std::exp(2.0)) + 0.25, 10 * epsilon);
  EXPECT_NEAR(g[0], 2 / (1 + std::exp(-2.0)) + 0.5, 10 * epsilon);
}

TEST(LogisticRegression, IsLogTwoAtZero) {
  EXPECT_NEAR(LogisticRegression().value(Vector::Zero(10)), std::log(2.0), 100 * epsilon);
}

// Where a'x = +-1e4, exp would overflow; log(1 + exp(1e4)) = 1e4 and log(1 + exp(-1e4)) = 0 in double
// precision.
TEST(LogisticRegression, DoesNotOverflow) {
  const double lambda = 1e-3;
  const LogisticRegression problem({Matrix{{1, 1}}, Vector{{1, -1}}}, lambda);
  for (const double x : {1e4, -1e4}) {
    Vector g(1);
    const double regularisation = lambda / 2 * x * x;
    EXPECT_NEAR(problem.gradient(Vector{{x}}, g), 0.5e4 + regularisation, 1e-10);
    EXPECT_NEAR(g[0], (x > 0 ? 0.5 : -0.5) + lambda * x, 1e-12);
    Matrix H(1, 1);
    problem.hessian(Vector{{x}}, H);
    EXPECT_EQ(H(0, 0), lambda);
  }
}

// L is the largest eigenvalue of the Hessian at 0, and so attained.
TEST(LogisticRegression, AttainsItsLipschitzConstantAtZero) {
  for (const long samples : {5L, 200L}) {
    const LogisticRegression problem({.samples = samples, .features = 20});
    const double greatest = testing::eigenvalues_at(problem, Vector::Zero(20)).maxCoeff();
    EXPECT_NEAR(problem.facts().lipschitz->value, greatest, 1000 * epsilon * greatest);
  }
}

// With one sample a = 1, b = 1 the minimiser solves lambda x = 1/(1 + exp(x)): it is 2 for
// lambda = 1/(2 (1 + exp(2))).
TEST(LogisticRegression, FindsAMinimiserThatIsKnown) {
  const double lambda = 1 / (2 * (1 + std::exp(2.0)));
  const LogisticRegression problem({Matrix{{1}}, Vector{{1}}}, lambda);
  EXPECT_NEAR(problem.facts().minimisers.at(0).value[0], 2, 100 * epsilon);
  EXPECT_NEAR(problem.facts().minimum->value, std::log1p(std::exp(-2.0)) + 2 * lambda, 10 * epsilon);
}

TEST(LogisticRegression, DrawsBothLabelsAsItsModelSays) {
  const LabelledData data = generated_data({.samples = 2000, .features = 3, .seed = 4});
  EXPECT_EQ(data.inputs.cols(), 2000);
  EXPECT_TRUE((data.labels.array().abs() == 1).all());
  // The inputs are symmetric about 0, so that both labels have the probability 1/2: five standard deviations.
  EXPECT_LE(std::abs(data.labels.sum()), 5 * std::sqrt(2000.0));
}

// Beyond what is worth a minimiser, where kappa needs L anyway.
TEST(LogisticRegression, KnowsTheConditionNumberThatWasAskedFor) {
  const auto large = all_problems().make("logistic_regression:samples=5,features=1001,kappa=50");
  EXPECT_FALSE(large->facts().minimum);
  EXPECT_NEAR(large->facts().condition_number().value(), 50, 1e-12 * 50);
  EXPECT_FALSE(all_problems().make("logistic_regression:samples=5,features=1001")->facts().lipschitz);
}

}  // namespace
}  // namespace optbed::logistic_regression_test
