#include "solvers/first_order/gradient_source.hpp"

#include <gtest/gtest.h>

#include "problems/quadratic/sample_mean.hpp"

namespace optbed::gradient_source_test {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

// Six samples in the plane, with gradients of the variance s^2 = facts().sample_variance at every x.
const SampleMean& six_samples() {
  static const SampleMean problem({.samples = 6, .eigenvalues = {1, 5}, .deviation = 0.7});
  return problem;
}

Point at_the_start(const Problem& problem) {
  Point point;
  point.resize(problem.dimension());
  point.x = problem.start();
  return point;
}

struct Moments {
  Vector mean;
  double variance;  // the mean of |g - mean|^2
};

// Of the gradients of all these batches, each as likely as another.
Moments moments(const std::vector<std::vector<Index>>& batches) {
  const SampleMean& problem = six_samples();
  const auto count = static_cast<double>(batches.size());
  Vector g(2);
  Moments result{Vector::Zero(2), 0};
  for (const auto& batch : batches) {
    problem.sample_gradient(problem.start(), batch, g);
    result.mean += g / count;
  }
  for (const auto& batch : batches) {
    problem.sample_gradient(problem.start(), batch, g);
    result.variance += (g - result.mean).squaredNorm() / count;
  }
  return result;
}

// All 2^6 sets of samples, of which those of size m are the batches without replacement.
std::vector<std::vector<Index>> sets_of(std::size_t m) {
  std::vector<std::vector<Index>> sets;
  for (unsigned bits = 0; bits < 64; ++bits) {
    std::vector<Index> set;
    for (Index i = 0; i < 6; ++i) {
      if (bits >> static_cast<unsigned>(i) & 1U) set.push_back(i);
    }
    if (set.size() == m) sets.push_back(set);
  }
  return sets;
}

// The gradient of a batch of m out of N: unbiased, with the variance (s^2/m)(N - m)/(N - 1) without replacement
// and s^2/m with it (Cochran 1977, theorem 2.2). Over every batch there is.
TEST(GradientOfABatch, IsUnbiasedWithTheVarianceOfSurveySampling) {
  Vector gradient(2);
  six_samples().gradient(six_samples().start(), gradient);
  const double s2 = six_samples().facts().sample_variance->value;
  for (const std::size_t m : {1U, 2U, 3U, 5U, 6U}) {
    const auto size = static_cast<double>(m);
    const Moments without = moments(sets_of(m));
    EXPECT_LE((without.mean - gradient).norm(), 100 * epsilon * gradient.norm());
    EXPECT_NEAR(without.variance, s2 / size * (6 - size) / 5, 100 * epsilon * s2) << "batches of " << m;
  }
  std::vector<std::vector<Index>> triples;
  for (Index i = 0; i < 6 * 6 * 6; ++i) triples.push_back({i / 36, i / 6 % 6, i % 6});
  const Moments with = moments(triples);
  EXPECT_LE((with.mean - gradient).norm(), 1000 * epsilon * gradient.norm());
  EXPECT_NEAR(with.variance, s2 / 3, 1000 * epsilon * s2);
}

TEST(GradientSource, GivesTheGradientOfFWithoutBatches) {
  Oracle f(six_samples());
  GradientSource source;
  source.start(f);
  EXPECT_EQ(source.knowledge(), Knowledge::gradient);
  EXPECT_EQ(source.look_interval(), 1);
  Point point = at_the_start(six_samples());
  ASSERT_TRUE(source.evaluate(f, point));
  ASSERT_TRUE(source.evaluate_again(f, point));
  EXPECT_EQ(f.counts().gradient, 2);
  EXPECT_EQ(f.counts().total(), 2);
  EXPECT_EQ(point.value, six_samples().value(point.x));
}

// Batches of 4 and 2 of six samples: weighted with their sizes, which a sum does by itself, they make N times
// f.
TEST(GradientSource, PassesThroughFInAnEpoch) {
  const Problem& problem = six_samples();
  for (const Sampling sampling : {Sampling::shuffle, Sampling::shuffle_once, Sampling::sequential}) {
    Oracle f(problem, 0, 2);
    GradientSource source({.batch_size = 4, .sampling = sampling, .reduction = Reduction::sum});
    source.start(f);
    EXPECT_EQ(source.knowledge(), Knowledge::point);
    EXPECT_EQ(source.look_interval(), 2);
    for (int epoch = 1; epoch <= 3; ++epoch) {
      Point first = at_the_start(problem);
      Point second = at_the_start(problem);
      ASSERT_TRUE(source.evaluate(f, first));
      ASSERT_TRUE(source.evaluate(f, second));
      Vector gradient(2);
      const double value = problem.gradient(first.x, gradient);
      EXPECT_LE((first.gradient + second.gradient - 6 * gradient).norm(), 100 * epsilon * 6 * gradient.norm());
      EXPECT_NEAR(first.value + second.value, 6 * value, 100 * epsilon * 6 * value);
      EXPECT_EQ(first.gradient_norm, infinity_norm(first.gradient));
      EXPECT_EQ(f.counts().sample_gradient, 6 * epoch);
      EXPECT_EQ(f.counts().total(), 6 * epoch);
    }
  }
}

TEST(GradientSource, EvaluatesTheSameBatchAgain) {
  Oracle f(six_samples());
  GradientSource source({.batch_size = 1});
  source.start(f);
  Point first = at_the_start(six_samples());
  Point again = at_the_start(six_samples());
  Point next = at_the_start(six_samples());
  ASSERT_TRUE(source.evaluate(f, first));
  ASSERT_TRUE(source.evaluate_again(f, again));
  ASSERT_TRUE(source.evaluate(f, next));
  EXPECT_EQ(first.gradient, again.gradient);
  EXPECT_NE(first.gradient, next.gradient);
}

TEST(GradientSource, KeepsABatchThatTheBudgetDoesNotHold) {
  Oracle poor(six_samples(), 5);
  Oracle rich(six_samples());
  GradientSource late({.batch_size = 3});
  GradientSource steady({.batch_size = 3});
  late.start(poor);
  steady.start(rich);
  Point a = at_the_start(six_samples());
  Point b = at_the_start(six_samples());
  ASSERT_TRUE(late.evaluate(poor, a) && steady.evaluate(rich, b));
  EXPECT_THROW(late.require(poor), BudgetExhausted);
  EXPECT_THROW((void)late.evaluate(poor, a), BudgetExhausted);
  EXPECT_EQ(poor.counts().total(), 3);
  poor.set_max_evaluations(6);
  EXPECT_NO_THROW(late.require(poor));
  ASSERT_TRUE(late.evaluate(poor, a) && steady.evaluate(rich, b));
  EXPECT_EQ(a.gradient, b.gradient);
}

}  // namespace
}  // namespace optbed::gradient_source_test
