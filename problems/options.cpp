#include "problems/options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {
namespace {

template <class Number>
bool read_number(const std::string& text, Number& number) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  if (text.starts_with('+') && !text.starts_with("+-")) ++begin;
  const auto [stopped_at, error] = std::from_chars(begin, end, number);
  return error == std::errc() && stopped_at == end && begin != end;
}

[[noreturn]] void throw_outside(const std::string& owner, const std::string& option, const std::string& text,
                                const std::string& expected) {
  throw UsageError(fmt::format("{}: {} = '{}' is not {}", owner, option, text, expected));
}

}  // namespace

bool Interval::contains(double value) const {
  if (std::isnan(value)) return false;
  const bool above = lower_open ? value > lower : value >= lower;
  const bool below = upper_open ? value < upper : value <= upper;
  return above && below;
}

std::string Interval::text() const {
  return fmt::format("{}{}, {}{}", lower_open ? '(' : '[', lower, upper, upper_open ? ')' : ']');
}

double parse_real(const std::string& owner, const std::string& option, const std::string& text,
                  Interval domain) {
  double value = 0;
  if (!read_number(text, value) || !domain.contains(value)) {
    throw_outside(owner, option, text, "a real number in " + domain.text());
  }
  return value;
}

long parse_integer(const std::string& owner, const std::string& option, const std::string& text,
                   Interval domain) {
  const std::string expected = "a whole number in " + domain.text();
  long value = 0;
  if (read_number(text, value)) {
    if (!domain.contains(static_cast<double>(value))) throw_outside(owner, option, text, expected);
    return value;
  }
  double real = 0;  // 1e6 is a whole number too
  const bool whole = read_number(text, real) && std::abs(real) < 9e15 && real == std::floor(real);
  if (!whole || !domain.contains(real)) throw_outside(owner, option, text, expected);
  return static_cast<long>(real);
}

bool parse_flag(const std::string& owner, const std::string& option, const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  throw_outside(owner, option, text, "true or false");
}

std::vector<double> parse_reals(const std::string& owner, const std::string& option, const std::string& text,
                                Interval domain, char separator) {
  std::vector<double> values;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(separator, from), text.size());
    values.push_back(parse_real(owner, option, text.substr(from, end - from), domain));
    from = end + 1;
  }
  return values;
}

std::size_t parse_choice(const std::string& owner, const std::string& option, const std::string& text,
                         const std::vector<std::string>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (choices[i] == text) return i;
  }
  throw UsageError(fmt::format("{}: {} = '{}' is not one of {}{}", owner, option, text,
                               fmt::join(choices, ", "), did_you_mean(text, choices)));
}

std::string format_real(double value) { return fmt::format("{}", value); }

std::string format_reals(const std::vector<double>& values, char separator) {
  return fmt::format("{}", fmt::join(values, std::string(1, separator)));
}

void throw_unknown_option(const std::string& owner, const std::string& option,
                          const std::vector<OptionDescription>& known) {
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const OptionDescription& description : known) names.push_back(description.name);
  throw UsageError(fmt::format("{} has no option '{}'{}\n  its options: {}", owner, option,
                               did_you_mean(option, names),
                               names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
}

void throw_broken_rule(const std::string& owner, const std::string& what) {
  throw UsageError(fmt::format("{}: {}", owner, what));
}

}  // namespace optbed
