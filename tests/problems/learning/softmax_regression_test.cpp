#include "problems/learning/softmax_regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/learning/logistic_regression.hpp"
#include "tests/problems/verified.hpp"

namespace optbed::softmax_regression_test {
namespace {

using testing::epsilon;

LabelledData two_labels() { return generated_labels(40, 3, 7); }

// The same data with the classes 0 for the label 1 and 1 for -1.
ClassData two_classes() {
  const LabelledData data = two_labels();
  ClassData classes{data.inputs, {}, 2};
  for (const double label : data.labels) classes.classes.push_back(label > 0 ? 0 : 1);
  return classes;
}

// log(exp(w_1'a) + exp(w_2'a)) - w_1'a = log(1 + exp(-(w_1 - w_2)'a)).
TEST(SoftmaxRegression, IsLogisticRegressionOfTheDifferenceForTwoClasses) {
  const SoftmaxRegression softmax(two_classes(), 0.1);
  const LogisticRegression logistic(two_labels(), 0.1);
  for (const testing::Probe& at : testing::probes(softmax)) {
    const Vector w = at.x.head(3) - at.x.tail(3);
    const double regularisation = 0.05 * (at.x.squaredNorm() - w.squaredNorm());
    EXPECT_NEAR(softmax.value(at.x), logistic.value(w) + regularisation, 100 * epsilon);
  }
}

// By symmetry w_2 = -w_1, and f = (logistic risk at 2 w_1) + lambda |w_1|^2: 2 w_1 minimises with lambda/2.
TEST(SoftmaxRegression, HasTheMinimiserOfLogisticRegressionForTwoClasses) {
  const SoftmaxRegression softmax(two_classes(), 0.1);
  const LogisticRegression logistic(two_labels(), 0.05);
  const Vector& x = softmax.facts().minimisers.at(0).value;
  const Vector& w = logistic.facts().minimisers.at(0).value;
  EXPECT_LE((x.head(3) - w / 2).norm() + (x.tail(3) + w / 2).norm(), 1e-13);
  EXPECT_NEAR(softmax.facts().minimum->value, logistic.facts().minimum->value, 10 * epsilon);
}

TEST(SoftmaxRegression, IsLogKAtZero) {
  const SoftmaxRegression problem({.classes = 7});
  EXPECT_NEAR(problem.value(problem.start()), std::log(7), 100 * epsilon);
}

// Of one sample a = 1 with the scores (1e4, 0, -1e4) the loss of class k is 1e4 - z_k in double precision.
TEST(SoftmaxRegression, DoesNotOverflow) {
  const double lambda = 1e-8;
  const Vector x{{1e4, 0, -1e4}};
  for (const Index k : {0, 1, 2}) {
    const SoftmaxRegression problem({Matrix{{1}}, {k}, 3}, lambda);
    Vector g(3);
    EXPECT_NEAR(problem.gradient(x, g), 1e4 * static_cast<double>(k) + lambda / 2 * 2e8, 1e-10);
    const Vector expected = Vector::Unit(3, 0) - Vector::Unit(3, k) + lambda * x;
    EXPECT_LE((g - expected).norm(), 1e-14);
  }
}

// Two classes have the softmax (1/2, 1/2) at 0, where diag(s) - ss' has the eigenvalues 0 and 1/2.
TEST(SoftmaxRegression, AttainsItsMuAndLipschitzConstantForTwoClassesAtZero) {
  const SoftmaxRegression problem(two_classes(), 0.1);
  const Vector lambda = testing::eigenvalues_at(problem, problem.start());
  EXPECT_NEAR(lambda.maxCoeff(), problem.facts().lipschitz->value, 1000 * epsilon);
  EXPECT_NEAR(lambda.minCoeff(), problem.facts().strong_convexity->value, 1000 * epsilon);
}

TEST(SoftmaxRegression, HasTheConditionNumberThatIsAskedFor) {
  const SoftmaxRegression problem({.kappa = 500});
  EXPECT_NEAR(*problem.facts().condition_number(), 500, 1000 * epsilon * 500);
}

}  // namespace
}  // namespace optbed::softmax_regression_test
