#include "problems/learning/neural_network/training_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "problems/learning/neural_network/initial_parameters.hpp"

namespace optbed::training_data_test {
namespace {

// Lang & Witbrock 1988: for i = 0 … 96 the angle i pi/16 and the radius 6.5 (104 - i)/104, at radius (sin, cos)
// of it, and the same point reflected in the origin.
TEST(TrainingData, HasTheTwoSpiralsOfLangAndWitbrock) {
  Random random(1);
  const TrainingData data = two_spirals(194, 0, random);
  for (Index i = 0; i <= 96; ++i) {
    const double angle = static_cast<double>(i) * std::numbers::pi / 16;
    const double radius = 6.5 * static_cast<double>(104 - i) / 104;
    const Vector point{{radius * std::sin(angle), radius * std::cos(angle)}};
    EXPECT_LE((6.5 * data.inputs.col(2 * i) - point).norm(), 1e-13);
    EXPECT_LE((6.5 * data.inputs.col(2 * i + 1) + point).norm(), 1e-13);
    EXPECT_EQ(data.targets.col(2 * i), (Vector{{1, 0}}));
    EXPECT_EQ(data.targets.col(2 * i + 1), (Vector{{0, 1}}));
  }
}

// Points on circles of the radius 1 about (0, 0) and (1, 1/2), the upper half of one and the lower of the
// other, from end to end.
TEST(TrainingData, HasMoonsThatAreHalfCircles) {
  Random random(1);
  const TrainingData data = two_moons(41, 0, random);
  for (Index i = 0; i < 41; ++i) {
    const bool upper = data.targets(0, i) == 1;
    EXPECT_EQ(upper, i % 2 == 0);
    const Vector from_centre = data.inputs.col(i) - (upper ? Vector{{0, 0}} : Vector{{1, 0.5}});
    EXPECT_NEAR(from_centre.norm(), 1, 1e-15);
    EXPECT_GE((upper ? 1 : -1) * from_centre[1], -1e-15);
  }
  EXPECT_LE((data.inputs.col(40) - Vector{{-1, 0}}).norm(), 1e-15);
  EXPECT_LE((data.inputs.col(39) - Vector{{2, 0.5}}).norm(), 1e-15);
}

TEST(TrainingData, HasTheExclusiveOrOfTheSigns) {
  Random random(1);
  const TrainingData data = exclusive_or(10, 0.1, random);
  for (Index i = 0; i < 10; ++i) {
    EXPECT_EQ(data.targets(1, i), data.inputs(0, i) * data.inputs(1, i) < 0 ? 1 : 0);
    EXPECT_EQ(data.targets.col(i).sum(), 1);
    EXPECT_LT((data.inputs.col(i).cwiseAbs() - Vector::Ones(2)).norm(), 0.6);
  }
}

// What is drawn about a centre has its mean, to five standard deviations of it.
TEST(TrainingData, HasBlobsOfTheirNoise) {
  Random random(6);
  const Index N = 3000;
  const TrainingData data = blobs(N, 4, 3, 0.2, random);
  Random again(6);
  const Matrix centres = again.normal_matrix(4, 3);
  for (Index c = 0; c < 3; ++c) {
    Vector sum = Vector::Zero(4);
    double squares = 0;
    for (Index i = c; i < N; i += 3) {
      EXPECT_EQ(data.targets(c, i), 1);
      sum += data.inputs.col(i) - centres.col(c);
      squares += (data.inputs.col(i) - centres.col(c)).squaredNorm();
    }
    EXPECT_LE((sum / 1000).cwiseAbs().maxCoeff(), 5 * 0.2 / std::sqrt(1000.0));
    EXPECT_NEAR(squares / 4000, 0.04, 5 * 0.04 * std::sqrt(2 / 4000.0));
  }
}

// An oracle hands a run's seed on as unrelated_seed(seed), and data are drawn from the seed itself.
TEST(InitialParameters, AreNotTheNumbersOfARunOrOfDataWithTheSameSeed) {
  const Network network({.widths = {2, 3}, .bias = false});
  for (const long seed : {0, 1, 42}) {
    const Vector x = initial_parameters(network, {Initialisation::normal, 1, seed});
    const auto number = static_cast<std::uint64_t>(seed);
    for (const std::uint64_t other : {number, unrelated_seed(number)}) {
      EXPECT_GT((x - Random(other).normal_matrix(6, 1)).cwiseAbs().minCoeff(), 1e-9) << seed;
    }
  }
}

// A layer of 300 inputs and 200 units: the variances 1, 2/(300 + 200) = r^2/3 and 2/300 to five standard
// deviations of 60000 draws, and no weight beyond r; biases 0.
TEST(InitialParameters, HaveTheSizesOfTheirPapers) {
  const Network network({{300, 200, 1}});
  const Layer& layer = network.layers()[0];
  const auto drawn = [&](Initialisation initialisation) {
    const Vector x = initial_parameters(network, {initialisation, 2, 3});
    EXPECT_EQ(network.biases(layer, x.data()), Vector::Zero(200));
    return Matrix(network.weights(layer, x.data()) / 2);
  };
  const double precision = 5 * std::sqrt(2 / 60000.0);
  EXPECT_EQ(drawn(Initialisation::zero), Matrix::Zero(200, 300));
  EXPECT_EQ(drawn(Initialisation::constant), Matrix::Ones(200, 300));
  EXPECT_NEAR(drawn(Initialisation::normal).array().square().mean(), 1, precision);
  EXPECT_NEAR(drawn(Initialisation::he).array().square().mean() * 150, 1, precision);
  const Matrix xavier = drawn(Initialisation::xavier);
  EXPECT_NEAR(xavier.array().square().mean() * 250, 1, precision);
  EXPECT_LE(xavier.cwiseAbs().maxCoeff(), std::sqrt(6 / 500.0));
  EXPECT_GT(xavier.maxCoeff(), 0.999 * std::sqrt(6 / 500.0));
  EXPECT_LT(std::abs(xavier.mean()), 5 * std::sqrt(1 / 250.0 / 60000));
}

}  // namespace
}  // namespace optbed::training_data_test
