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

}  // namespace

std::vector<std::string> alternatives(const std::string& text) {
  const Specification specification = parse_specification(text);
  if (text.find('|') == std::string::npos) return {text};
  std::vector<std::string> texts = {specification.name};
  for (const auto& [key, value] : specification.options) {
    std::vector<std::string> longer;
    for (const std::string& before : texts) {
      for (const std::string& one : values_between_bars(value, text)) {
        longer.push_back(with_option(before, key, one));
      }
    }
    texts = std::move(longer);
  }
  return texts;
}

std::string with_option(const std::string& specification, const std::string& key, const std::string& value) {
  const char separator = specification.find(':') == std::string::npos ? ':' : ',';
  const char* quote = value.find(',') == std::string::npos ? "" : "\"";
  return fmt::format("{}{}{}={}{}{}", specification, separator, key, quote, value, quote);
}

}  // namespace optbed
