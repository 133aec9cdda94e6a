#include "problems/convex/nonsmooth/l1_norm.hpp"

#include <gtest/gtest.h>

namespace optbed::l1_norm_test {
namespace {

// Weights 1, 10, 100 about 2.
TEST(L1Norm, HasTheValueAndSubgradientOfItsFormula) {
  const L1Norm problem({.n = 3, .kappa = 100, .shift = 2});
  Vector g(3);
  EXPECT_EQ(problem.gradient(Vector{{5, 2, 1.5}}, g), 53);
  EXPECT_EQ(g, (Vector{{1, 0, -100}}));
}

// |(1, 10, 100)|_2, attained by a step along the subgradient.
TEST(L1Norm, AttainsItsLipschitzConstant) {
  const L1Norm problem({.n = 3, .kappa = 100});
  const double M = std::sqrt(10101);
  EXPECT_NEAR(problem.facts().value_lipschitz->value, M, 1e-13);
  Vector g(3);
  problem.gradient(Vector::Ones(3), g);
  EXPECT_NEAR(problem.value(Vector::Ones(3) + g) - problem.value(Vector::Ones(3)), M * g.norm(), 1e-11);
}

// max_i min(|x_i - c|, w_i): small beside the minimiser, where every subgradient has elements of at least 1.
TEST(L1Norm, JudgesOptimalityByAProximalStep) {
  const L1Norm problem({.n = 2, .kappa = 10});
  Vector scratch(2);
  EXPECT_EQ(problem.optimality(Vector{{1e-9, -1e-8}}, scratch).residual, 1e-8);
  EXPECT_EQ(problem.optimality(Vector{{3, 4}}, scratch).residual, 4);
  EXPECT_EQ(problem.optimality(Vector{{3, 0}}, scratch).residual, 1);
  EXPECT_EQ(problem.optimality(Vector{{0, 0}}, scratch).residual, 0);
}

}  // namespace
}  // namespace optbed::l1_norm_test
