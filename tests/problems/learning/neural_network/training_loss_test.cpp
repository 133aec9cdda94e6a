// The derivatives of a network against those that automatic differentiation finds of its plain loops.
#include "problems/learning/neural_network/training_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "problems/errors.hpp"
#include "problems/learning/neural_network/mlp.hpp"
#include "tests/problems/learning/neural_network/plain_network.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::training_loss_test {
namespace {

using testing::relative_error;

struct Case {
  const char* description;
  std::vector<Index> widths;
  std::pair<std::string, Activation> activation;
  OutputLoss loss;
  bool skip;
  bool bias;
  double l2;
};

// Samples beyond one block, so that sums over blocks are seen; more than 20 rows, columns and terms in a
// product take Eigen's blocked way, fewer its plain one.
constexpr Index samples = 150;

const std::vector<Case> cases = {
    {"tanh", {3, 4, 2}, {"tanh", Activation::tanh}, OutputLoss::cross_entropy, false, true, 0},
    {"deep", {2, 5, 3, 4, 3}, {"tanh", Activation::tanh}, OutputLoss::cross_entropy, false, true, 0.1},
    {"sigmoid", {2, 6, 2}, {"sigmoid", Activation::sigmoid}, OutputLoss::squared, false, true, 0.01},
    {"softplus", {2, 3, 3, 2}, {"softplus", Activation::softplus}, OutputLoss::cross_entropy, true, true, 0},
    {"relu", {2, 7, 5, 2}, {"relu", Activation::relu}, OutputLoss::cross_entropy, false, true, 0},
    {"relu with skips", {4, 4, 4, 3}, {"relu", Activation::relu}, OutputLoss::squared, true, true, 0.2},
    {"tanh with skips", {3, 3, 3, 3, 2}, {"tanh", Activation::tanh}, OutputLoss::squared, true, false, 0},
    {"linear", {3, 2, 4}, {"identity", Activation::identity}, OutputLoss::squared, false, false, 0},
    {"no hidden layer", {3, 2}, {"tanh", Activation::tanh}, OutputLoss::cross_entropy, false, true, 0.3},
    {"one unit", {1, 1, 1}, {"tanh", Activation::tanh}, OutputLoss::squared, true, true, 0},
};

TrainingData data_for(const Case& of, Random& random) {
  TrainingData data{random.normal_matrix(of.widths.front(), samples),
                    random.normal_matrix(of.widths.back(), samples)};
  if (of.loss == OutputLoss::cross_entropy) {  // distributions that are not one class alone
    data.targets = data.targets.array().square();
    for (Index i = 0; i < samples; ++i) data.targets.col(i) /= data.targets.col(i).sum();
  }
  return data;
}

struct Pair {
  std::unique_ptr<TrainingLoss> by_hand;
  testing::PlainTrainingLoss plain;
};

Pair make(const Case& of) {
  Random random(5);
  const TrainingData data = data_for(of, random);
  const Network network({of.widths, of.activation.second, of.skip, of.bias});
  const TrainingSettings settings{of.loss, of.l2, Vector::Zero(network.parameter_count())};
  Pair pair{nullptr, {{of.widths, of.activation.first, of.skip, of.bias}, data, of.loss, of.l2}};
  if (of.loss == OutputLoss::squared) {
    pair.by_hand = std::make_unique<SquaredTrainingLoss>(network, data, settings);
  } else {
    pair.by_hand = std::make_unique<TrainingLoss>(network, data, settings);
  }
  return pair;
}

// Sums of N terms of some hundred operations each: far from what is allowed.
constexpr double tolerance = 1e-12;

class EveryNetwork : public ::testing::TestWithParam<Case> {
 protected:
  const Pair pair_ = make(GetParam());
  const TrainingLoss& by_hand_ = *pair_.by_hand;
  const Index n_ = by_hand_.dimension();
  Random random_{17};
  const Vector x_ = random_.normal_matrix(n_, 1);
  const Vector v_ = random_.normal_matrix(n_, 1);
};

TEST_P(EveryNetwork, HasTheDerivativesOfItsPlainLoops) {
  Vector g(n_), expected_g(n_), Hv(n_), expected_Hv(n_);
  const double expected = gradient_of(pair_.plain, x_, expected_g);
  EXPECT_NEAR(by_hand_.value(x_), expected, tolerance * expected);
  EXPECT_NEAR(by_hand_.gradient(x_, g), expected, tolerance * expected);
  EXPECT_LE(relative_error(g, expected_g), tolerance);
  hessian_vector_of(pair_.plain, x_, v_, expected_Hv);
  by_hand_.hessian_vector(x_, v_, Hv);
  EXPECT_LE(relative_error(Hv, expected_Hv), tolerance);
  Matrix H(n_, n_), expected_H(n_, n_);
  hessian_of(pair_.plain, x_, expected_H);
  by_hand_.hessian(x_, H);
  EXPECT_LE(relative_error(H, expected_H), tolerance);
}

// (l2/2) |x|^2 adds l2 v to a product: here 0.75 v.
TEST_P(EveryNetwork, HasTheRegularisationInItsHessianVectorProducts) {
  Case plain = GetParam(), regularised = GetParam();
  plain.l2 = 0;
  regularised.l2 = 0.75;
  Vector Hv(n_), regularised_Hv(n_);
  make(plain).by_hand->hessian_vector(x_, v_, Hv);
  make(regularised).by_hand->hessian_vector(x_, v_, regularised_Hv);
  EXPECT_LE((regularised_Hv - Hv - 0.75 * v_).norm(), 1e-14 * (Hv.norm() + v_.norm()));
}

TEST_P(EveryNetwork, HasTheBatchGradientsOfItsPlainLoops) {
  const std::vector<Index> batch = {samples - 1, 3, 3, 0, 77};
  testing::PlainTrainingLoss of_batch = pair_.plain;
  of_batch.data = {Matrix(by_hand_.data().inputs.rows(), batch.size()),
                   Matrix(by_hand_.data().targets.rows(), batch.size())};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    of_batch.data.inputs.col(static_cast<Index>(i)) = by_hand_.data().inputs.col(batch[i]);
    of_batch.data.targets.col(static_cast<Index>(i)) = by_hand_.data().targets.col(batch[i]);
  }
  Vector g(n_), expected_g(n_);
  const double expected = gradient_of(of_batch, x_, expected_g);
  EXPECT_NEAR(by_hand_.sample_gradient(x_, batch, g), expected, tolerance * expected);
  EXPECT_LE(relative_error(g, expected_g), tolerance);
}

// (1/N) sum J_i'H_i J_i v + l2 v with J by automatic differentiation and H_i = 2 I or diag(p) - p p'.
TEST_P(EveryNetwork, HasTheGaussNewtonProductsOfItsJacobian) {
  const DifferentiatedResiduals<testing::PlainOutputs> outputs({pair_.plain.network, pair_.plain.data},
                                                               {.start = x_});
  const Matrix J = testing::jacobian_at(outputs, x_);
  const Vector y = testing::residuals_at(outputs, x_);
  const Index k = by_hand_.network().output_count();
  Vector Jv = J * v_;
  for (Index i = 0; i < samples; ++i) {
    Matrix H = 2 * Matrix::Identity(k, k);
    if (GetParam().loss == OutputLoss::cross_entropy) {
      Vector p = y.segment(i * k, k).array().exp();
      p /= p.sum();
      H = Matrix(p.asDiagonal()) - p * p.transpose();
    }
    Jv.segment(i * k, k) = (H * Jv.segment(i * k, k)).eval();
  }
  const Vector expected = J.transpose() * Jv / static_cast<double>(samples) + GetParam().l2 * v_;
  Vector Gv(n_);
  by_hand_.gauss_newton_vector(x_, v_, Gv);
  EXPECT_LE(relative_error(Gv, expected), tolerance);
}

TEST_P(EveryNetwork, IsALeastSquaresProblemWhereTheLossIsSquared) {
  const auto* squares = dynamic_cast<const LeastSquaresProblem*>(&by_hand_);
  ASSERT_EQ(squares != nullptr, GetParam().loss == OutputLoss::squared);
  if (!squares) return;
  const DifferentiatedResiduals<testing::PlainOutputs> outputs({pair_.plain.network, pair_.plain.data},
                                                               {.start = x_});
  const Index rows = outputs.residual_count();
  const Matrix J = testing::jacobian_at(*squares, x_);
  EXPECT_LE(relative_error(J.topRows(rows), testing::jacobian_at(outputs, x_)), tolerance);
  const Vector r = testing::residuals_at(*squares, x_);
  const Vector expected = testing::residuals_at(outputs, x_) - pair_.plain.data.targets.reshaped();
  EXPECT_LE(relative_error(r.head(rows), expected), tolerance);
  EXPECT_NEAR(squares->scale() * r.squaredNorm(), by_hand_.value(x_), tolerance * by_hand_.value(x_));
  // For the squared loss the Gauss-Newton matrix is 2 scale J'J.
  Vector Gv(n_);
  by_hand_.gauss_newton_vector(x_, v_, Gv);
  EXPECT_LE(relative_error(Gv, 2 * squares->scale() * J.transpose() * (J * v_)), tolerance);
}

INSTANTIATE_TEST_SUITE_P(Networks, EveryNetwork, ::testing::ValuesIn(cases), [](const auto& network) {
  std::string name = network.param.description;
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
});

// Wider than a tile of a product and with more outputs than a block has samples: the same derivatives still.
TEST(TrainingLoss, TakesWideLayersInTiles) {
  Random random(3);
  const std::vector<Index> widths = {140, 150, 130};
  const TrainingData data{random.normal_matrix(140, 3), random.normal_matrix(130, 3)};
  const Network network({widths});
  const SquaredTrainingLoss by_hand(network, data,
                                    {OutputLoss::squared, 0, Vector::Zero(network.parameter_count())});
  const testing::PlainTrainingLoss plain{{widths}, data};
  const Vector x = 0.1 * random.normal_matrix(by_hand.dimension(), 1);
  Vector g(x.size()), expected(x.size());
  const double value = gradient_of(plain, x, expected);
  EXPECT_NEAR(by_hand.gradient(x, g), value, tolerance * value);
  EXPECT_LE(relative_error(g, expected), tolerance);
  Vector Hv(x.size());
  hessian_vector_of(plain, x, g, expected);
  {
    Eigen::internal::set_is_malloc_allowed(false);
    by_hand.hessian_vector(x, g, Hv);
    Eigen::internal::set_is_malloc_allowed(true);
  }
  EXPECT_LE(relative_error(Hv, expected), tolerance);
}

// With margins of 50 and -800 a loss is exp(-50) and 800 to rounding, and its slopes -exp(-50) and 1.
TEST(TrainingLoss, KeepsTheDigitsOfTheCrossEntropyWhereItIsSmallOrLarge) {
  const Network network({.widths = {1, 2}, .bias = false});
  const TrainingLoss loss(network, {Matrix{{50, -800}}, Matrix{{1, 1}, {0, 0}}}, {.start = Vector::Zero(2)});
  const Vector x{{1, 0}};  // the outputs are (input, 0)
  Vector g(2);
  const Index first = 0, second = 1;
  EXPECT_NEAR(loss.sample_gradient(x, {&first, 1}, g) / std::exp(-50), 1, 1e-14);
  EXPECT_NEAR(g[0] / (-50 * std::exp(-50)), 1, 1e-14);
  EXPECT_EQ(g[1], -g[0]);
  EXPECT_EQ(loss.sample_gradient(x, {&second, 1}, g), 800);
  EXPECT_EQ(g, (Vector{{800, -800}}));
  Vector Gv(2);
  loss.gauss_newton_vector(x, Vector{{1, 0}}, Gv);
  EXPECT_NEAR(Gv[0] / (2500 * std::exp(-50) / 2), 1, 1e-14);
}

// The outputs are (x, -x): of the inputs 3, 1, -2 the first class's output is the larger for the first two.
TEST(TrainingLoss, CountsTheSamplesWhoseClassIsMissed) {
  const Network network({.widths = {1, 2}, .bias = false});
  const TrainingLoss loss(network, {Matrix{{3, 1, -2}}, one_hot({0, 1, 1}, 2)}, {.start = Vector::Zero(2)});
  EXPECT_DOUBLE_EQ(loss.zero_one_loss(Vector{{1, -1}}), 1.0 / 3);
  EXPECT_DOUBLE_EQ(loss.zero_one_loss(Vector{{-1, 1}}), 2.0 / 3);
  EXPECT_DOUBLE_EQ(loss.zero_one_loss(Vector::Constant(2, std::nan(""))), 1);
}

// Evaluations in threads of their own do not disturb each other.
TEST(TrainingLoss, IsTheSameFromEveryThread) {
  const auto problem = make_mlp({});
  const Vector x = problem->start();
  Matrix H(problem->dimension(), problem->dimension());
  problem->hessian(x, H);
  std::vector<Matrix> found(4, Matrix(H.rows(), H.cols()));
  std::vector<std::thread> threads;
  threads.reserve(found.size());
  for (Matrix& of_thread : found) threads.emplace_back([&] { problem->hessian(x, of_thread); });
  for (std::thread& thread : threads) thread.join();
  for (const Matrix& of_thread : found) EXPECT_EQ(of_thread, H);
}

TEST(TrainingLoss, RefusesDataThatDoNotFit) {
  const Network network({{2, 3, 2}});
  const Vector start = Vector::Zero(network.parameter_count());
  const Matrix inputs = Matrix::Zero(2, 1);
  const Matrix targets = one_hot({0}, 2);
  const auto make = [&](const TrainingData& data, const Vector& from) {
    return TrainingLoss(network, data, {.start = from});
  };
  EXPECT_NO_THROW(make({inputs, targets}, start));
  EXPECT_THROW(make({inputs, targets}, Vector::Zero(3)), UsageError);
  EXPECT_THROW(make({Matrix::Zero(3, 1), targets}, start), UsageError);
  EXPECT_THROW(make({inputs, one_hot({0}, 3)}, start), UsageError);
  EXPECT_THROW(make({inputs, one_hot({0, 1}, 2)}, start), UsageError);
  EXPECT_THROW(make({Matrix(2, 0), Matrix(2, 0)}, start), UsageError);
  EXPECT_THROW(TrainingLoss(network, {inputs, targets}, {.l2 = -1, .start = start}), UsageError);
  const auto refusal = [&](const Matrix& wrong) -> std::string {
    try {
      make({inputs, wrong}, start);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "it was taken";
  };
  EXPECT_EQ(refusal(2 * targets), "the cross-entropy needs targets that sum to 1; those of sample 1 sum to 2");
  EXPECT_EQ(refusal(Matrix{{2}, {-1}}),
            "the cross-entropy needs targets that are not negative; sample 1 has -1");
  EXPECT_THROW(Network({{2}}), UsageError);
  EXPECT_THROW(Network({{2, 0, 1}}), UsageError);
  EXPECT_THROW(
      TrainingLoss(Network({{1, 1}}), {Matrix::Zero(1, 1), Matrix::Ones(1, 1)}, {.start = Vector::Zero(2)}),
      UsageError);
}

}  // namespace
}  // namespace optbed::training_loss_test
