#include "analysis/mode_analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed::mode_analysis_test {
namespace {

ModeAnalysis analysed(const std::string& problem_name, const std::string& solver_name, long iterations) {
  const auto problem = all_problems().make(problem_name);
  const auto solver = all_solvers().make(solver_name);
  const MeasuredRun run = measure_run(
      *problem, *solver,
      {.limits = {.max_iterations = iterations, .gradient_tolerance = 0}, .trace = {.iterates = true}});
  return analyse_modes(*problem, run);
}

// x_k - x* = sum_i (1 - eta lambda_i)^k c_i v_i, also where the axes are turned.
TEST(AnalyseModes, FindsTheFactorOfEachEigenvectorUnderGradientDescent) {
  for (const std::string turned : {"", ",rotation=random,seed=3"}) {
    const ModeAnalysis analysis =
        analysed("quadratic:eigenvalues=1;2;5" + turned, "gradient_descent:learning_rate=0.15", 60);
    ASSERT_EQ(analysis.parts.size(), 3U);
    const double lambda[] = {1, 2, 5};
    for (std::size_t i = 0; i < 3; ++i) {
      const ErrorPart& part = analysis.parts[i];
      const double expected = std::abs(1 - 0.15 * lambda[i]);
      EXPECT_NEAR(part.eigenvalue, lambda[i], 1e-13);
      EXPECT_NEAR(*part.predicted, expected, 1e-13);
      EXPECT_NEAR(part.theory[7], std::pow(expected, 7) * part.size[0], 1e-13);
      EXPECT_NEAR(part.size[7], std::pow(expected, 7) * part.size[0], 1e-13);
      ASSERT_TRUE(part.measured.factor) << part.measured.reason;
      // Rounding brings parts of the slower eigenvectors into the computed ones.
      EXPECT_NEAR(*part.measured.factor, expected, 1e-4);
    }
  }
}

// The recurrence e_{k+1} = (1 + beta - alpha lambda) e_k - beta e_{k-1}, from rest, by hand.
TEST(AnalyseModes, FollowsTheRecurrenceOfTheHeavyBallInEachEigenvector) {
  const double alpha = 0.1;
  const double beta = 0.6;
  const ModeAnalysis analysis =
      analysed("quadratic:eigenvalues=1;4", "momentum:learning_rate=0.1,momentum=0.6", 40);
  for (const ErrorPart& part : analysis.parts) {
    double before = part.size[0];
    double now = (1 - alpha * part.eigenvalue) * before;
    for (std::size_t k = 1; k < 40; ++k) {
      EXPECT_NEAR(part.size[k], std::abs(now), 1e-13) << k;
      EXPECT_NEAR(part.theory[k], std::abs(now), 1e-13) << k;
      const double next = (1 + beta - alpha * part.eigenvalue) * now - beta * before;
      before = now;
      now = next;
    }
  }
}

TEST(AnalyseModes, TakesEqualEigenvaluesTogether) {
  const ModeAnalysis analysis =
      analysed("quadratic:eigenvalues=1;3;3;3", "gradient_descent:learning_rate=0.1", 30);
  ASSERT_EQ(analysis.parts.size(), 2U);
  EXPECT_NEAR(analysis.parts[1].size[0], std::sqrt(3.0), 1e-14);
}

// log cosh 1 has the curvature 1 at 0, times the weights of the terms: eta = 0.1 contracts by 1 - 0.1 lambda.
TEST(AnalyseModes, HoldsCloseToTheMinimiserOfAFunctionThatIsNotQuadratic) {
  const ModeAnalysis analysis = analysed("log_cosh", "gradient_descent:learning_rate=0.05", 1500);
  for (const ErrorPart& part : analysis.parts) {
    ASSERT_TRUE(part.measured.factor) << part.measured.reason;
    EXPECT_NEAR(*part.measured.factor, 1 - 0.05 * part.eigenvalue, 1e-4);
  }
}

TEST(AnalyseModes, SaysWhereThereIsNoHessian) {
  EXPECT_THROW(analysed("l1_norm", "gradient_descent:learning_rate=0.1", 10), UsageError);
}

TEST(AnalyseModes, SaysWhereThereIsNoLimit) {
  EXPECT_THROW(analysed("himmelblau", "gradient_descent:learning_rate=1e-6", 3), UsageError);
}

}  // namespace
}  // namespace optbed::mode_analysis_test
