#include "problems/data/libsvm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::libsvm_test {
namespace {

// The first line of heart_scale as LIBSVM distributes it begins so; '#' as in SVMlight.
TEST(Libsvm, ReadsLabelsAndEntries) {
  LibsvmReader file("heart", "# a comment\n+1 1:0.708333 3:1  13:-1e-1 # the first\n\n-1\n2.5\t2:+3\r\n");
  ASSERT_TRUE(file.next());
  EXPECT_EQ(file.label(), "+1");
  EXPECT_EQ(file.label_number(), 1);
  ASSERT_EQ(file.entries().size(), 3U);
  EXPECT_EQ(file.entries()[0].feature, 0);
  EXPECT_EQ(file.entries()[0].value, 0.708333);
  EXPECT_EQ(file.entries()[2].feature, 12);
  EXPECT_EQ(file.entries()[2].value, -0.1);
  ASSERT_TRUE(file.next());
  EXPECT_EQ(file.label(), "-1");
  EXPECT_TRUE(file.entries().empty());
  ASSERT_TRUE(file.next());
  EXPECT_EQ(file.label_number(), 2.5);
  ASSERT_EQ(file.entries().size(), 1U);
  EXPECT_EQ(file.entries()[0].value, 3);
  EXPECT_FALSE(file.next());
}

struct Malformed {
  std::string name;
  std::string line;
  std::string message;
};

class MalformedLibsvm : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedLibsvm, IsRefusedWithItsLine) {
  const std::string text = "1 1:2\n# a comment\n" + GetParam().line + "\n";
  LibsvmReader file("data", text);
  ASSERT_TRUE(file.next());
  try {
    file.next();
    FAIL() << "it was read";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(), "data:3: " + GetParam().message);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, MalformedLibsvm,
    ::testing::Values(Malformed{"NoLabel", "1:2 2:3", "'1:2' stands where the label should"},
                      Malformed{"NoIndex", "1 2", "'2' is not of the form index:value"},
                      Malformed{"IndexZero", "1 0:2", "the index of '0:2' is not a whole number from 1"},
                      Malformed{"NegativeIndex", "1 -3:2", "the index of '-3:2' is not a whole number from 1"},
                      Malformed{"IndexInText", "1 qid:2", "the index of 'qid:2' is not a whole number from 1"},
                      Malformed{"IndexTooLarge", "1 4294967297:2",
                                "the index of '4294967297:2' is not a whole number from 1"},
                      Malformed{"IndexTwice", "1 2:2 2:3", "index 2 comes after 2; indices ascend"},
                      Malformed{"DescendingIndex", "1 3:2 2:3", "index 2 comes after 3; indices ascend"},
                      Malformed{"NoValue", "1 3:", "the value of '3:' is missing or not a finite number"},
                      Malformed{"TextValue", "1 3:x", "the value of '3:x' is missing or not a finite number"},
                      Malformed{"NanValue", "1 3:nan",
                                "the value of '3:nan' is missing or not a finite number"}),
    [](const auto& test) { return test.param.name; });

TEST(Libsvm, RefusesALabelThatIsNoNumberWhereOneIsAskedFor) {
  LibsvmReader file("data", "spam 1:2\n");
  ASSERT_TRUE(file.next());
  EXPECT_THROW(file.label_number(), InputError);
}

}  // namespace
}  // namespace optbed::libsvm_test
