#include "problems/facts.hpp"

#include <gtest/gtest.h>

namespace optbed::facts_test {
namespace {

TEST(Facts, AreUnknownAtFirst) {
  const Facts facts;
  EXPECT_FALSE(facts.condition_number());
  EXPECT_FALSE(facts.distance(Vector::Ones(2)));
  EXPECT_FALSE(facts.is_quadratic());
  EXPECT_FALSE(facts.is_unbounded_below());
}

TEST(Facts, KnowTheConditionNumberWhereMuAndLAreKnown) {
  Facts facts;
  facts.lipschitz = {50, "given"};
  EXPECT_FALSE(facts.condition_number());
  facts.strong_convexity = {2, "given"};
  EXPECT_EQ(facts.condition_number(), 25);
}

TEST(Facts, MeasureTheDistanceToTheNearestMinimiser) {
  Facts facts;
  facts.minimisers.push_back({Vector{{0, 0}}, "given"});
  facts.minimisers.push_back({Vector{{10, 0}}, "given"});
  EXPECT_EQ(facts.distance(Vector{{3, 4}}), 5);
  EXPECT_EQ(facts.distance(Vector{{10, -1}}), 1);
}

TEST(Facts, TellUnboundedFromUnknown) {
  Facts facts;
  facts.bounded_below = {true, "given"};
  EXPECT_FALSE(facts.is_unbounded_below());
  facts.bounded_below = {false, "given"};
  EXPECT_TRUE(facts.is_unbounded_below());
}

TEST(Facts, HaveNamesForTheirKinds) {
  EXPECT_EQ(to_string(Convexity::nonconvex), "nonconvex");
  EXPECT_EQ(to_string(Convexity::convex), "convex");
  EXPECT_EQ(to_string(Convexity::strongly_convex), "strongly_convex");
  EXPECT_EQ(to_string(FunctionClass::quadratic), "quadratic");
  EXPECT_EQ(to_string(FunctionClass::smooth), "smooth");
  EXPECT_EQ(to_string(FunctionClass::locally_smooth), "locally_smooth");
}

}  // namespace
}  // namespace optbed::facts_test
