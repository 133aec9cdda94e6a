#include "analysis/statistics/holm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed::holm_test {
namespace {

TEST(Holm, MultipliesAndKeepsTheOrder) {
  // By hand: 5 x 0.01, 4 x 0.02, 3 x 0.03, then 2 x 0.04 and 1 x 0.05, which must not fall below 0.09.
  const std::vector<double> adjusted = holm_adjusted(std::vector<double>{0.03, 0.01, 0.05, 0.02, 0.04});
  const std::vector<double> expected = {0.09, 0.05, 0.09, 0.08, 0.09};
  EXPECT_THAT(adjusted, ::testing::Pointwise(::testing::DoubleNear(1e-15), expected));
}

TEST(Holm, DecidesAsDemsarsExample) {
  // Demšar (2006), 3.2.2: p = 0.016, 0.019, 0.607 are held against 0.05/3, 0.05/2, 0.05: the first two
  // rejected.
  const std::vector<double> adjusted = holm_adjusted(std::vector<double>{0.016, 0.019, 0.607});
  EXPECT_LE(adjusted[0], 0.05);
  EXPECT_LE(adjusted[1], 0.05);
  EXPECT_GT(adjusted[2], 0.05);
}

// The closed test (Marcus, Peritz & Gabriel 1976) rejects i where Bonferroni's test rejects every intersection
// that i is part of: p_i is the largest |I| min_I p over the sets I that hold i. Holm's is a shortcut of it.
TEST(Holm, IsTheClosureOfBonferronisTest) {
  Random random(11);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<double> p(7);
    for (double& value : p) value = std::pow(random.uniform(), 3);
    if (trial % 2 == 0) p[3] = p[5];
    std::vector<double> closed(p.size(), 0.0);
    for (unsigned set = 1; set < 1U << p.size(); ++set) {
      double least = 1;
      for (std::size_t i = 0; i < p.size(); ++i) {
        if ((set >> i & 1U) != 0) least = std::min(least, p[i]);
      }
      const double bonferroni = std::min(1.0, std::popcount(set) * least);
      for (std::size_t i = 0; i < p.size(); ++i) {
        if ((set >> i & 1U) != 0) closed[i] = std::max(closed[i], bonferroni);
      }
    }
    EXPECT_THAT(holm_adjusted(p), ::testing::Pointwise(::testing::DoubleNear(1e-14), closed));
  }
}

TEST(Holm, OfNothingIsNothingAndOfOneIsItself) {
  EXPECT_TRUE(holm_adjusted({}).empty());
  EXPECT_THAT(holm_adjusted(std::vector<double>{0.3}), ::testing::ElementsAre(0.3));
}

TEST(Holm, RefusesWhatIsNoProbability) {
  EXPECT_THROW(holm_adjusted(std::vector<double>{0.1, NAN}), UsageError);
  EXPECT_THROW(holm_adjusted(std::vector<double>{1.1}), UsageError);
}

}  // namespace
}  // namespace optbed::holm_test
