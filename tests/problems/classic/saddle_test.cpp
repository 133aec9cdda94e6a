#include "problems/classic/saddle.hpp"

#include <gtest/gtest.h>

namespace optbed::saddle_test {
namespace {

TEST(Saddle, StartsDeltaOffTheAxis) {
  EXPECT_EQ(Saddle().start(), (Vector{{1, 1e-6}}));
  EXPECT_EQ(Saddle({.delta = 0}).start(), (Vector{{1, 0}}));
}

TEST(Saddle, RisesAlongXAndFallsAlongY) {
  EXPECT_EQ(Saddle().value(Vector{{3, 0}}), 9);
  EXPECT_EQ(Saddle().value(Vector{{0, 3}}), -9);
  EXPECT_TRUE(Saddle().facts().is_unbounded_below());
}

}  // namespace
}  // namespace optbed::saddle_test
