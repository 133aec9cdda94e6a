#include "experiments/text_width.hpp"

#include <algorithm>

namespace optbed {
namespace {

// Every byte of a code point but its first is 10xxxxxx.
bool begins_character(char c) { return (c & 0xC0) != 0x80; }

}  // namespace

std::size_t character_count(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string shortened(const std::string& text, std::size_t most) {
  if (character_count(text) <= most) return text;
  std::size_t end = 0;
  for (std::size_t kept = 0; kept < most; ++end) kept += begins_character(text[end]) ? 1 : 0;
  return text.substr(0, end - 1) + "…";
}

}  // namespace optbed
