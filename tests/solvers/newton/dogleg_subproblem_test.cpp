#include "solvers/newton/dogleg_subproblem.hpp"

#include <gtest/gtest.h>

#include "solvers/newton/trust_region_subproblem.hpp"

namespace optbed::dogleg_subproblem_test {
namespace {

double model(const Matrix& H, const Vector& g, const Vector& p) { return g.dot(p) + p.dot(H * p) / 2; }

// H = diag(1, 4), g = (2, 4): p^B = (-2, -1), p^U = -(20/68) g = -(10/17)(1, 2).
class ADogleg : public ::testing::Test {
 protected:
  void SetUp() override {
    dogleg_.start(2);
    ASSERT_TRUE(dogleg_.set_model(H_, g_));
  }

  Matrix H_{{1, 0}, {0, 4}};
  Vector g_{{2, 4}};
  DoglegSubproblem dogleg_;
  Vector p_ = Vector::Zero(2);
};

TEST_F(ADogleg, IsTheWholeNewtonStepWhereThatIsInside) {
  const TrustRegionStep step = dogleg_.solve(3, p_);
  EXPECT_LE((p_ - Vector{{-2, -1}}).norm(), 1e-15);
  EXPECT_FALSE(step.on_boundary);
  EXPECT_NEAR(step.length, std::sqrt(5), 1e-15);
  EXPECT_NEAR(step.predicted_fall, 4, 1e-14);  // g'H^-1 g/2
}

TEST_F(ADogleg, FollowsTheGradientOutOfASmallRegion) {
  const TrustRegionStep step = dogleg_.solve(0.5, p_);
  EXPECT_LE((p_ + 0.5 * g_ / g_.norm()).norm(), 1e-15);
  EXPECT_TRUE(step.on_boundary);
}

TEST_F(ADogleg, MeetsTheBoundaryBetweenItsTwoPoints) {
  const Vector steepest = -Vector{{10, 20}} / 17;
  const Vector newton{{-2, -1}};
  for (const double radius : {1.4, 1.7, 2.0, 2.2}) {
    const TrustRegionStep step = dogleg_.solve(radius, p_);
    EXPECT_TRUE(step.on_boundary);
    EXPECT_NEAR(p_.norm(), radius, 1e-14);
    const double t = (p_[0] - steepest[0]) / (newton[0] - steepest[0]);
    EXPECT_GE(t, 0);
    EXPECT_LE(t, 1);
    EXPECT_NEAR(p_[1], steepest[1] + t * (newton[1] - steepest[1]), 1e-14);
  }
}

// Lemma 4.2: the model falls along the path, so with the radius; never below the exact solution's.
TEST_F(ADogleg, FallsWithTheRadiusButNotBelowTheExactSolution) {
  TrustRegionSubproblem exact;
  exact.start(2);
  double last = 0;
  for (double radius = 0.1; radius < 2.5; radius += 0.1) {
    const TrustRegionStep step = dogleg_.solve(radius, p_);
    EXPECT_GE(step.predicted_fall, last);
    EXPECT_NEAR(step.predicted_fall, -model(H_, g_, p_), 1e-14);
    last = step.predicted_fall;
    Vector best = Vector::Zero(2);
    EXPECT_LE(step.predicted_fall, exact.solve(H_, g_, radius, best)->predicted_fall + 1e-12);
  }
}

// An indefinite H is shifted until it is convex: the step falls by what its own model promises.
TEST(DoglegOfAnIndefiniteHessian, DescendsInAConvexModelAboveIt) {
  const Matrix H{{1, 2}, {2, -3}};
  const Vector g{{1, 1}};
  DoglegSubproblem dogleg;
  dogleg.start(2);
  ASSERT_TRUE(dogleg.set_model(H, g));
  Vector p = Vector::Zero(2);
  for (const double radius : {0.01, 0.1, 1.0, 10.0}) {
    const TrustRegionStep step = dogleg.solve(radius, p);
    EXPECT_LE(step.length, radius * (1 + 1e-14));
    EXPECT_GT(step.predicted_fall, 0);
    EXPECT_LE(model(H, g, p), -step.predicted_fall);
  }
}

}  // namespace
}  // namespace optbed::dogleg_subproblem_test
