#include "problems/learning/neural_network/deep_linear.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/decompositions.hpp"
#include "problems/errors.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::deep_linear_test {
namespace {

// X = I: f = (1/N)|W_L … W_1 - Y|^2, and the best approximation of a diagonal Y keeps its largest elements.
DeepLinear fitting(const Matrix& Y, const std::vector<Index>& hidden) {
  std::vector<Index> widths = {Y.cols()};
  widths.insert(widths.end(), hidden.begin(), hidden.end());
  widths.push_back(Y.rows());
  return DeepLinear(widths, {Matrix::Identity(Y.cols(), Y.cols()), Y});
}

Matrix inverse(const Matrix& G) {
  Matrix inverse(G.rows(), G.cols());
  for (Index j = 0; j < G.cols(); ++j) inverse.col(j) = solve(G, Vector::Unit(G.rows(), j));
  return inverse;
}

Matrix diagonal(const Vector& elements) { return elements.asDiagonal(); }

// 4, 2 and 1 on the diagonal: the rank 2 leaves 1, the rank 1 leaves 1 + 4.
TEST(DeepLinear, HasTheMinimumOfTheBestApproximation) {
  const Matrix Y = diagonal(Vector{{2, 4, 1}});
  for (const auto& [hidden, left] : std::vector<std::pair<std::vector<Index>, double>>{
           {{3}, 0}, {{2}, 1}, {{1}, 5}, {{5}, 0}, {{2, 3}, 1}, {{4, 1, 2}, 5}}) {
    const DeepLinear problem = fitting(Y, hidden);
    EXPECT_NEAR(problem.facts().minimum->value, left / 3, 1e-14);
    const Vector& x = problem.facts().minimisers.at(0).value;
    EXPECT_NEAR(problem.value(x), left / 3, 1e-14);
    const Matrix kept = (Y.array() > (left == 0 ? 0 : left == 1 ? 1.5 : 3)).cast<double>() * Y.array();
    EXPECT_LE((problem.product(x) - kept).norm(), 1e-13);
  }
}

// Where X has fewer columns than rows the product is fixed on what X spans alone: Y can be met.
TEST(DeepLinear, HasItsMinimumFromFewerSamplesThanInputs) {
  const DeepLinear problem({.inputs = 6, .outputs = 2, .samples = 3});
  EXPECT_NEAR(problem.facts().minimum->value, 0, 1e-28);
  EXPECT_NEAR(problem.value(problem.facts().minimisers.at(0).value), 0, 1e-26);
  EXPECT_FALSE(problem.flat_directions());
}

// No point that descent finds is lower, and descent from three random starts gets there: every local minimum is
// global (Kawaguchi 2016, theorem 2.3).
TEST(DeepLinear, HasNoOtherLocalMinimum) {
  for (const long seed : {1, 2, 3}) {
    const DeepLinear problem({.initial_seed = seed});
    Vector x = problem.start();
    Vector g(x.size());
    for (int k = 0; k < 20000; ++k) {
      problem.gradient(x, g);
      x -= 0.05 * g;
    }
    EXPECT_LE(g.norm(), 1e-9);
    EXPECT_NEAR(problem.value(x), problem.facts().minimum->value, 1e-12);
  }
}

Index zero_eigenvalues(const Problem& problem, const Vector& x) {
  const Vector lambda = testing::eigenvalues_at(problem, x);
  const double zero = 1e-10 * lambda.maxCoeff();
  EXPECT_GE(lambda.minCoeff(), -zero);
  // What is not 0 is far from it, so that the count does not hang on the tolerance.
  for (const double each : lambda) EXPECT_TRUE(each < zero || each > 1e4 * zero) << each;
  return (lambda.array() < zero).count();
}

// Two layers of width h <= d, k: h^2.
TEST(DeepLinear, HasHSquaredZeroEigenvaluesAtAMinimum) {
  for (const long h : {1, 2, 3}) {
    const DeepLinear problem({.hidden = {static_cast<double>(h)}, .inputs = 5, .outputs = 4});
    EXPECT_EQ(problem.flat_directions(), h * h);
    EXPECT_EQ(zero_eigenvalues(problem, problem.facts().minimisers.at(0).value), h * h);
  }
}

// Deeper, and with layers wider than what they lie between: n - r (d + k - r), at the balanced minimiser and at
// another, x moved along G and its inverse.
TEST(DeepLinear, HasAsManyFlatDirectionsAsParametersOverThoseOfItsProduct) {
  for (const std::vector<double>& hidden :
       std::vector<std::vector<double>>{{6}, {2, 2}, {2, 5}, {5, 2}, {3, 1, 4}}) {
    const DeepLinear problem({.hidden = hidden, .inputs = 4, .outputs = 3});
    ASSERT_TRUE(problem.flat_directions());
    Vector x = problem.facts().minimisers.at(0).value;
    EXPECT_EQ(zero_eigenvalues(problem, x), *problem.flat_directions());
    Random random(8);
    const auto h = static_cast<Index>(hidden[0]);
    const Matrix G = Matrix::Identity(h, h) + 0.2 * random.normal_matrix(h, h);
    Block W1 = problem.network().weights(problem.network().layers()[0], x.data());
    Block W2 = problem.network().weights(problem.network().layers()[1], x.data());
    W1 = (G * W1).eval();
    W2 = (W2 * inverse(G)).eval();
    EXPECT_NEAR(problem.value(x), problem.facts().minimum->value, 1e-14);
    EXPECT_EQ(zero_eigenvalues(problem, x), *problem.flat_directions());
  }
}

// f depends on the product alone: every invertible G between two layers leaves it, at any point.
TEST(DeepLinear, IsInvariantUnderTheGeneralLinearGroup) {
  const DeepLinear problem({.hidden = {3, 2}});
  Random random(4);
  const Vector x = random.normal_matrix(problem.dimension(), 1);
  for (std::size_t l : {0U, 1U}) {
    const Layer& layer = problem.network().layers()[l];
    const Matrix G = random.normal_matrix(layer.units, layer.units);
    Vector y = x;
    Block below = problem.network().weights(layer, y.data());
    Block above = problem.network().weights(problem.network().layers()[l + 1], y.data());
    below = (G * below).eval();
    above = (above * inverse(G)).eval();
    EXPECT_GT((y - x).norm(), 1);
    EXPECT_LE((problem.product(y) - problem.product(x)).norm(), 1e-12 * problem.product(x).norm());
    EXPECT_NEAR(problem.value(y), problem.value(x), 1e-12 * problem.value(x));
  }
}

// Y = diag(3, 1), X = I and N = 2: plus and minus 2 (3, 1)/2, each h = 2 times, which are all of the 8.
TEST(DeepLinear, HasASaddleAtZero) {
  const DeepLinear shallow = fitting(diagonal(Vector{{3, 1}}), {2});
  Vector expected{{-3, -3, -1, -1, 1, 1, 3, 3}};
  EXPECT_EQ(testing::gradient_at(shallow, Vector::Zero(8)), Vector::Zero(8));
  EXPECT_LE((testing::eigenvalues_at(shallow, Vector::Zero(8)) - expected).norm(), 1e-14);
  const DeepLinear deep = fitting(diagonal(Vector{{3, 1}}), {2, 2});
  EXPECT_EQ(testing::hessian_at(deep, Vector::Zero(12)), Matrix::Zero(12, 12));
  EXPECT_GT(deep.value(Vector::Zero(12)), deep.facts().minimum->value);
}

// 1000 gradients of 600 000 parameters, which no decomposition sees; and a best product of 1000 x 1000, of
// which the number of samples says nothing.
TEST(DeepLinear, LeavesOutWhatTakesTooLong) {
  const DeepLinear wide({.hidden = {10000}, .inputs = 30, .outputs = 30, .samples = 1000});
  EXPECT_TRUE(wide.facts().minimum);
  EXPECT_FALSE(wide.facts().sample_variance);
  const DeepLinear large({.hidden = {1}, .inputs = 1000, .outputs = 1000, .samples = 1});
  EXPECT_FALSE(large.facts().minimum);
  EXPECT_TRUE(DeepLinear().facts().sample_variance);
}

TEST(DeepLinear, NeedsTwoFactorsAndWholeWidths) {
  EXPECT_THROW(DeepLinear({2, 2}, {Matrix::Identity(2, 2), Matrix::Identity(2, 2)}), UsageError);
  EXPECT_THROW(DeepLinear::option_table().parse("deep_linear", {{"hidden", "1.5"}}), UsageError);
}

}  // namespace
}  // namespace optbed::deep_linear_test
