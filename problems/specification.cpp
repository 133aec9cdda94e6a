#include "problems/specification.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "problems/errors.hpp"

namespace optbed {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The parenthesis that closes the one at `open`; npos where none does.
std::size_t closing_parenthesis(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

// The end of the part that begins at `from`: the next comma outside of double quotes and parentheses. A shell
// takes away double quotes that it is not told to keep, and pow(a, b) is still one value.
std::size_t end_of_part(std::string_view text, std::size_t from) {
  bool quoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == ',') return i;
    if (text[i] != '(') continue;
    if (const std::size_t close = closing_parenthesis(text, i); close != std::string_view::npos) i = close;
  }
  if (quoted) throw UsageError(fmt::format("'{}': a double quote is not closed", text));
  return text.size();
}

std::string unquoted(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  return std::string(value);
}

}  // namespace

Specification parse_specification(std::string_view text) {
  Specification specification;
  const auto colon = text.find(':');
  specification.name = std::string(trimmed(text.substr(0, colon)));
  if (specification.name.empty()) {
    throw UsageError(fmt::format("'{}' has no name; write NAME or NAME:key=value,key=value", text));
  }
  if (colon == std::string_view::npos) return specification;

  for (std::size_t from = colon + 1; from <= text.size();) {
    const std::size_t end = end_of_part(text, from);
    const std::string_view part = trimmed(text.substr(from, end - from));
    const auto equals = part.find('=');
    if (part.empty() || equals == std::string_view::npos || equals == 0) {
      throw UsageError(fmt::format("'{}': expected key=value, found '{}'", text, part));
    }
    const std::string key(trimmed(part.substr(0, equals)));
    const bool repeated = std::any_of(specification.options.begin(), specification.options.end(),
                                      [&](const auto& option) { return option.first == key; });
    if (repeated) throw UsageError(fmt::format("'{}': the option '{}' is given twice", text, key));
    specification.options.emplace_back(key, unquoted(trimmed(part.substr(equals + 1))));
    from = end + 1;
  }
  return specification;
}

}  // namespace optbed
