// A number as a person or a file writes it.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace optbed {

// What the whole of the text stands for, a plus sign before it allowed; a double may be infinite or NaN. Empty
// where it is no number, or one beyond the range of Number.
template <class Number = double>
std::optional<Number> number_in(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  Number value{};
  const auto [stopped_at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stopped_at != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace optbed
