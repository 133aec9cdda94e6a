// What gradient descent makes of points that a hyperplane separates.
#include <gtest/gtest.h>

#include <cmath>

#include "problems/learning/separable.hpp"
#include "solvers/first_order/gradient_descent.hpp"
#include "solvers/minimize.hpp"

namespace optbed::separation_test {
namespace {

// From the old minimum: where t is 10 five thousand steps do not move, where it is 2 they separate the points.
TEST(Separation, IsNotFoundFromTheOldMinimumWhenTheSpoilerIsFar) {
  const double u = std::log(99);
  GradientDescentOptions options;
  options.learning_rate = 0.5;
  GradientDescent solver(options);
  const MinimizeSettings settings{.limits = {.max_iterations = 5000, .gradient_tolerance = 0},
                                  .start = Vector{{u, u, 0}}};
  const Separable far({.spoiler = 10});
  const Result held = minimize(far, solver, settings);
  EXPECT_LT((held.x - settings.start).norm(), 1e-12);
  EXPECT_FALSE(far.is_separated_by(held.x));
  const Separable near({.spoiler = 2});
  EXPECT_TRUE(near.is_separated_by(minimize(near, solver, settings).x));
}

TEST(Separation, IsFoundOnDrawnPointsByTheLogisticLoss) {
  const Separable problem({.loss = SeparableLoss::logistic, .samples = 50, .features = 3, .margin = 0.3});
  EXPECT_EQ(problem.dimension(), 4);
  EXPECT_EQ(problem.sample_count(), 50);
  // Logistic loss falls for ever along a separating direction: descent finds one.
  GradientDescentOptions options;
  options.step = StepRule::inverse_lipschitz;
  GradientDescent solver(options);
  const Result result =
      minimize(problem, solver, {.limits = {.max_iterations = 20'000, .gradient_tolerance = 0}});
  EXPECT_TRUE(problem.is_separated_by(result.x));
}

}  // namespace
}  // namespace optbed::separation_test
