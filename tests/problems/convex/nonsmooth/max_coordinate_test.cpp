#include "problems/convex/nonsmooth/max_coordinate.hpp"

#include <gtest/gtest.h>

#include "problems/random.hpp"

namespace optbed::max_coordinate_test {
namespace {

// n = 4, M = R = 1: gamma = 2/3, mu = 1/3, x* = -(1, 1, 1, 1)/2, f* = -1/6; in the other form f* = -1/2.
TEST(MaxCoordinate, HasTheConstantsOfItsFormulas) {
  const MaxCoordinate quadratic({.n = 4});
  const MaxCoordinate norm({.n = 4, .form = MaxCoordinateForm::norm});
  EXPECT_NEAR(quadratic.facts().minimum->value, -1.0 / 6, 1e-16);
  EXPECT_NEAR(quadratic.facts().strong_convexity->value, 1.0 / 3, 1e-16);
  EXPECT_EQ(norm.facts().minimum->value, -0.5);
  for (const MaxCoordinate* problem : {&quadratic, &norm}) {
    EXPECT_EQ(problem->facts().minimisers.at(0).value, Vector::Constant(4, -0.5));
    EXPECT_NEAR(problem->value(Vector::Constant(4, -0.5)), problem->facts().minimum->value, 1e-15);
  }
  Vector g(4);
  const Vector x{{-1, 2, 2, 0}};
  EXPECT_NEAR(quadratic.gradient(x, g), 2.0 / 3 * 2 + 9.0 / 6, 1e-15);
  EXPECT_LE((g - (x / 3 + 2.0 / 3 * Vector::Unit(4, 1))).norm(), 1e-15);  // of the first of the two
  EXPECT_EQ(norm.gradient(x, g), 2);
  EXPECT_EQ(g, Vector::Unit(4, 1));
  const Vector far = Vector::Constant(4, -2);  // |x| - 1.5 = 2.5
  EXPECT_EQ(norm.gradient(far, g), 2.5);
  EXPECT_EQ(g, far / 4);
}

// Nesterov 2004, theorem 3.2.1; Drori & Teboulle 2016: k steps along subgradients from 0, of any lengths, reach
// k coordinates.
TEST(MaxCoordinate, KeepsEverySubgradientMethodAtItsLowerBound) {
  const long n = 9;
  Random random(4);
  for (const MaxCoordinateForm form : {MaxCoordinateForm::quadratic, MaxCoordinateForm::norm}) {
    const MaxCoordinate problem({.n = n, .lipschitz = 3, .radius = 2, .form = form});
    const double root = std::sqrt(static_cast<double>(n));
    const double bound = form == MaxCoordinateForm::norm ? 3 * 2 / root : 3 * 2 / (2 * (1 + root));
    Vector x = problem.start();
    Vector g(n);
    for (long k = 0; k < n; ++k) {
      EXPECT_GE(problem.gradient(x, g) - problem.facts().minimum->value, bound * (1 - 1e-15)) << k;
      x -= random.uniform() * g;
    }
  }
}

}  // namespace
}  // namespace optbed::max_coordinate_test
