#include "analysis/performance_estimation/fixed_step_method.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed::fixed_step_method_test {
namespace {

using ::testing::HasSubstr;

FixedStepMethod read(const std::string& text, const SmoothConvexClass& functions, long steps) {
  const auto solver = all_solvers().make(text);
  return read_fixed_steps(*solver, text, functions, steps);
}

std::string refusal(const std::string& text) {
  try {
    read(text, {.mu = 0.1, .lipschitz = 1}, 3);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "it has fixed steps";
}

TEST(FixedStepMethod, IsALowerTriangleOfOnesForGradientDescent) {
  const FixedStepMethod method = read("gradient_descent:step=inverse_lipschitz", {.lipschitz = 3}, 4);
  ASSERT_EQ(method.steps(), 4);
  ASSERT_EQ(method.gradients(), 5);
  const Matrix expected = Matrix::Ones(5, 5).triangularView<Eigen::StrictlyLower>();
  EXPECT_LE((method.evaluations - expected).norm(), 1e-15);
  EXPECT_LE((method.iterates - expected).norm(), 1e-15);
}

// x_{k+1} - x_k = -alpha sum_j beta^(k-j) g_j (Polyak 1964).
TEST(FixedStepMethod, SumsTheMomentumOfTheHeavyBall) {
  const double L = 4;
  const FixedStepMethod method = read("momentum:learning_rate=0.2,momentum=0.6", {.lipschitz = L}, 5);
  for (Index k = 0; k <= 5; ++k) {
    for (Index j = 0; j < method.gradients(); ++j) {
      double expected = 0;
      for (Index step = j; step < k; ++step) expected += L * 0.2 * std::pow(0.6, step - j);
      EXPECT_NEAR(method.iterates(k, j), expected, 1e-14) << k << ", " << j;
    }
  }
}

// The recursion of the coefficients h_{i+1,k} of x_{i+1} - x_i in the gradients (Kim & Fessler 2016, (6.15)):
// (theta_i - 1)/theta_{i+1} h_{i,k} for k < i - 1; ((theta_i - 1)/theta_{i+1}) (h_{i,i-1} - 1) for k = i - 1;
// 1 + (2 theta_i - 1)/theta_{i+1} for k = i.
TEST(FixedStepMethod, HasTheCoefficientsOfTheOptimizedGradientMethod) {
  const long N = 6;
  const FixedStepMethod method = read("optimized_gradient", {.lipschitz = 2}, N);
  Matrix h = Matrix::Zero(N + 1, N);
  double theta = 1;
  for (long i = 0; i < N; ++i) {
    const double next = (1 + std::sqrt(1 + (i + 1 < N ? 4 : 8) * theta * theta)) / 2;
    for (long k = 0; k + 1 < i; ++k) h(i + 1, k) = (theta - 1) / next * h(i, k);
    if (i > 0) h(i + 1, i - 1) = (theta - 1) / next * (h(i, i - 1) - 1);
    h(i + 1, i) = 1 + (2 * theta - 1) / next;
    theta = next;
  }
  EXPECT_LE((method.iterates.row(N).head(N) - h.colwise().sum()).norm(), 1e-13);
  EXPECT_EQ(method.iterates(N, N), 0);
}

// The main iterate of Nesterov's method is not where the gradient is taken.
TEST(FixedStepMethod, TellsIteratesFromPointsOfEvaluation) {
  const FixedStepMethod method = read("nesterov:learning_rate=0.5,momentum=0.4", {.lipschitz = 2}, 2);
  EXPECT_LE((method.iterates.row(2).head(2) - Vector{{1.4, 1}}.transpose()).norm(), 1e-15);
  EXPECT_LE((method.evaluations.row(1).head(2) - Vector{{1.4, 0}}.transpose()).norm(), 1e-15);
}

// f(x) -> L f(x) has the same steps in units of 1/L.
TEST(FixedStepMethod, IsTheSameWhateverTheUnitOfL) {
  for (const char* solver : {"gradient_descent:step=inverse_lipschitz", "nesterov:sequence=fista",
                             "optimized_gradient", "triple_momentum"}) {
    const FixedStepMethod unit = read(solver, {.mu = 0.1, .lipschitz = 1}, 4);
    for (const double L : {1e-12, 1e7, 1e12}) {
      const FixedStepMethod scaled = read(solver, {.mu = 0.1 * L, .lipschitz = L}, 4);
      EXPECT_LE((scaled.iterates - unit.iterates).cwiseAbs().maxCoeff(), 1e-13) << solver << ", L = " << L;
      EXPECT_LE((scaled.evaluations - unit.evaluations).cwiseAbs().maxCoeff(), 1e-13)
          << solver << ", L = " << L;
    }
  }
}

TEST(FixedStepMethod, RefusesMethodsWhoseStepsDependOnTheFunction) {
  for (const char* method :
       {"gradient_descent:step=armijo", "gradient_descent:step=polyak",
        "gradient_descent:step=barzilai_borwein", "gradient_descent:step=exact", "adam", "rprop", "adagrad",
        "lbfgs", "nonlinear_cg", "coordinate_descent", "langevin", "nelder_mead"}) {
    EXPECT_THAT(refusal(method), HasSubstr("is not a first-order method with fixed steps")) << method;
  }
  EXPECT_THAT(refusal("gradient_descent:step=armijo"), HasSubstr("it asks for values of f alone"));
  EXPECT_THAT(refusal("newton"), HasSubstr("these lack a Hessian"));
  EXPECT_THAT(refusal("cg"), HasSubstr("these lack a linear system"));
  EXPECT_EQ(refusal("triple_momentum"), "it has fixed steps");
}

}  // namespace
}  // namespace optbed::fixed_step_method_test
