#include "problems/data/libsvm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "problems/errors.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

constexpr std::string_view blanks = " \t\r";

// Takes the first field off the line; empty where there is none.
std::string_view take_field(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  const std::string_view field = line.substr(0, line.find_first_of(blanks));
  line.remove_prefix(field.size());
  return field;
}

}  // namespace

bool LibsvmReader::next() {
  while (position_ < text_.size()) {
    const std::size_t end = std::min(text_.find('\n', position_), text_.size());
    std::string_view line = text_.substr(position_, end - position_);
    position_ = end + 1;
    ++line_;
    line = line.substr(0, line.find('#'));
    const std::string_view first = take_field(line);
    if (first.empty()) continue;
    if (first.find(':') != std::string_view::npos) {
      fail(fmt::format("'{}' stands where the label should", first));
    }
    label_ = first;
    entries_.clear();
    for (std::string_view field = take_field(line); !field.empty(); field = take_field(line)) {
      const Entry entry = entry_in(field);
      if (!entries_.empty() && entry.feature <= entries_.back().feature) {
        fail(fmt::format("index {} comes after {}; indices ascend", entry.feature + 1,
                         entries_.back().feature + 1));
      }
      entries_.push_back(entry);
    }
    return true;
  }
  return false;
}

double LibsvmReader::label_number() const {
  const std::optional<double> value = number_in(label_);
  if (!value || !std::isfinite(*value)) fail(fmt::format("the label '{}' is not a finite number", label_));
  return *value;
}

LibsvmReader::Entry LibsvmReader::entry_in(std::string_view field) const {
  const std::size_t colon = field.find(':');
  if (colon == std::string_view::npos) fail(fmt::format("'{}' is not of the form index:value", field));
  const auto index = number_in<std::int32_t>(field.substr(0, colon));
  if (!index || *index < 1) {
    fail(fmt::format("the index of '{}' is not a whole number from 1", field));
  }
  const std::optional<double> value = number_in(field.substr(colon + 1));
  if (!value || !std::isfinite(*value))
    fail(fmt::format("the value of '{}' is missing or not a finite number", field));
  return {*index - 1, *value};
}

void LibsvmReader::fail(const std::string& what) const {
  throw InputError(fmt::format("{}:{}: {}", name_, line_, what));
}

}  // namespace optbed
