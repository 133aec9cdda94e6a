#include "problems/data/data_set.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "problems/errors.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::data_set_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Index count_of(const DataSet& data, const std::string& class_name) {
  const auto name = std::find(data.class_names.begin(), data.class_names.end(), class_name);
  return std::count(data.classes.begin(), data.classes.end(), name - data.class_names.begin());
}

// Shapes and class counts as the UCI Machine Learning Repository states them.
TEST(DataSet, HoldsTheFiveOfTheLibrary) {
  const DataSet cancer = read_data_set("breast_cancer", {});
  EXPECT_EQ(cancer.inputs.rows(), 30);
  EXPECT_EQ(cancer.size(), 569);
  EXPECT_EQ(count_of(cancer, "benign"), 357);
  EXPECT_EQ(count_of(cancer, "malignant"), 212);
  // The table of the repository: radius 6.981 to 28.11, worst area 185.2 to 4254.
  EXPECT_EQ(cancer.features[0], "mean_radius");
  EXPECT_EQ(cancer.inputs.row(0).minCoeff(), 6.981);
  EXPECT_EQ(cancer.inputs.row(0).maxCoeff(), 28.11);
  EXPECT_EQ(cancer.features[23], "worst_area");
  EXPECT_EQ(cancer.inputs.row(23).minCoeff(), 185.2);
  EXPECT_EQ(cancer.inputs.row(23).maxCoeff(), 4254);

  const DataSet iris = read_data_set("iris", {});
  EXPECT_EQ(iris.inputs.rows(), 4);
  EXPECT_EQ(iris.size(), 150);
  for (const char* species : {"setosa", "versicolor", "virginica"}) EXPECT_EQ(count_of(iris, species), 50);
  // Fisher 1936, table I, number 35 of Iris setosa, which is 4.9 3.1 1.5 0.1 at UCI.
  EXPECT_EQ(iris.inputs.col(34), (Vector{{4.9, 3.1, 1.5, 0.2}}));

  const DataSet wine = read_data_set("wine", {});
  EXPECT_EQ(wine.inputs.rows(), 13);
  EXPECT_EQ(wine.size(), 178);
  EXPECT_EQ(count_of(wine, "1"), 59);
  EXPECT_EQ(count_of(wine, "2"), 71);
  EXPECT_EQ(count_of(wine, "3"), 48);

  // Class counts of optdigits.tes in the repository's optdigits.names.
  const DataSet digits = read_data_set("digits", {});
  EXPECT_EQ(digits.inputs.rows(), 64);
  EXPECT_EQ(digits.size(), 1797);
  const std::vector<Index> counts = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};
  for (std::size_t k = 0; k < 10; ++k) EXPECT_EQ(count_of(digits, std::to_string(k)), counts[k]) << k;
  EXPECT_EQ(digits.inputs.minCoeff(), 0);
  EXPECT_EQ(digits.inputs.maxCoeff(), 16);

  // Efron, Hastie, Johnstone & Tibshirani 2004, table 1: the first and the last patient.
  const DataSet diabetes = read_data_set("diabetes", {.kind = LabelKind::number});
  EXPECT_EQ(diabetes.inputs.rows(), 10);
  EXPECT_EQ(diabetes.size(), 442);
  EXPECT_EQ(diabetes.inputs.col(0), (Vector{{59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87}}));
  EXPECT_EQ(diabetes.targets[0], 151);
  EXPECT_EQ(diabetes.inputs.col(441), (Vector{{36, 1, 19.6, 71, 250, 133.2, 97, 3, 4.5951, 92}}));
  EXPECT_EQ(diabetes.targets[441], 57);
}

TEST(DataSet, TakesTheLastColumnOrTheNamedOneForTheLabel) {
  const std::string text = "a,b,c\n1,2,3\n4,5,6\n";
  EXPECT_EQ(parse_data_set("f", text, {.kind = LabelKind::number}).targets, (Vector{{3, 6}}));
  const DataSet named = parse_data_set("f", text, {.label_column = "b", .kind = LabelKind::number});
  EXPECT_EQ(named.targets, (Vector{{2, 5}}));
  EXPECT_EQ(named.inputs, (Matrix{{1, 4}, {3, 6}}));
  EXPECT_THAT(named.features, ElementsAre("a", "c"));
  EXPECT_EQ(parse_data_set("f", text, {.label_column = "1", .kind = LabelKind::number}).targets,
            (Vector{{1, 4}}));
}

TEST(DataSet, SortsClassesByValueOrElseByTheAlphabet) {
  const DataSet numbers = parse_data_set("f", "x,y\n0,10\n0,+2\n0,2.0\n0,-1\n", {});
  EXPECT_THAT(numbers.class_names, ElementsAre("-1", "2", "10"));
  EXPECT_THAT(numbers.classes, ElementsAre(2, 1, 1, 0));
  const DataSet words = parse_data_set("f", "x,y\n0,10\n0,b\n0,2\n", {});
  EXPECT_THAT(words.class_names, ElementsAre("10", "2", "b"));
}

TEST(DataSet, ReadsLibsvmByItsContentOrWhenTold) {
  const std::string text = "# sparse\n+1 2:5\n-1 1:1 3:-2\n+1\n";
  const DataSet data = parse_data_set("f", text, {});
  EXPECT_EQ(data.inputs, (Matrix{{0, 1, 0}, {5, 0, 0}, {0, -2, 0}}));
  EXPECT_THAT(data.class_names, ElementsAre("-1", "1"));
  EXPECT_THAT(data.classes, ElementsAre(1, 0, 1));
  // The first sample has no entry, which says nothing of the format.
  EXPECT_EQ(parse_data_set("f", "3\n4 1:7\n", {.format = DataFormat::libsvm, .kind = LabelKind::number}).inputs,
            (Matrix{{0, 7}}));
}

TEST(DataSet, IsReadFromAFile) {
  const testing::TemporaryFile csv("1,2,yes\n3,4,no\n", ".csv");
  EXPECT_EQ(read_data_set(csv.path(), {}).inputs, (Matrix{{1, 3}, {2, 4}}));
}

std::string refusal(const std::string& text, const DataSetRules& rules = {}) {
  try {
    parse_data_set("f", text, rules);
  } catch (const InputError& error) {
    return error.what();
  } catch (const UsageError& error) {
    return std::string("usage: ") + error.what();
  }
  return "it was read";
}

TEST(DataSet, NamesTheLineOfARaggedRow) {
  EXPECT_EQ(refusal("a,b,y\n1,2,u\n1,v\n"), "f:3: the row has 2 fields, and the first one 3");
}

TEST(DataSet, NamesTheLineAndColumnOfAMissingValue) {
  EXPECT_EQ(refusal("a,b,y\n1,2,u\n1,,v\n"), "f:3: column 'b' has no value");
  for (const std::string mark : {"NA", "n/a", "?", "nan", "NaN", "null"}) {
    EXPECT_EQ(refusal("a,b,y\n1,2,u\n1," + mark + ",v\n"), "f:3: column 'b' has no value, but '" + mark + "'");
    EXPECT_EQ(refusal("a,y\n1,u\n1," + mark + "\n"), "f:3: column 'y' has no value, but '" + mark + "'");
  }
  EXPECT_EQ(refusal("a,y\n1,u\n1,\n"), "f:3: column 'y' has no value");
}

TEST(DataSet, NamesTheLineOfWhatIsNoNumber) {
  EXPECT_EQ(refusal("a,y\n1,u\nx,v\n"), "f:3: column 'a': 'x' is not a number");
  EXPECT_EQ(refusal("a,y\n1,2\n1,v\n", {.kind = LabelKind::number}), "f:3: column 'y': 'v' is not a number");
  EXPECT_EQ(refusal("a,y\ninf,u\n"), "f:2: column 'a': 'inf' is not finite");
}

TEST(DataSet, NamesTheLineOfALabelThatIsOneTooMany) {
  const DataSetRules two = {.most_classes = 2, .many_classes_remedy = "; use another"};
  EXPECT_EQ(refusal("a,y\n1,u\n2,v\n3,u\n4,w\n", two),
            "f:5: label 'w' is one more than 2 classes (u, v); use another");
  EXPECT_EQ(refusal("1 1:1\n+1 1:2\n\n-1 1:3\n0 1:4\n", two),
            "f:5: label '0' is one more than 2 classes (1, -1); use another");
}

TEST(DataSet, IsRefusedWhereItHoldsTooLittle) {
  EXPECT_EQ(refusal(""), "f: the file holds no row");
  EXPECT_EQ(refusal("a,b\n"), "f: the file holds no sample");
  EXPECT_EQ(refusal("y\n1\n2\n"), "f: the samples have no feature beside the label");
  EXPECT_EQ(refusal("a,y\n1,u\n2,u\n"), "f: all samples are of one class, 'u'");
  EXPECT_EQ(refusal("", {.format = DataFormat::libsvm}), "f: the file holds no sample");
  EXPECT_EQ(refusal("1\n2\n", {.format = DataFormat::libsvm}),
            "f: the samples have no feature beside the label");
}

TEST(DataSet, OffersTheNearestColumn) {
  EXPECT_THAT(
      refusal("width,species\n1,u\n", {.label_column = "specie"}),
      HasSubstr("label = 'specie' is not a column of f; they are width, species; did you mean 'species'"));
  EXPECT_THAT(refusal("1 1:2\n", {.label_column = "species"}), HasSubstr("f is a LIBSVM file"));
}

// Two samples of 2e9 features take 32 GB as they are read.
TEST(DataSet, IsRefusedBeforeItsMatrixFillsTheMemory) {
  EXPECT_THAT(refusal("1 1:1\n2 1:1\n3 1:1\n4 1:1\n5 1:1\n6 1:1\n7 1:1\n8 2000000000:1\n"),
              HasSubstr("f: 8 samples of 2000000000 features take about 384 GB of memory"));
}

TEST(DataSet, IsRefusedBeforeItIsReadWhereTheFileIsLargerThanTheMemory) {
  const testing::TemporaryFile file("1,2\n");
  std::filesystem::resize_file(file.path(), std::uintmax_t{1} << 42);
  EXPECT_THROW(read_data_set(file.path(), {}), InputError);
}

TEST(DataSet, OffersTheNearestNameForOneThatIsNotThere) {
  try {
    read_data_set("digit", {});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no file 'digit', nor is it one of breast_cancer, diabetes"));
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'digits'"));
  }
}

}  // namespace
}  // namespace optbed::data_set_test
