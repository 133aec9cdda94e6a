#include "problems/data/matrix_market.hpp"

#include <gtest/gtest.h>

#include "problems/errors.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::matrix_market_test {
namespace {

MatrixMarketFile read(const std::string& content) {
  const testing::TemporaryFile file(content, ".mtx");
  return read_matrix_market(file.path());
}

const std::string array = "%%MatrixMarket matrix array real general\n";
const std::string coordinate = "%%MatrixMarket matrix coordinate real general\n";

TEST(MatrixMarket, ReadsADenseMatrixColumnByColumn) {
  const MatrixMarketFile file = read(array + "% a comment\n\n2 3\n1\n2\n3.5\n-4e0\n+5\n6\n");
  EXPECT_FALSE(file.is_sparse());
  EXPECT_EQ(file.dense(), (Matrix{{1, 3.5, 5}, {2, -4, 6}}));
  EXPECT_FALSE(file.is_symmetric());
}

TEST(MatrixMarket, ReadsTheLowerTriangleOfASymmetricDenseMatrix) {
  const MatrixMarketFile file = read("%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n");
  EXPECT_EQ(file.dense(), (Matrix{{1, 2, 3}, {2, 4, 5}, {3, 5, 6}}));
  EXPECT_TRUE(file.is_symmetric());
}

TEST(MatrixMarket, ReadsTheStrictlyLowerTriangleOfASkewSymmetricDenseMatrix) {
  const MatrixMarketFile file = read("%%MatrixMarket matrix array real skew-symmetric\n3 3\n1\n2\n3\n");
  EXPECT_EQ(file.dense(), (Matrix{{0, -1, -2}, {1, 0, -3}, {2, 3, 0}}));
}

TEST(MatrixMarket, ReadsASparseMatrixAndAddsRepeatedEntries) {
  const MatrixMarketFile file = read(coordinate + "2 3 4\n1 1 1.5\n% between\n2 3 -2\n1 2 4\n2 3 0.5\n");
  EXPECT_TRUE(file.is_sparse());
  EXPECT_EQ(file.rows(), 2);
  EXPECT_EQ(file.columns(), 3);
  EXPECT_EQ(file.sparse().nonZeros(), 3);
  EXPECT_EQ(file.dense(), (Matrix{{1.5, 4, 0}, {0, 0, -1.5}}));
}

TEST(MatrixMarket, ExpandsASymmetricSparseMatrix) {
  const MatrixMarketFile file = read("%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 3\n2 1 7\n");
  EXPECT_EQ(file.dense(), (Matrix{{3, 7}, {7, 0}}));
  EXPECT_TRUE(file.is_symmetric());
}

TEST(MatrixMarket, ExpandsASkewSymmetricSparseMatrix) {
  const MatrixMarketFile file = read("%%MatrixMarket matrix coordinate real skew-symmetric\n2 2 1\n2 1 7\n");
  EXPECT_EQ(file.dense(), (Matrix{{0, -7}, {7, 0}}));
  EXPECT_FALSE(file.is_symmetric());
}

TEST(MatrixMarket, ReadsWholeNumbersAndPatterns) {
  EXPECT_EQ(read("%%MatrixMarket matrix array integer general\n1 2\n3\n-4\n").dense(), (Matrix{{3, -4}}));
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate integer general\n1 2 1\n1 2 9\n").dense(), (Matrix{{0, 9}}));
  EXPECT_EQ(read("%%MatrixMarket matrix coordinate pattern symmetric\n2 2 2\n1 1\n2 1\n").dense(),
            (Matrix{{1, 1}, {1, 0}}));
}

TEST(MatrixMarket, ForgivesUpperCaseBlanksAndWindowsLineEnds) {
  EXPECT_EQ(read("%%MatrixMarket MATRIX Array Real General\r\n 1\t2 \r\n  3\r\n4").dense(), (Matrix{{3, 4}}));
}

TEST(MatrixMarket, ReadsAMatrixWithoutEntries) {
  EXPECT_EQ(read(coordinate + "2 2 0").dense(), Matrix::Zero(2, 2));
}

struct Malformed {
  std::string name;
  std::string content;
  int line;          // that the message must name
  std::string what;  // a part of what it must say
};

class MalformedMatrixMarket : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedMatrixMarket, IsRefusedWithItsLine) {
  const testing::TemporaryFile file(GetParam().content, ".mtx");
  try {
    read_matrix_market(file.path());
    FAIL() << "it was read";
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find(file.path() + ":" + std::to_string(GetParam().line) + ": "), 0U) << message;
    EXPECT_NE(message.find(GetParam().what), std::string::npos) << message;
  }
}

const std::string symmetric = "%%MatrixMarket matrix coordinate real symmetric\n";
const std::string skew = "%%MatrixMarket matrix coordinate real skew-symmetric\n";

INSTANTIATE_TEST_SUITE_P(
    Every, MalformedMatrixMarket,
    ::testing::Values(
        Malformed{"EmptyFile", "", 0, "empty"}, Malformed{"NoBanner", "1 1\n2\n", 1, "%%MatrixMarket"},
        Malformed{"ShortBanner", "%%MatrixMarket matrix array real\n1 1\n2\n", 1, "expected"},
        Malformed{"NotAMatrix", "%%MatrixMarket vector array real general\n1 1\n2\n", 1, "expected"},
        Malformed{"UnknownFormat", "%%MatrixMarket matrix dense real general\n1 1\n2\n", 1, "'dense'"},
        Malformed{"ComplexField", "%%MatrixMarket matrix array complex general\n1 1\n2 0\n", 1, "'complex'"},
        Malformed{"UnknownSymmetry", "%%MatrixMarket matrix array real hermitian\n1 1\n2\n", 1, "'hermitian'"},
        Malformed{"PatternArray", "%%MatrixMarket matrix array pattern general\n1 1\n1\n", 1, "pattern"},
        Malformed{"NoSizeLine", array + "% only a comment\n", 2, "size line"},
        Malformed{"ArraySizeOfThree", array + "1 1 1\n2\n", 2, "3 fields"},
        Malformed{"CoordinateSizeOfTwo", coordinate + "1 1\n1 1 2\n", 2, "2 fields"},
        Malformed{"SizeNotANumber", array + "one 1\n2\n", 2, "'one'"},
        Malformed{"SizeNotWhole", array + "1.5 1\n2\n", 2, "'1.5'"},
        Malformed{"SizeNegative", array + "-1 1\n2\n", 2, "-1"},
        Malformed{"SizeZero", array + "0 1\n", 2, "holds nothing"},
        Malformed{"SizeOverflow", array + "99999999999999999999 1\n2\n", 2, "99999999999999999999"},
        Malformed{"SymmetricNotSquare", symmetric + "2 3 1\n1 1 1\n", 2, "2 x 3"},
        Malformed{"ArrayPromisesTooMuch", array + "1000000000 1\n2\n", 2, "more than the file can hold"},
        Malformed{"ArrayPromisesFarTooMuch", array + "4000000000 4000000000\n2\n", 2,
                  "more than the file can hold"},
        Malformed{"SymmetricArrayPromisesTooMuch", "%%MatrixMarket matrix array real symmetric\n3000 3000\n2\n",
                  2, "more than the file can hold"},
        Malformed{"CoordinatePromisesTooMuch", coordinate + "9 9 1000000000000\n1 1 2\n", 2,
                  "more than the file can hold"},
        Malformed{"CoordinateTooManyColumns", coordinate + "1 3000000000 1\n1 1 2\n", 2, "at most 2147483647"},
        Malformed{"CoordinateMostlyEmpty", coordinate + "2000000000 2000000000 1\n1 1 2\n", 2,
                  "must have one entry"},
        Malformed{"RowOutOfRange", coordinate + "2 2 2\n1 1 2\n3 1 2\n", 4, "row 3 is outside 1..2"},
        Malformed{"RowZero", coordinate + "2 2 1\n0 1 2\n", 3, "row 0 is outside"},
        Malformed{"ColumnOutOfRange", coordinate + "2 2 1\n1 5 2\n", 3, "column 5 is outside 1..2"},
        Malformed{"RowNotANumber", coordinate + "2 2 1\nx 1 2\n", 3, "'x'"},
        Malformed{"EntryNotANumber", array + "2 1\n1\ntwo\n", 4, "'two' is not a real number"},
        Malformed{"EntryHalfANumber", array + "1 1\n1.5kg\n", 3, "'1.5kg'"},
        Malformed{"EntryWithTwoSigns", array + "1 1\n+-1\n", 3, "'+-1'"},
        Malformed{"EntryNotWhole", "%%MatrixMarket matrix array integer general\n1 1\n1.5\n", 3,
                  "whole number"},
        Malformed{"EntryNan", array + "1 1\nnan\n", 3, "not finite"},
        Malformed{"EntryInf", coordinate + "1 1 1\n1 1 -inf\n", 3, "not finite"},
        Malformed{"EntryOverflow", array + "1 1\n1e999\n", 3, "'1e999'"},
        Malformed{"TwoNumbersInALineOfAnArray", array + "2 1\n1 2\n", 3, "expected one number"},
        Malformed{"EntryWithoutValue", coordinate + "1 1 1\n1 1\n", 3, "2 fields"},
        Malformed{"PatternWithValue", "%%MatrixMarket matrix coordinate pattern general\n1 1 1\n1 1 2\n", 3,
                  "3 fields"},
        Malformed{"TooFewInAnArray", array + "2 2\n1\n2\n3\n", 5, "ends before entry (2, 2)"},
        Malformed{"TooFewCoordinates", coordinate + "3 3 3\n1 1 1\n2 2 2\n", 4, "after 2 of 3 entries"},
        Malformed{"TooManyInAnArray", array + "1 1\n1\n% comment\n2\n", 5, "more than the entries"},
        Malformed{"TooManyCoordinates", coordinate + "2 2 1\n1 1 1\n2 2 2\n", 4, "more than the entries"},
        Malformed{"SkewWithDiagonal", skew + "2 2 1\n1 1 1\n", 3, "no diagonal"}),
    [](const auto& malformed) { return malformed.param.name; });

TEST(MatrixMarket, NamesAFileThatCannotBeRead) {
  for (const std::string& path : {std::string("/no/such/file.mtx"), ::testing::TempDir()}) {
    try {
      read_matrix_market(path);
      FAIL() << "it was read";
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find(path + ": cannot be read"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace optbed::matrix_market_test
