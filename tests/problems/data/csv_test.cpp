#include "problems/data/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "problems/errors.hpp"

namespace optbed::csv_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::vector<double>> numbers_in(CsvReader csv) {
  std::vector<std::vector<double>> rows;
  while (csv.next()) {
    rows.emplace_back();
    for (std::size_t j = 0; j < csv.column_count(); ++j) rows.back().push_back(csv.number(j));
  }
  return rows;
}

std::vector<std::vector<double>> numbers_in(std::string_view text) {
  return numbers_in(CsvReader("file.csv", text));
}

TEST(Csv, ReadsNumbersUnderAHeader) {
  const CsvReader csv("file.csv", "time,volume\n1,2.5\n-3e2,+.5\n");
  EXPECT_THAT(csv.header(), ElementsAre("time", "volume"));
  EXPECT_THAT(numbers_in(csv), ElementsAre(ElementsAre(1, 2.5), ElementsAre(-300, 0.5)));
}

TEST(Csv, ReadsTheFirstRowAsNumbersWhereItHoldsOne) {
  const CsvReader csv("file.csv", "1,2\n3,4");
  EXPECT_THAT(csv.header(), IsEmpty());
  EXPECT_THAT(numbers_in(csv), ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
}

TEST(Csv, TakesANumberInQuotesForAName) {
  EXPECT_THAT(CsvReader("file.csv", "\"2019\",\"2020\"\n3,4\n").header(), ElementsAre("2019", "2020"));
}

TEST(Csv, ReadsTextBesideNumbers) {
  CsvReader csv("file.csv", "5.1,setosa\n7,versicolor\n");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.text(1), "setosa");
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.number(0), 7);
  EXPECT_EQ(csv.text(1), "versicolor");
  EXPECT_FALSE(csv.next());
}

TEST(Csv, FindsTheSeparatorInTheFirstRow) {
  EXPECT_THAT(numbers_in("1;2\n3;4\n"), ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
  EXPECT_THAT(numbers_in("1\t2\n3\t4\n"), ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
  EXPECT_THAT(numbers_in("1\n3\n"), ElementsAre(ElementsAre(1), ElementsAre(3)));
  EXPECT_THAT(CsvReader("file.csv", "\"a;b\",c\n").header(), ElementsAre("a;b", "c"));
  EXPECT_THAT(CsvReader("file.csv", "length, mm;width, mm\n").header(), ElementsAre("length, mm", "width, mm"));
}

TEST(Csv, PassesOverCommentsBlankLinesAndBlanks) {
  EXPECT_THAT(numbers_in("# made by hand\n\n  # and eye\n 1 , 2 \n\n#\n3,\t4\n  \n"),
              ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
}

TEST(Csv, ForgivesWindowsLineEndsAndAByteOrderMark) {
  const CsvReader csv("file.csv", "\xEF\xBB\xBFx,y\r\n1,2\r\n\r\n3,4");
  EXPECT_THAT(csv.header(), ElementsAre("x", "y"));
  EXPECT_THAT(numbers_in(csv), ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
}

// RFC 4180, section 2, rules 5 to 7.
TEST(Csv, ReadsQuotedFieldsWithSeparatorsLineEndsAndQuotes) {
  CsvReader csv("file.csv", "\"a, b\",\"c\nd\",\"say \"\"e\"\"\"\n\"1\", \"2\" ,3\n");
  EXPECT_THAT(csv.header(), ElementsAre("a, b", "c\nd", "say \"e\""));
  ASSERT_TRUE(csv.next());
  EXPECT_EQ(csv.number(0), 1);
  EXPECT_EQ(csv.number(1), 2);
}

TEST(Csv, FindsAColumnByNameOrNumber) {
  const CsvReader csv("file.csv", "x,\"3\",y\n1,2,3\n");
  EXPECT_EQ(csv.find_column("x"), 0);
  EXPECT_EQ(csv.find_column("y"), 2);
  EXPECT_EQ(csv.find_column("2"), 1);
  EXPECT_EQ(csv.find_column("3"), 1) << "a name goes before a number";
  for (const char* none : {"z", "", "0", "4", "1.5", "-1"}) EXPECT_FALSE(csv.find_column(none)) << none;
}

TEST(Csv, LetsAColumnHaveNoName) {
  const CsvReader csv("file.csv", ",x\n1,2\n");
  EXPECT_THAT(csv.header(), ElementsAre("", "x"));
  EXPECT_FALSE(csv.find_column(""));
  EXPECT_EQ(csv.find_column("1"), 0);
}

struct Malformed {
  std::string name;
  std::string content;
  int line;  // 0: none, the whole file
  std::string what;
};

class MalformedCsv : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedCsv, IsRefusedWithItsLine) {
  try {
    numbers_in(GetParam().content);
    FAIL() << "it was read";
  } catch (const InputError& error) {
    const std::string line = GetParam().line > 0 ? ":" + std::to_string(GetParam().line) : "";
    EXPECT_THAT(error.what(), ::testing::StartsWith("file.csv" + line + ": "));
    EXPECT_THAT(error.what(), HasSubstr(GetParam().what));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Every, MalformedCsv,
    ::testing::Values(Malformed{"Empty", "", 0, "no row"}, Malformed{"CommentsOnly", "# x,y\n\n", 0, "no row"},
                      Malformed{"TooFewFields", "x,y\n1,2\n3\n", 3, "the row has 1 field, and the first one 2"},
                      Malformed{"TooManyFields", "1,2\n\n# c\n3,4,5\n", 4, "has 3 fields"},
                      Malformed{"MissingValue", "x,y\n1,2\n3,\n", 3, "column 'y' has no value"},
                      Malformed{"MissingBetween", "1,2,3\n4, ,5\n", 2, "column 2 has no value"},
                      Malformed{"QuotedNothing", "x,y\n\"\",1\n", 2, "column 'x' has no value"},
                      Malformed{"NotANumber", "x,y\n1,two\n", 2, "column 'y': 'two' is not a number"},
                      Malformed{"HalfANumber", "x,y\n1.5kg,2\n", 2, "'1.5kg'"},
                      Malformed{"TwoSigns", "x,y\n+-1,2\n", 2, "'+-1'"},
                      Malformed{"DecimalComma", "x;y\n1,5;2\n", 2, "'1,5'"},
                      Malformed{"NotAvailable", "x,y\nNA,2\n", 2, "'NA'"},
                      Malformed{"Nan", "x,y\nnan,2\n", 2, "has no value, but 'nan'"},
                      Malformed{"NotFinite", "x,y\n-inf,2\n", 2, "not finite"},
                      Malformed{"TooLarge", "x,y\n1e999,2\n", 2, "'1e999'"},
                      Malformed{"NameAmongNumbers", "x,2\n", 1, "column 1: 'x' is not a number"},
                      Malformed{"SameNameTwice", "x,y,x\n", 1, "two columns are called 'x'"},
                      Malformed{"OpenQuote", "x,y\n1,\"2\n3,4\n", 2, "not closed"},
                      Malformed{"QuoteInAField", "x,y\n1,2\"\n", 2, "a quote in the middle"},
                      Malformed{"TextAfterAQuote", "x,y\n\"1\"2,3\n", 2, "text after the quote that ends '1'"},
                      Malformed{"AfterALineEndInQuotes", "\"x\ny\",z\n1,2\n3\n", 4, "has 1 field"}),
    [](const auto& malformed) { return malformed.param.name; });

}  // namespace
}  // namespace optbed::csv_test
