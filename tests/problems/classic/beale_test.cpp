#include "problems/classic/beale.hpp"

#include <gtest/gtest.h>

namespace optbed::beale_test {
namespace {

// At (1, 1) the residuals are 1.5, 2.25, 2.625: f = 14.203125. The gradient is 2 sum r_i (0, i), by hand.
TEST(Beale, HasTheKnownValueAndGradientAtItsStart) {
  const Beale problem;
  Vector g(2);
  EXPECT_EQ(problem.gradient(problem.start(), g), 14.203125);
  EXPECT_EQ(g, (Vector{{0, 27.75}}));
}

TEST(Beale, VanishesAtItsMinimiser) { EXPECT_EQ(Beale().value(Vector{{3, 0.5}}), 0); }

// The point that the declared fact names: H_11 = 0 and H_12 = 27.75 make det H negative.
TEST(Beale, IsNotConvexAtItsStart) {
  Matrix H(2, 2);
  Beale().hessian(Vector::Ones(2), H);
  EXPECT_EQ(H(0, 0), 0);
  EXPECT_EQ(H(0, 1), 27.75);
}

}  // namespace
}  // namespace optbed::beale_test
