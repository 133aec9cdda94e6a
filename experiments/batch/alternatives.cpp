#include "experiments/batch/alternatives.hpp"

#include <fmt/format.h>

#include "problems/errors.hpp"
#include "problems/specification.hpp"

namespace optbed {
namespace {

std::vector<std::string> values_between_bars(const std::string& text, const std::string& whole) {
  std::vector<std::string> values;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('|', from), text.size());
    values.push_back(text.substr(from, end - from));
    if (values.back().empty()) throw UsageError(fmt::format("'{}': a value beside | is empty", whole));
    from = end + 1;
  }
  return values;
}

// As parse_specification reads it back.
std::string option_text(const std::string& key, const std::string& value) {
  return value.find(',') == std::string::npos ? fmt::format("{}={}", key, value)
                                              : fmt::format("{}=\"{}\"", key, value);
}

}  // namespace

std::vector<std::string> alternatives(const std::string& text) {
  const Specification specification = parse_specification(text);
  if (text.find('|') == std::string::npos) return {text};
  std::vector<std::string> texts = {specification.name};
  char separator = ':';
  for (const auto& [key, value] : specification.options) {
    std::vector<std::string> longer;
    for (const std::string& before : texts) {
      for (const std::string& one : values_between_bars(value, text)) {
        longer.push_back(before + separator + option_text(key, one));
      }
    }
    texts = std::move(longer);
    separator = ',';
  }
  return texts;
}

}  // namespace optbed
