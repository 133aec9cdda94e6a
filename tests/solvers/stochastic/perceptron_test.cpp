#include "solvers/stochastic/perceptron.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/learning/separable.hpp"
#include "problems/quadratic/quadratic.hpp"
#include "solvers/minimize.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::perceptron_test {
namespace {

Result run(const Problem& problem) {
  Perceptron solver({});
  return minimize(problem, solver, {.limits = {.max_iterations = 1'000'000, .gradient_tolerance = 0}});
}

// By hand, with c = (1,0,1), (0,1,1), (1,0,-1) in turn: from 0 the first has the margin 0, the second 1, the
// third 0, the first 2, the second 0; then 1, 3 and 2.
TEST(Perceptron, MakesTheUpdatesThatPaperAndPencilMake) {
  const Separable problem;
  Perceptron solver({});
  Oracle f(problem);
  ASSERT_FALSE(solver.start(f, problem.start()));
  const std::vector<Vector> expected = {Vector{{1, 0, 1}}, Vector{{2, 0, 0}}, Vector{{2, 1, 1}}};
  const std::vector<long> looked_at = {1, 3, 5};
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_FALSE(solver.step(f).stop);
    EXPECT_EQ(solver.current().x, expected[k]);
    EXPECT_EQ(f.counts().sample_gradient, looked_at[k]);
  }
  EXPECT_EQ(solver.step(f).stop, StopReason::stalled);
  EXPECT_EQ(f.counts().sample_gradient, 8);
}

// The updates that a separate program of a few lines of integer arithmetic makes: linear in t, whereas
// Novikoff's bound (R/gamma)^2 = 5 (t^2 + 1) is quadratic.
TEST(Perceptron, SeparatesTheSpoiltPointsInANumberOfUpdatesLinearInTheSpoiler) {
  for (const auto& [t, updates] :
       {std::pair(10, 14), std::pair(20, 24), std::pair(100, 104), std::pair(200, 204)}) {
    const Separable problem({.spoiler = t});
    const Result result = run(problem);
    EXPECT_EQ(result.stop, StopReason::stalled);
    EXPECT_EQ(result.iterations, updates);
    EXPECT_TRUE(problem.is_separated_by(result.x));
    EXPECT_LE(result.iterations, 5 * (t * t + 1));
  }
}

// Novikoff 1962, with the margin that the points are drawn with: gamma is at least that.
TEST(Perceptron, KeepsItsMistakeBoundOnDrawnPoints) {
  for (const double margin : {0.05, 0.2, 0.8}) {
    for (const long seed : {1, 2, 3}) {
      const Separable problem({.samples = 200, .features = 5, .margin = margin, .seed = seed});
      double R = 0;
      Vector c(6);
      for (Index i = 0; i < 200; ++i) {
        problem.signed_point(i, c);
        R = std::max(R, c.norm());
      }
      const Result result = run(problem);
      EXPECT_EQ(result.stop, StopReason::stalled);
      EXPECT_TRUE(problem.is_separated_by(result.x));
      EXPECT_GT(result.iterations, 0);
      EXPECT_LE(static_cast<double>(result.iterations), std::pow(R / margin, 2));
    }
  }
}

TEST(Perceptron, NeedsLabelledPoints) {
  EXPECT_EQ(Perceptron({}).missing(DiagonalQuadratic(Vector{{1}}, Vector{{0}})), "labelled points");
  EXPECT_EQ(Perceptron({}).missing(Separable()), "");
}

// A budget that ends within a pass is taken up at the point where it ended: the same path at the same cost.
TEST(Perceptron, TakesUpAPassWhereItsBudgetEnded) {
  const Separable problem({.spoiler = 10});
  const Result whole = run(problem);
  Perceptron solver({});
  Minimization pieces(problem, solver, {.limits = {.gradient_tolerance = 0}});
  Result result;
  for (long budget = 1; budget <= whole.evaluations.total(); ++budget) {
    result = pieces.run({.max_evaluations = budget, .gradient_tolerance = 0});
    EXPECT_EQ(result.evaluations.total(), budget);
  }
  result = pieces.run({.gradient_tolerance = 0});
  EXPECT_EQ(result.stop, StopReason::stalled);
  EXPECT_EQ(result.iterations, whole.iterations);
  EXPECT_EQ(result.evaluations, whole.evaluations);
  EXPECT_EQ(result.x, whole.x);
}

}  // namespace
}  // namespace optbed::perceptron_test
