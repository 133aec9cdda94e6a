// The learning problems on the data sets of the library. Values marked numpy are from numpy 1.24: least squares
// by numpy.linalg.lstsq, the others by Newton's method with numpy.linalg.solve down to gradients of 1e-11.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/learning/empirical_risk.hpp"
#include "problems/learning/learning_task.hpp"
#include "problems/problem.hpp"
#include "tests/problems/verified.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::real_data_test {
namespace {

using testing::epsilon;
using ::testing::HasSubstr;

struct Made {
  explicit Made(const std::string& specification) : problem(all_problems().make(specification)) {}

  const EmpiricalRisk& risk() const { return dynamic_cast<const EmpiricalRisk&>(*problem); }
  const Vector& minimiser() const { return problem->facts().minimisers.at(0).value; }
  double minimum() const { return problem->facts().minimum->value; }

  std::unique_ptr<Problem> problem;
};

// numpy. R^2 = 1 - f*/sum (y - mean y)^2 = 0.5177 is that of the full model of Efron et al. 2004, and so are
// the coefficients, up to their scaling.
TEST(RealData, FitsTheDiabetesDataByLeastSquares) {
  const Made made("linear_regression:data=diabetes");
  ASSERT_EQ(made.problem->dimension(), 11);
  EXPECT_NEAR(made.minimum(), 1263985.7856333, 1e-5);
  const Vector theta{{-0.0363612242236, -22.8596480905, 5.60296209192, 1.11680799332, -1.08999633406,
                      0.746450455514, 0.372004715089, 6.53383193599, 68.4831249648, 0.280116989322,
                      -334.567138519}};
  // The certified digits are 12, the condition number of X is 7e3.
  EXPECT_LE(((made.minimiser() - theta).array() / theta.array()).abs().maxCoeff(), 1e-9);
  EXPECT_NEAR(made.risk().training_score(made.minimiser()).loss, 1263985.7856333 / 442, 1e-7);
  EXPECT_FALSE(made.risk().training_score(made.minimiser()).zero_one_loss);
  EXPECT_FALSE(made.risk().test_score(made.minimiser()));
}

// numpy. Standardising changes the coefficients and not the fit; then the intercept is the mean of y.
TEST(RealData, FitsTheSameDiabetesDataWhenTheyAreStandardised) {
  const Made made("linear_regression:data=diabetes,standardise=standard");
  EXPECT_NEAR(made.minimum(), 1263985.7856333, 1e-5);
  EXPECT_NEAR(made.minimiser()[2], 24.72654886040216, 1e-9);
  EXPECT_NEAR(made.minimiser()[10], 152.133484162896, 1e-9);
  EXPECT_NEAR(made.problem->facts().strong_convexity->value, 7.567685167114689, 1e-9);
  EXPECT_NEAR(made.problem->facts().lipschitz->value, 3557.4023031350625, 1e-8);
}

TEST(RealData, FitsTheDiabetesDataByRidgeRegression) {  // numpy
  const Made made("ridge_regression:data=diabetes,standardise=standard,lambda=0.1");
  EXPECT_NEAR(made.minimum(), 2569.56734263338, 1e-8);
  EXPECT_NEAR(made.risk().training_score(made.minimiser()).loss, 3081.728953239076, 1e-7);
}

TEST(RealData, SeparatesBreastCancerByLogisticRegression) {  // numpy
  const Made made("logistic_regression:data=breast_cancer,standardise=standard,lambda=0.01");
  ASSERT_EQ(made.problem->dimension(), 31);
  EXPECT_NEAR(made.minimum(), 0.10044630378120592, 1e-14);
  EXPECT_NEAR(made.minimiser()[0], 0.401231252377863, 1e-10);
  EXPECT_NEAR(made.minimiser()[30], -0.34532536020788246, 1e-10);
  EXPECT_NEAR(made.problem->facts().lipschitz->value, 3.3304019205644737, 1e-12);
  const Score score = made.risk().training_score(made.minimiser());
  EXPECT_NEAR(score.loss, 0.07263228139081232, 1e-10);
  EXPECT_EQ(score.zero_one_loss, 8.0 / 569);
}

TEST(RealData, ClassifiesIrisesAndWinesBySoftmaxRegression) {  // numpy
  const Made iris("softmax_regression:data=iris,standardise=standard,lambda=0.01");
  ASSERT_EQ(iris.problem->dimension(), 15);
  EXPECT_NEAR(iris.minimum(), 0.26620100080247183, 1e-13);
  EXPECT_NEAR(iris.risk().training_score(iris.minimiser()).loss, 0.1735230526121086, 1e-10);
  EXPECT_EQ(iris.risk().training_score(iris.minimiser()).zero_one_loss, 6.0 / 150);

  const Made wine("softmax_regression:data=wine,standardise=standard,lambda=0.01");
  EXPECT_NEAR(wine.minimum(), 0.09514084212539274, 1e-13);
  EXPECT_EQ(wine.risk().training_score(wine.minimiser()).zero_one_loss, 0);
}

// At 0 every score ties, which is no class at all, and a loss of log K or 1 - gamma/2 a sample.
TEST(RealData, CountsATieAsWrong) {
  for (const auto& [specification, loss] :
       {std::pair("logistic_regression:data=breast_cancer", std::log(2.0)),
        std::pair("smoothed_hinge:data=breast_cancer,gamma=0.5", 0.75),
        std::pair("softmax_regression:data=wine", std::log(3.0)),
        std::pair("softmax_regression", std::log(3.0)), std::pair("logistic_regression", std::log(2.0))}) {
    const Made made(specification);
    const Score score = made.risk().training_score(made.problem->start());
    EXPECT_NEAR(score.loss, loss, 1000 * epsilon) << specification;
    EXPECT_EQ(score.zero_one_loss, 1) << specification;
  }
}

TEST(RealData, CountsAScoreThatIsNotANumberAsWrong) {
  for (const char* specification : {"logistic_regression", "softmax_regression"}) {
    const Made made(specification);
    const Vector x = Vector::Constant(made.problem->dimension(), std::nan(""));
    EXPECT_EQ(made.risk().training_score(x).zero_one_loss, 1) << specification;
  }
}

// Points on a line in two classes: the sign of x is right for all but the fourth, whose margin is -1.
TEST(RealData, CountsWhatIsOnTheWrongSide) {
  const testing::TemporaryFile file("-3,n\n-1,n\n2,p\n-1,p\n5,p\n", ".csv");
  const Made logistic("logistic_regression:intercept=false,data=" + file.path());
  const Score score = logistic.risk().training_score(Vector::Ones(1));
  EXPECT_EQ(score.zero_one_loss, 0.2);
  double loss = 0;
  for (const double margin : {3, 1, 2, -1, 5}) loss += std::log1p(std::exp(-margin)) / 5;
  EXPECT_NEAR(score.loss, loss, 4 * epsilon);
  const Made softmax("softmax_regression:intercept=false,data=" + file.path());
  const Score same = softmax.risk().training_score(Vector{{-0.5, 0.5}});
  EXPECT_EQ(same.zero_one_loss, 0.2);
  EXPECT_NEAR(same.loss, loss, 4 * epsilon);
}

// Problem and data prepared apart: the loss on the held-out samples by its formula, one by one.
TEST(RealData, ScoresTheHeldOutSamples) {
  const std::string options = "data=breast_cancer,test_fraction=0.3,seed=5,intercept=false";
  const SplitData parts = split(read_data_set("breast_cancer", {}), 0.3, 5);
  const Made logistic("logistic_regression:" + options);
  const Made softmax("softmax_regression:" + options);
  const Vector w = 1e-3 * Vector::LinSpaced(30, -2, 1);
  Vector both(60);
  both << -w / 2, w / 2;
  for (const bool is_test : {false, true}) {
    const DataSet& part = is_test ? parts.test : parts.training;
    ASSERT_EQ(part.size(), is_test ? 171 : 398);
    double loss = 0, wrong = 0;
    for (Index i = 0; i < part.size(); ++i) {
      const bool is_malignant = part.classes[static_cast<std::size_t>(i)] == 1;
      const double margin = (is_malignant ? 1 : -1) * part.inputs.col(i).dot(w);
      loss += std::log1p(std::exp(-margin)) / static_cast<double>(part.size());
      wrong += (margin <= 0 ? 1 : 0) / static_cast<double>(part.size());
    }
    for (const bool is_softmax : {false, true}) {
      const EmpiricalRisk& risk = is_softmax ? softmax.risk() : logistic.risk();
      const Vector& x = is_softmax ? both : w;
      const Score score = is_test ? risk.test_score(x).value() : risk.training_score(x);
      EXPECT_NEAR(score.loss, loss, 1000 * epsilon * loss);
      EXPECT_NEAR(*score.zero_one_loss, wrong, 1000 * epsilon);
    }
    EXPECT_GT(wrong, 0.01);
  }
  EXPECT_NEAR(logistic.problem->value(w), logistic.risk().training_score(w).loss + 0.005 * w.squaredNorm(),
              1000 * epsilon);
}

TEST(RealData, ScoresTheHeldOutTargets) {
  const SplitData parts = split(read_data_set("diabetes", {.kind = LabelKind::number}), 0.25, 1);
  const Vector w = Vector::LinSpaced(10, -1, 2);
  for (const char* problem : {"linear_regression", "ridge_regression"}) {
    const Made made(std::string(problem) + ":data=diabetes,test_fraction=0.25,intercept=false");
    double squares = 0;
    for (Index i = 0; i < parts.test.size(); ++i) {
      squares += std::pow(parts.test.inputs.col(i).dot(w) - parts.test.targets[i], 2);
    }
    const double loss = squares / static_cast<double>(parts.test.size());
    EXPECT_NEAR(made.risk().test_score(w)->loss, loss, 1000 * epsilon * loss) << problem;
  }
}

TEST(RealData, ComesFromLibsvmFilesToo) {
  const testing::TemporaryFile csv("1,0,5,+1\n0,2,-3,-1\n4,0,0,+1\n", ".csv");
  const testing::TemporaryFile libsvm("+1 1:1 3:5\n-1 2:2 3:-3\n+1 1:4\n");
  const Made one("logistic_regression:data=" + csv.path());
  const Made other("logistic_regression:data=" + libsvm.path());
  EXPECT_EQ(one.minimum(), other.minimum());
  EXPECT_EQ(one.minimiser(), other.minimiser());
}

// A network without hidden layers would be softmax regression; with them the 0-1 loss is the one of its
// outputs.
TEST(RealData, NetworksScoreTheirTrainingSamples) {
  const Made classes("mlp:hidden=3,samples=10,l2=0.5");
  const Vector x = classes.problem->start();
  const Score score = classes.risk().training_score(x);
  EXPECT_NEAR(score.loss, classes.problem->value(x) - 0.25 * x.squaredNorm(), 100 * epsilon);
  EXPECT_TRUE(score.zero_one_loss);
  const Made teacher("mlp:hidden=3,samples=10,loss=squared,data=teacher");
  EXPECT_FALSE(teacher.risk().training_score(teacher.problem->start()).zero_one_loss);
}

// A network without connections but biases b puts every sample into the class of the largest one; its loss is
// log sum exp(b) - b_c. 30 irises are held out.
TEST(RealData, NetworksScoreTheHeldOutSamples) {
  const Made made("mlp:data=iris,hidden=2,test_fraction=0.2,seed=3");
  const SplitData parts = split(read_data_set("iris", {}), 0.2, 3);
  Vector x = Vector::Zero(made.problem->dimension());
  x.tail(3) = Vector{{1, 0, -1}};
  double loss = 0, wrong = 0;
  for (const Index c : parts.test.classes) {
    loss += (std::log(std::exp(1) + 1 + std::exp(-1)) - (1 - static_cast<double>(c))) / 30;
    wrong += (c == 0 ? 0 : 1) / 30.0;
  }
  const Score score = made.risk().test_score(x).value();
  EXPECT_NEAR(score.loss, loss, 100 * epsilon);
  EXPECT_NEAR(*score.zero_one_loss, wrong, 100 * epsilon);
}

std::string refusal(const std::string& specification) {
  try {
    all_problems().make(specification);
  } catch (const std::exception& error) {
    return error.what();
  }
  return "it was made";
}

// Iris virginica begins after a header and 100 samples.
TEST(RealData, NamesTheLineOfTheThirdClassAndTheRemedy) {
  for (const std::string name : {"logistic_regression", "smoothed_hinge"}) {
    EXPECT_EQ(refusal(name + ":data=iris"),
              "iris:102: label 'virginica' is one more than 2 classes (setosa, versicolor); " + name +
                  " separates two, softmax_regression takes more");
  }
  EXPECT_EQ(refusal("linear_regression:data=iris"), "iris:2: column 'species': 'setosa' is not a number");
}

TEST(RealData, NamesTheOwnerOfABadOption) {
  EXPECT_THAT(refusal("ridge_regression:data=diabetes,label=progresion"),
              ::testing::AllOf(HasSubstr("ridge_regression: "), HasSubstr("did you mean 'progression'")));
  EXPECT_THAT(refusal("ridge_regression:data=diabetes,test_fraction=0.001"),
              HasSubstr("ridge_regression: test_fraction = 0.001 of 442 samples leaves none to test on"));
  EXPECT_THAT(refusal("ridge_regression:data=diabetes,kappa=10"), HasSubstr("'kappa' is about generated data"));
  // Three pixels are 0 in every image.
  EXPECT_THAT(refusal("linear_regression:data=digits"), HasSubstr("in ridge_regression it is"));
}

}  // namespace
}  // namespace optbed::real_data_test
