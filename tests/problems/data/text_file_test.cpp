#include "problems/data/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "problems/errors.hpp"
#include "tests/temporary_file.hpp"

namespace optbed::text_file_test {
namespace {

std::string refusal(const std::string& path) {
  try {
    read_text_file(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "it was read";
}

TEST(TextFile, IsReadByteByByte) {
  const std::string content("a\r\nb\0c\n", 7);
  EXPECT_EQ(read_text_file(testing::TemporaryFile(content).path()), content);
  EXPECT_EQ(read_text_file(testing::TemporaryFile("").path()), "");
}

TEST(TextFile, IsNamedWhereItCannotBeRead) {
  for (const std::string& path : {std::string("/no/such/file"), ::testing::TempDir()}) {
    EXPECT_EQ(refusal(path), path + ": cannot be read (does the file exist?)");
  }
}

// The first page of a process is not there to be read.
TEST(TextFile, IsNamedWhereItCannotBeReadToItsEnd) {
  const std::string path = "/proc/self/mem";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "there is no " << path;
  EXPECT_EQ(refusal(path), path + ": cannot be read to its end");
}

// 4 TB, of which the disk holds nothing.
TEST(TextFile, IsRefusedWhereItIsLargerThanTheMemory) {
  const testing::TemporaryFile file("1,2\n");
  std::filesystem::resize_file(file.path(), std::uintmax_t{1} << 42);
  EXPECT_THAT(refusal(file.path()), ::testing::StartsWith(file.path() + ": 4.4e+03 GB of text"));
}

}  // namespace
}  // namespace optbed::text_file_test
