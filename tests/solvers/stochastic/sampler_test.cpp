#include "solvers/stochastic/sampler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <map>
#include <numeric>

#include "problems/quadratic/sample_mean.hpp"
#include "tests/problems/test_problems.hpp"

namespace optbed::sampler_test {
namespace {

using Samples = std::vector<Index>;

Samples next(Sampler& sampler) {
  const Index expected = sampler.next_size();
  sampler.draw();
  const std::span<const Index> batch = sampler.batch();
  EXPECT_EQ(static_cast<Index>(batch.size()), expected);
  return {batch.begin(), batch.end()};
}

// The batches of an epoch one after another.
Samples epoch(Sampler& sampler) {
  Samples all;
  for (long i = 0; i < sampler.batches_per_epoch(); ++i) {
    for (const Index sample : next(sampler)) all.push_back(sample);
  }
  return all;
}

Samples sorted(Samples samples) {
  std::sort(samples.begin(), samples.end());
  return samples;
}

Samples identity(Index n) {
  Samples all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

Sampler started(Sampling sampling, Index sample_count, Index batch_size, std::uint64_t seed = 0) {
  Sampler sampler(sampling);
  sampler.start(sample_count, batch_size, seed);
  return sampler;
}

// The counts of outcomes that are equally likely: the sum of their squared deviations over the expected count
// has the chi-square distribution with one degree of freedom less than there are outcomes. Outside of the
// inner 99.8 % a sampler is wrong or, with the seeds of this file, unlucky.
void expect_equally_likely(const std::map<Samples, long>& counts, std::size_t outcomes) {
  ASSERT_EQ(counts.size(), outcomes);
  double draws = 0;
  for (const auto& [outcome, count] : counts) draws += static_cast<double>(count);
  const double expected = draws / static_cast<double>(outcomes);
  double statistic = 0;
  for (const auto& [outcome, count] : counts) {
    const double deviation = static_cast<double>(count) - expected;
    statistic += deviation * deviation / expected;
  }
  const boost::math::chi_squared distribution(static_cast<double>(outcomes - 1));
  EXPECT_GT(statistic, quantile(distribution, 1e-3));
  EXPECT_LT(statistic, quantile(complement(distribution, 1e-3)));
}

TEST(Sampler, PassesThroughEverySampleOnceAnEpoch) {
  for (const Sampling sampling : {Sampling::shuffle, Sampling::shuffle_once, Sampling::sequential}) {
    for (const Index batch_size : {1, 3, 5, 10}) {
      Sampler sampler = started(sampling, 10, batch_size);
      for (int i = 0; i < 20; ++i)
        EXPECT_EQ(sorted(epoch(sampler)), identity(10)) << "batches of " << batch_size;
    }
  }
}

TEST(Sampler, EndsAnEpochWithAShortBatch) {
  Sampler sampler = started(Sampling::shuffle, 10, 4);
  EXPECT_EQ(sampler.batches_per_epoch(), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(next(sampler).size(), 4u);
    EXPECT_EQ(next(sampler).size(), 4u);
    EXPECT_EQ(next(sampler).size(), 2u);
  }
}

TEST(Sampler, KeepsItsOrderAsItsNameSays) {
  Sampler sequential = started(Sampling::sequential, 30, 7);
  Sampler once = started(Sampling::shuffle_once, 30, 7);
  Sampler anew = started(Sampling::shuffle, 30, 7);
  const Samples first_once = epoch(once);
  const Samples first_anew = epoch(anew);
  EXPECT_EQ(epoch(sequential), identity(30));
  EXPECT_NE(first_once, identity(30));
  EXPECT_NE(first_anew, identity(30));
  EXPECT_EQ(epoch(sequential), identity(30));
  EXPECT_EQ(epoch(once), first_once);
  EXPECT_NE(epoch(anew), first_anew);
}

// Also in batches, which draw a permutation piece by piece.
TEST(Sampler, MakesEveryOrderOfAnEpochEquallyLikely) {
  for (const Index batch_size : {1, 3, 4}) {
    Sampler sampler = started(Sampling::shuffle, 4, batch_size, 5);
    std::map<Samples, long> counts;
    for (int i = 0; i < 24'000; ++i) ++counts[epoch(sampler)];
    expect_equally_likely(counts, 24);
  }
  std::map<Samples, long> counts;
  for (std::uint64_t seed = 0; seed < 2'400; ++seed) {
    Sampler sampler = started(Sampling::shuffle_once, 4, 2, seed);
    ++counts[epoch(sampler)];
  }
  expect_equally_likely(counts, 24);
}

TEST(Sampler, DrawsEverySampleOfABatchFromAllWithReplacement) {
  Sampler sampler = started(Sampling::replacement, 5, 2, 6);
  std::map<Samples, long> counts;
  for (int i = 0; i < 25'000; ++i) ++counts[next(sampler)];
  expect_equally_likely(counts, 25);
}

TEST(Sampler, DependsOnItsSeedAlone) {
  for (const Sampling sampling : {Sampling::shuffle, Sampling::replacement, Sampling::shuffle_once}) {
    Sampler a = started(sampling, 50, 9, 3);
    Sampler other = started(sampling, 50, 9, 4);
    const Samples first = epoch(a);
    EXPECT_NE(first, epoch(other));
    EXPECT_EQ(epoch(a).size(), first.size());
    a.start(50, 9, 3);
    EXPECT_EQ(epoch(a), first);
  }
}

TEST(MissingSamples, AreNamedWithWhatThereIs) {
  const SampleMean ten({.samples = 10});
  EXPECT_EQ(missing_samples(ten, 10), "");
  EXPECT_EQ(missing_samples(ten, 11), "the samples for batch_size = 11: it has 10");
  const auto parabola = testing::on_the_line(
      1, [](double x) { return x * x; }, [](double x) { return 2 * x; });
  EXPECT_EQ(missing_samples(parabola, 1), "samples to make batches of (it is no finite sum)");
}

}  // namespace
}  // namespace optbed::sampler_test
