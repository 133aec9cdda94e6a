#include "problems/data/nist_strd.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/data/built_in_data.hpp"
#include "problems/errors.hpp"

namespace optbed::nist_strd_test {
namespace {

// The files as https://www.itl.nist.gov/div898/strd/ shows them.
TEST(NistStrd, ReadsANonlinearRegression) {
  const StrdData data = read_strd("Misra1a", built_in_data("nist/Misra1a.dat"));
  ASSERT_EQ(data.starts.size(), 2);
  EXPECT_EQ(data.starts[0], (Vector{{500, 0.0001}}));
  EXPECT_EQ(data.starts[1], (Vector{{250, 0.0005}}));
  EXPECT_EQ(data.parameters, (Vector{{2.3894212918E+02, 5.5015643181E-04}}));
  EXPECT_EQ(data.standard_deviations, (Vector{{2.7070075241E+00, 7.2668688436E-06}}));
  EXPECT_EQ(data.residual_sum_of_squares, 1.2455138894E-01);
  EXPECT_EQ(data.residual_standard_deviation, 1.0187876330E-01);
  ASSERT_EQ(data.y.size(), 14);
  ASSERT_EQ(data.x.rows(), 1);
  ASSERT_EQ(data.x.cols(), 14);
  EXPECT_EQ(data.y[0], 10.07);
  EXPECT_EQ(data.x(0, 0), 77.6);
  EXPECT_EQ(data.y[13], 81.78);
  EXPECT_EQ(data.x(0, 13), 760.0);
}

TEST(NistStrd, ReadsALinearRegressionOfSeveralPredictors) {
  const StrdData data = read_strd("Longley", built_in_data("nist/Longley.dat"));
  EXPECT_TRUE(data.starts.empty());
  ASSERT_EQ(data.parameters.size(), 7);
  EXPECT_EQ(data.parameters[0], -3482258.63459582);
  EXPECT_EQ(data.parameters[6], 1829.15146461355);
  EXPECT_EQ(data.standard_deviations[2], 0.334910077722432E-01);
  EXPECT_EQ(data.residual_sum_of_squares, 836424.055505915);
  EXPECT_EQ(data.residual_standard_deviation, 304.854073561965);
  ASSERT_EQ(data.x.rows(), 6);
  ASSERT_EQ(data.x.cols(), 16);
  EXPECT_EQ(data.y[0], 60323);
  EXPECT_EQ(Vector(data.x.col(0)), (Vector{{83, 234289, 2356, 1590, 107608, 1947}}));
}

const std::string certified =
    "  b1 =  1  2  3.5  0.5\nResidual Sum of Squares:  4\nResidual Standard Deviation:  2\n";
const std::string observations = "Data:  y  x\n 1  2\n 3  4\n";

TEST(NistStrd, SaysWhatATextLacks) {
  EXPECT_EQ(read_strd("Small", certified + observations).parameters, (Vector{{3.5}}));
  for (const auto& [text, what] : std::vector<std::pair<std::string, std::string>>{
           {certified, "no observations"},
           {observations, "no parameters"},
           {"b1 = 1 2 3 4\n" + observations, "no residual sum"},
           {certified + observations + "5\n", "an observation is not complete"},
           {"b2 = 3 4\n" + certified + observations, "a parameter is not complete"}}) {
    try {
      read_strd("Small", text);
      ADD_FAILURE() << what;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), ::testing::HasSubstr(what));
    }
  }
}

TEST(BuiltInData, HasNoFileByAnotherName) { EXPECT_THROW(built_in_data("nist/misra1a.dat"), std::logic_error); }

}  // namespace
}  // namespace optbed::nist_strd_test
