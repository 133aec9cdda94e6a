#include "problems/convex/worst_case/huber_worst_case.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/problems/verified.hpp"

namespace optbed::huber_worst_case_test {
namespace {

using testing::epsilon;

struct Case {
  long n;
  long horizon;
  double L;
  double R;
};

const std::vector<Case> cases = {{1, 1, 1, 1}, {1, 100, 1, 1}, {3, 10, 4, 0.5}, {2, 1000, 0.1, 7}};

// f_k - f* = L R^2/(4k + 2) after k steps of length 1/L (Drori & Teboulle 2014, theorem 3.1; Taylor, Hendrickx
// & Glineur 2017). The iterate sums k steps, each rounded.
TEST(HuberWorstCase, IsLeftByGradientDescentWithTheWorstPossibleGap) {
  for (const auto& [n, horizon, L, R] : cases) {
    const HuberWorstCase f({.n = n, .horizon = horizon, .lipschitz = L, .radius = R});
    Vector x = f.start();
    Vector g(n);
    for (long k = 0; k < horizon; ++k) {
      f.gradient(x, g);
      x -= g / L;
    }
    const auto k = static_cast<double>(horizon);
    const double expected = L * R * R / (4 * k + 2);
    EXPECT_NEAR(f.value(x), expected, 4 * k * epsilon * expected + 10 * epsilon * expected) << horizon;
  }
}

// f_k - f* = L R^2/(2 theta_k^2) after k iterations of the optimized gradient method (Kim & Fessler 2016,
// theorem 3): y_{i+1} = x_i - g_i/L, x_{i+1} = y_{i+1} + ((theta_i - 1)/theta_{i+1}) (y_{i+1} - y_i) +
// (theta_i/theta_{i+1}) (y_{i+1} - x_i).
TEST(HuberWorstCase, IsLeftByTheOptimizedGradientMethodWithTheWorstPossibleGap) {
  for (const auto& [n, horizon, L, R] : cases) {
    const HuberWorstCase f({.n = n,
                            .horizon = horizon,
                            .lipschitz = L,
                            .radius = R,
                            .method = WorstCaseMethod::optimized_gradient});
    Vector x = f.start();
    Vector y = x;
    Vector g(n);
    double theta = 1;
    for (long i = 0; i < horizon; ++i) {
      f.gradient(x, g);
      const Vector y_next = x - g / L;
      const double factor = i + 1 == horizon ? 8 : 4;
      const double theta_next = (1 + std::sqrt(1 + factor * theta * theta)) / 2;
      x = Vector(y_next + (theta - 1) / theta_next * (y_next - y) + theta / theta_next * (y_next - x));
      y = y_next;
      theta = theta_next;
    }
    // The method amplifies the rounding of a step by no more than the k steps that follow.
    const auto k = static_cast<double>(horizon);
    const double expected = L * R * R / (2 * theta * theta);
    EXPECT_NEAR(f.value(x), expected, 10 * k * k * epsilon * expected + 10 * epsilon * expected) << horizon;
  }
}

TEST(HuberWorstCase, StartsAtItsRadius) {
  const HuberWorstCase f({.n = 3, .radius = 2.5});
  EXPECT_EQ(f.start(), (Vector{{2.5, 0, 0}}));
  EXPECT_EQ(f.facts().distance(f.start()), 2.5);
}

TEST(HuberWorstCase, IsContinuousWithItsGradientAtTheThreshold) {
  const HuberWorstCase f({.n = 2, .horizon = 3, .lipschitz = 5});
  const Vector direction{{0.6, 0.8}};
  const double h = 1e-9;
  const Vector inside = (f.threshold() - h) * direction;
  const Vector outside = (f.threshold() + h) * direction;
  const double slope = 5 * f.threshold();
  EXPECT_NEAR(f.value(outside) - f.value(inside), 2 * h * slope, 10 * h * h + 10 * epsilon);
  EXPECT_LE((testing::gradient_at(f, outside) - testing::gradient_at(f, inside)).norm(), 5 * h * (1 + 1e-6));
}

}  // namespace
}  // namespace optbed::huber_worst_case_test
