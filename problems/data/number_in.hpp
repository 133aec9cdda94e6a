// A number as it stands in a data file.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace optbed {

// What the whole of the text stands for, a plus sign before it allowed, which may be infinite or NaN; empty
// where it is no number, or one beyond the range of double.
inline std::optional<double> number_in(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = 0;
  const auto [stopped_at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stopped_at != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace optbed
