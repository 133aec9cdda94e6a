#include "experiments/text_width.hpp"

#include <gtest/gtest.h>

namespace optbed::text_width_test {
namespace {

TEST(TextWidth, CountsCharactersNotBytes) {
  EXPECT_EQ(character_count(""), 0u);
  EXPECT_EQ(character_count("abc"), 3u);
  EXPECT_EQ(character_count("η = 1/L ≤ 2"), 11u);
}

TEST(TextWidth, ShortensOnlyWhatDoesNotFit) {
  EXPECT_EQ(shortened("abcd", 4), "abcd");
  EXPECT_EQ(shortened("abcde", 4), "abc…");
  EXPECT_EQ(shortened("ηηηηη", 4), "ηηη…");
  EXPECT_EQ(shortened("ηη", 1), "…");
}

}  // namespace
}  // namespace optbed::text_width_test
