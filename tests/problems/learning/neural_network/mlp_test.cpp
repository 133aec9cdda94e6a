#include "problems/learning/neural_network/mlp.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "problems/errors.hpp"
#include "problems/learning/neural_network/unit_symmetry.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::mlp_test {
namespace {

// 3! 2^3 = 48 different points, all with one value and one size of the gradient.
TEST(Mlp, HasFortyEightEqualPointsForThreeTanhUnits) {
  const auto problem = make_mlp({.hidden = {3}, .samples = 40});
  Random random(2);
  const Vector x = random.normal_matrix(problem->dimension(), 1);
  const double f = problem->value(x);
  const double slope = testing::gradient_at(*problem, x).norm();
  std::vector<Vector> seen;
  std::vector<Index> order = {0, 1, 2};
  do {
    for (int bits = 0; bits < 8; ++bits) {
      const std::vector<double> signs = {bits & 1 ? -1.0 : 1.0, bits & 2 ? -1.0 : 1.0, bits & 4 ? -1.0 : 1.0};
      Vector y = with_units(problem->network(), x, {{order, signs}});
      EXPECT_NEAR(problem->value(y), f, 1e-14 * (1 + f));
      EXPECT_NEAR(testing::gradient_at(*problem, y).norm(), slope, 1e-13 * slope);
      EXPECT_TRUE(std::none_of(seen.begin(), seen.end(), [&](const Vector& other) { return other == y; }));
      seen.push_back(std::move(y));
    }
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(seen.size(), 48U);
}

// Signs are a symmetry of tanh alone: a softplus network is another one after it.
TEST(Mlp, HasNoSymmetryInTheSignsOfOtherUnits) {
  const auto problem = make_mlp({.hidden = {3}, .activation = Activation::softplus});
  Random random(2);
  const Vector x = random.normal_matrix(problem->dimension(), 1);
  EXPECT_NEAR(problem->value(with_units(problem->network(), x, {{{2, 0, 1}, {1, 1, 1}}})), problem->value(x),
              1e-14);
  EXPECT_GT(std::abs(problem->value(with_units(problem->network(), x, {{{0, 1, 2}, {-1, 1, 1}}})) -
                     problem->value(x)),
            1e-3);
}

double difference_between_units(const TrainingLoss& problem, const Vector& x) {
  double difference = 0;
  for (const Layer& layer : problem.network().layers()) {
    if (&layer == &problem.network().layers().back()) break;
    const ConstBlock W = problem.network().weights(layer, x.data());
    difference = std::max(difference, (W.rowwise() - W.row(0)).cwiseAbs().maxCoeff());
  }
  return difference;
}

Vector after_gradient_steps(const Problem& problem, int steps, double learning_rate) {
  Vector x = problem.start();
  Vector g(x.size());
  for (int k = 0; k < steps; ++k) {
    problem.gradient(x, g);
    x -= learning_rate * g;
  }
  return x;
}

// What starts alike stays alike: to the rounding of 200 steps, while the weights move by more than 0.1.
TEST(Mlp, NeverTellsUnitsApartThatStartAlike) {
  const auto alike =
      make_mlp({.hidden = {4, 3}, .initialisation = Initialisation::constant, .initial_scale = 0.5});
  const Vector x = after_gradient_steps(*alike, 200, 0.1);
  EXPECT_GT((x - alike->start()).cwiseAbs().maxCoeff(), 0.1);
  EXPECT_LE(difference_between_units(*alike, x), 1e-12);
  const auto different = make_mlp({.hidden = {4, 3}, .initial_scale = 0.5});
  EXPECT_GT(difference_between_units(*different, after_gradient_steps(*different, 200, 0.1)), 0.1);
}

// From 0 only the output biases have a slope: with half of the samples in each class not even they.
TEST(Mlp, IsStationaryAtZeroOnTwoClassesOfOneSize) {
  const auto problem = make_mlp({.hidden = {5, 4}, .initialisation = Initialisation::zero});
  EXPECT_LE(testing::gradient_at(*problem, problem->start()).norm(), 1e-16);
  EXPECT_NEAR(problem->value(problem->start()), std::log(2), 1e-15);
}

// One sample of class 1 at the input 1, without biases: f = log(1 + exp(-m)) with the margin m = w_1 - w_2,
// which gradient steps of the length 1/2 move by 1/(1 + exp(m)). By then the 0-1 loss is 0, and still m +
// exp(m) = k + O(log k), as exp(m) dm = dk in the limit; the second-order term of a step, exp(m)/2 (1 +
// exp(m))^-2, adds (log k)/2.
TEST(Mlp, KeepsGrowingItsMarginWhenNothingIsMisclassifiedAnyMore) {
  const TrainingLoss problem(Network({.widths = {1, 2}, .bias = false}), {Matrix{{1}}, one_hot({0}, 2)},
                             {.start = Vector::Zero(2)});
  const auto excess = [&](int k) {
    const Vector x = after_gradient_steps(problem, k, 0.5);
    EXPECT_EQ(problem.zero_one_loss(x), 0);
    const double margin = x[0] - x[1];
    return margin + std::exp(margin) - k;
  };
  const double at_100 = excess(100), at_1000 = excess(1000), at_10000 = excess(10000);
  EXPECT_NEAR(at_1000 - at_100, std::log(10) / 2, 0.05);
  EXPECT_NEAR(at_10000 - at_1000, std::log(10) / 2, 0.005);
}

// The second difference of f in the bias of a hidden unit, where b_L makes the samples of one class wrong by
// far: l' = 1 for these, one half, and 0 for the others. It is that of W sigma/2 + (10/2) bias^2, which takes
// the sign of W sigma'', or of W at the kink of a relu.
TEST(Mlp, IsNotConvexWhicheverItsActivationAndRegularisation) {
  const std::vector<std::pair<Activation, std::function<double(double)>>> activations = {
      {Activation::tanh, [](double z) { return std::tanh(z); }},
      {Activation::sigmoid, [](double z) { return 1 / (1 + std::exp(-z)); }},
      {Activation::softplus, [](double z) { return std::log1p(std::exp(z)); }},
      {Activation::relu, [](double z) { return std::max(z, 0.0); }}};
  for (const auto& [activation, sigma] : activations) {
    const auto problem = make_mlp({.hidden = {1}, .activation = activation, .l2 = 10});
    ASSERT_EQ(problem->facts().convexity->value, Convexity::nonconvex);
    const Network& network = problem->network();
    const Layer& hidden = network.layers()[0];
    const auto second_difference = [&](double weight) {
      Vector x = Vector::Zero(problem->dimension());
      network.weights(network.layers()[1], x.data())(0, 0) = weight;
      network.biases(network.layers()[1], x.data())[0] = 1e5;
      const auto at = [&](double bias) {
        network.biases(hidden, x.data())[0] = bias;
        return problem->value(x) - problem->value(Vector::Zero(x.size()));
      };
      return at(0.75) + at(-0.25) - 2 * at(0.25);
    };
    const double of_sigma = sigma(0.75) + sigma(-0.25) - 2 * sigma(0.25);
    for (const double weight : {1e3, -1e3}) {
      const double expected = weight * of_sigma / 2 + 5 * (0.75 * 0.75 + 0.25 * 0.25 - 2 * 0.25 * 0.25);
      // Three values of 5 10^10, the regularisation of b_L, are each rounded by 4e-6.
      EXPECT_NEAR(second_difference(weight), expected, 4e-5);
    }
    EXPECT_LT(second_difference(of_sigma > 0 ? -1e3 : 1e3), -1);
  }
}

// A residual network of skips alone: with W = 0 and b = 0 a hidden layer hands on what it gets.
TEST(Mlp, HandsOnItsInputsThroughSkipConnections) {
  const auto problem = make_mlp({.hidden = {2, 2}, .skip = true, .data = "xor", .samples = 4});
  Vector x = Vector::Zero(problem->dimension());
  const Network& network = problem->network();
  network.weights(network.layers().back(), x.data()).setIdentity();
  EXPECT_EQ(problem->outputs(x), problem->data().inputs);
}

// The solution of Goodfellow, Bengio & Courville 2016, (6.4)-(6.6), on inputs u of 0 and 1; with the inputs a
// of -1 and 1 here u = (1 - a)/2.
TEST(Mlp, CanSolveTheExclusiveOrWithTwoRectifiers) {
  const auto problem = make_mlp({.hidden = {2},
                                 .activation = Activation::relu,
                                 .loss = OutputLoss::squared,
                                 .data = "xor",
                                 .samples = 4,
                                 .noise = 0});
  // Inputs of the units: u_1 + u_2 and u_1 + u_2 - 1; the class is u_1 + u_2 - 2 max(u_1 + u_2 - 1, 0).
  const Vector x{{-0.5, -0.5, -0.5, -0.5, 1, 0, -1, 1, 2, -2, 1, 0}};
  EXPECT_NEAR(problem->value(x), 0, 1e-30);
  EXPECT_EQ(problem->zero_one_loss(x), 0);
}

TEST(Mlp, KnowsTheMinimumThatATeacherLeaves) {
  const auto problem = make_mlp({.hidden = {4},
                                 .loss = OutputLoss::squared,
                                 .data = "teacher",
                                 .samples = 300,
                                 .inputs = 5,
                                 .outputs = 2,
                                 .noise = 0});
  ASSERT_TRUE(problem->facts().minimum);
  EXPECT_EQ(problem->facts().minimum->value, 0);
  EXPECT_LE(problem->value(problem->facts().minimisers.at(0).value), 1e-30);
  EXPECT_GT(problem->value(problem->start()), 0.01);
}

TEST(Mlp, NamesTheOptionsThatDoNotGoTogether) {
  for (const auto& [values, named] : std::vector<std::pair<KeyValues, std::string>>{
           {{{"hidden", "2.5"}}, "'hidden'"},
           {{{"data", "teacher"}}, "'loss=squared'"},
           {{{"inputs", "3"}}, "'inputs' needs data=blobs"},
           {{{"classes", "3"}}, "'classes' needs data=blobs"},
           {{{"outputs", "3"}}, "'outputs' needs data=teacher"},
           {{{"data", "two_mons"}}, "did you mean 'two_moons'"},
           {{{"data", "digits"}, {"samples", "5"}}, "'samples' is about generated data"},
           {{{"standardise", "standard"}}, "'standardise' needs 'data'"},
           {{{"skip", "true"}, {"hidden", "3;4"}}, "'skip' needs two neighbours"}}) {
    try {
      mlp_option_table().parse("mlp", values);
      ADD_FAILURE() << named;
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(named), std::string::npos) << error.what();
    }
  }
  EXPECT_NO_THROW(mlp_option_table().parse("mlp", {{"skip", "true"}, {"hidden", "2"}}));
}

}  // namespace
}  // namespace optbed::mlp_test
