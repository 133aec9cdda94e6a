#include "problems/convex/worst_case/max_affine.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "problems/random.hpp"

namespace optbed::max_affine_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// The proximal map of |x| is soft thresholding.
TEST(MaxAffine, HasTheSoftThresholdForTheProximalMapOfTheAbsoluteValue) {
  const MaxAffine phi{.slopes = Matrix{{1, -1}}, .offsets = Vector::Zero(2)};
  for (const double x : {-3.0, -0.5, -0.1, 0.0, 0.2, 0.5, 7.0}) {
    const ProximalPoint at = proximal_point(phi, Vector::Constant(1, x), 0.5);
    const double expected = std::copysign(std::max(std::abs(x) - 0.5, 0.0), x);
    EXPECT_NEAR(at.y[0], expected, 10 * epsilon * (1 + std::abs(x))) << x;
    EXPECT_NEAR(at.value, std::abs(expected), 10 * epsilon * (1 + std::abs(x))) << x;
  }
}

// y is the proximal point if and only if s = (x - y)/t is a subgradient at y: phi(z) >= phi(y) + s'(z - y) for
// all z. Slopes in fewer dimensions than there are pieces, some of them twice, some of them between others.
TEST(MaxAffine, HasASubgradientForTheStepToItsProximalPoint) {
  Random random(3);
  for (int trial = 0; trial < 200; ++trial) {
    const Index n = 1 + random.index(4);
    const Index m = 1 + random.index(12);
    MaxAffine phi{.slopes = random.normal_matrix(n, m), .offsets = random.normal_matrix(m, 1)};
    if (m > 3) {
      phi.slopes.col(1) = phi.slopes.col(0);
      phi.slopes.col(2) = (phi.slopes.col(0) + phi.slopes.col(3)) / 2;
    }
    const Vector x = random.normal_matrix(n, 1);
    const double t = std::exp(2 * random.normal());
    const ProximalPoint at = proximal_point(phi, x, t);
    EXPECT_LE((x - t * at.gradient - at.y).norm(), 1e-14 * (1 + x.norm() + t * at.gradient.norm()));
    EXPECT_EQ(at.value, phi.value(at.y));
    const double size = 1 + t * phi.slopes.colwise().squaredNorm().maxCoeff() + x.squaredNorm();
    for (int other = 0; other < 20; ++other) {
      const Vector z = at.y + std::exp(2 * random.normal()) * random.normal_matrix(n, 1);
      EXPECT_GE(phi.value(z), at.value + at.gradient.dot(z - at.y) - 1e-12 * size) << trial;
    }
  }
}

TEST(MaxAffine, IsAPlaneWhereItHasOnePiece) {
  const MaxAffine phi{.slopes = Matrix{{2}, {-1}}, .offsets = Vector::Constant(1, 5)};
  const ProximalPoint at = proximal_point(phi, Vector{{1, 1}}, 0.25);
  EXPECT_EQ(at.y, (Vector{{0.5, 1.25}}));
  EXPECT_EQ(at.value, 4.75);
}

}  // namespace
}  // namespace optbed::max_affine_test
