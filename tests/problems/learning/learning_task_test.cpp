#include "problems/learning/learning_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "problems/errors.hpp"
#include "tests/problems/verified.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::learning_task_test {
namespace {

using ::testing::ElementsAre;
using testing::epsilon;
using ::testing::HasSubstr;

// Sample i has the feature i and the target 10 i.
DataSet numbered(Index count) {
  DataSet data{.name = "numbered", .features = {"i"}};
  data.inputs = Vector::LinSpaced(count, 0, static_cast<double>(count - 1)).transpose();
  data.targets = 10 * data.inputs.row(0).transpose();
  return data;
}

TEST(Split, PutsEverySampleWithItsTargetIntoOnePartInOrder) {
  const SplitData parts = split(numbered(50), 0.3, 4);
  ASSERT_EQ(parts.test.size(), 15);
  ASSERT_EQ(parts.training.size(), 35);
  std::vector<double> all;
  for (const DataSet* part : {&parts.training, &parts.test}) {
    EXPECT_EQ(part->targets, Vector(10 * part->inputs.row(0).transpose()));
    for (Index i = 0; i < part->size(); ++i) {
      if (i > 0) {
        EXPECT_LT(part->inputs(0, i - 1), part->inputs(0, i));
      }
      all.push_back(part->inputs(0, i));
    }
  }
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(all[i], static_cast<double>(i));
}

TEST(Split, KeepsTheClasses) {
  DataSet data = numbered(20);
  data.targets = {};
  for (Index i = 0; i < 20; ++i) data.classes.push_back(i % 3);
  const SplitData parts = split(std::move(data), 0.5, 1);
  for (const DataSet* part : {&parts.training, &parts.test}) {
    for (Index i = 0; i < part->size(); ++i) {
      EXPECT_EQ(part->classes[static_cast<std::size_t>(i)], static_cast<Index>(part->inputs(0, i)) % 3);
    }
  }
}

// A sample is held out with the probability 1/4: in 400 draws 100 times, with a standard deviation of sqrt(75).
TEST(Split, DrawsEverySampleAlike) {
  Vector held_out = Vector::Zero(20);
  for (long seed = 0; seed < 400; ++seed) {
    const SplitData parts = split(numbered(20), 0.25, seed);
    for (const double i : parts.test.inputs.row(0)) held_out[static_cast<Index>(i)] += 1;
  }
  EXPECT_LE((held_out.array() - 100).abs().maxCoeff(), 5 * std::sqrt(75.0));
}

TEST(Split, DependsOnItsSeedOnly) {
  EXPECT_EQ(split(numbered(50), 0.3, 4).test.inputs, split(numbered(50), 0.3, 4).test.inputs);
  EXPECT_NE(split(numbered(50), 0.3, 4).test.inputs, split(numbered(50), 0.3, 5).test.inputs);
}

TEST(Split, HoldsOutNothingUnlessAsked) {
  const SplitData parts = split(numbered(5), 0, 1);
  EXPECT_EQ(parts.training.size(), 5);
  EXPECT_EQ(parts.test.size(), 0);
}

TEST(Split, RefusesAnEmptyPart) {
  EXPECT_THROW(split(numbered(5), 0.05, 1), UsageError);
  EXPECT_THROW(split(numbered(5), 0.95, 1), UsageError);
  EXPECT_NO_THROW(split(numbered(5), 0.15, 1));
}

// (1, 2, 3, 6) has the mean 3 and the variance (4 + 1 + 0 + 9)/4 = 3.5.
TEST(Standardise, TakesMeanAndDeviationFromTheTrainingSamples) {
  SplitData data;
  data.training.features = {"a", "b"};
  data.training.inputs = Matrix{{1, 2, 3, 6}, {7, 7, 7, 7}};
  data.test.inputs = Matrix{{10, 3}, {7, 8}};
  EXPECT_THAT(standardise(data), ElementsAre("b"));
  const double s = std::sqrt(3.5);
  const Matrix training{{-2 / s, -1 / s, 0, 3 / s}, {0, 0, 0, 0}};
  const Matrix test{{7 / s, 0}, {0, 0}};
  EXPECT_LE((data.training.inputs - training).cwiseAbs().maxCoeff(), 4 * epsilon);
  EXPECT_LE((data.test.inputs - test).cwiseAbs().maxCoeff(), 8 * epsilon);
}

TEST(LearningTask, AppendsAnInterceptAfterStandardising) {
  const testing::TemporaryFile file("a,y\n1,5\n2,6\n3,7\n6,8\n", ".csv");
  const auto task =
      target_task("linear_regression", {.data = file.path(), .standardise = Standardisation::standard}, 1);
  EXPECT_EQ(task.training.inputs.rows(), 2);
  EXPECT_TRUE((task.training.inputs.row(1).array() == 1).all());
  EXPECT_NEAR(task.training.inputs.row(0).sum(), 0, 4 * epsilon);
  EXPECT_EQ(target_task("linear_regression", {.data = file.path(), .intercept = false}, 1).training.inputs,
            (Matrix{{1, 2, 3, 6}}));
}

TEST(LearningTask, LabelsTheSecondOfTwoClassesOne) {
  const testing::TemporaryFile file("1,no\n2,yes\n3,no\n", ".csv");
  const auto task = labelled_task("logistic_regression", {.data = file.path(), .intercept = false}, 1);
  EXPECT_EQ(task.training.labels, (Vector{{-1, 1, -1}}));
  EXPECT_EQ(task.test.inputs.cols(), 0);
}

TEST(LearningTask, SaysWhatTheDataAre) {
  const auto task =
      class_task("softmax_regression",
                 {.data = "digits", .test_fraction = 0.25, .standardise = Standardisation::standard}, 1, 1024);
  EXPECT_THAT(task.description, HasSubstr("digits: 1797 samples of 64 features, 10 classes (0 178, 1 182, "));
  EXPECT_THAT(task.description, HasSubstr("1348 to train on, 449 to test on; standardised"));
  EXPECT_THAT(task.description, HasSubstr("constant and so 0: pixel_0_0, pixel_4_0, pixel_4_7"));
  EXPECT_THAT(task.description, HasSubstr("an intercept"));
}

// What parsing with these options says is wrong.
std::string wrong(const KeyValues& values) {
  struct Options {
    long samples = 3;
    long seed = 1;
    RealDataOptions real = {};
  };
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m");
  add_real_data(table, &Options::real, &Options::seed, {"samples"});
  try {
    table.parse("problem", values);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "nothing";
}

TEST(RealDataOptions, DoNotMixWithThoseOfGeneratedData) {
  EXPECT_EQ(wrong({{"samples", "4"}, {"seed", "2"}}), "nothing");
  EXPECT_EQ(wrong({{"data", "iris"}, {"test_fraction", "0.2"}, {"seed", "2"}, {"label", "4"}}), "nothing");
  EXPECT_THAT(wrong({{"data", "iris"}, {"samples", "4"}}),
              HasSubstr("'samples' is about generated data, and 'data' names real ones"));
  EXPECT_THAT(wrong({{"data", "iris"}, {"seed", "4"}}), HasSubstr("'seed' needs 'test_fraction'"));
  for (const std::string name : {"label", "test_fraction"}) {
    EXPECT_THAT(wrong({{name, "0.5"}}), HasSubstr("'" + name + "' needs 'data'"));
  }
  EXPECT_THAT(wrong({{"standardise", "standard"}}), HasSubstr("'standardise' needs 'data'"));
  EXPECT_THAT(wrong({{"data", "iris"}, {"test_fraction", "1"}}), HasSubstr("[0, 1)"));
}

}  // namespace
}  // namespace optbed::learning_task_test
