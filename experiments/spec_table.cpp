#include "experiments/spec_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace optbed {
namespace {

SourcePosition position_of(const toml::source_region& region, const std::string& file) {
  return {file, static_cast<long>(region.begin.line), static_cast<long>(region.begin.column)};
}

// How a TOML type is called in an error.
std::string type_name(const toml::node& node) {
  std::ostringstream name;
  name << node.type();
  return name.str();
}

}  // namespace

std::string to_string(const SourcePosition& at) {
  if (at.line == 0) return at.file;
  return fmt::format("{}:{}:{}", at.file, at.line, at.column);
}

void throw_usage_error(const SourcePosition& at, const std::string& what) {
  throw UsageError(fmt::format("{}: {}", to_string(at), what));
}

toml::table SpecTable::parse(const std::string& text, const std::string& file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    throw_usage_error(position_of(error.source(), file), std::string(error.description()));
  }
}

SpecTable::SpecTable(const toml::table& table, std::string file, std::string what,
                     const std::vector<std::string>& keys)
    : table_(table), file_(std::move(file)), what_(std::move(what)), at_(at(table)) {
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    throw_usage_error(position_of(key.source(), file_),
                      fmt::format("{} has no key '{}'{}\n  its keys: {}", what_, name, did_you_mean(name, keys),
                                  fmt::join(keys, ", ")));
  }
}

SourcePosition SpecTable::at(const toml::node& node) const { return position_of(node.source(), file_); }

void SpecTable::throw_wrong_type(const std::string& key, const toml::node& node,
                                 const std::string& expected) const {
  throw_usage_error(at(node),
                    fmt::format("{}: '{}' must be {}, found {}", what_, key, expected, type_name(node)));
}

void SpecTable::throw_no_choice(const std::string& key, const Placed<std::string>& word,
                                const std::vector<std::string>& words) const {
  throw_usage_error(word.at, fmt::format("{}: {} = '{}' is not one of {}{}", what_, key, word.value,
                                         fmt::join(words, ", "), did_you_mean(word.value, words)));
}

std::optional<Placed<std::string>> SpecTable::text(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_string()) throw_wrong_type(key, *node, "a string");
  return Placed<std::string>{node->as_string()->get(), at(*node)};
}

Placed<std::string> SpecTable::required_text(const std::string& key) const {
  if (auto found = text(key)) return *found;
  throw_usage_error(at_, fmt::format("{} needs '{}'", what_, key));
}

std::optional<Placed<double>> SpecTable::real(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_number()) throw_wrong_type(key, *node, "a number");
  return Placed<double>{*node->value<double>(), at(*node)};
}

std::optional<Placed<long>> SpecTable::integer(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_integer()) throw_wrong_type(key, *node, "an integer");
  return Placed<long>{static_cast<long>(node->as_integer()->get()), at(*node)};
}

std::optional<Placed<bool>> SpecTable::flag(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_boolean()) throw_wrong_type(key, *node, "true or false");
  return Placed<bool>{node->as_boolean()->get(), at(*node)};
}

std::optional<Placed<std::vector<double>>> SpecTable::reals(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_array()) throw_wrong_type(key, *node, "a list of numbers");
  return Placed<std::vector<double>>{numbers_in(key, *node->as_array()), at(*node)};
}

std::vector<double> SpecTable::numbers_in(const std::string& key, const toml::array& array) const {
  std::vector<double> numbers;
  for (const toml::node& element : array) {
    if (!element.is_number()) throw_wrong_type(key, element, "a list of numbers");
    numbers.push_back(*element.value<double>());
  }
  return numbers;
}

std::optional<Placed<std::vector<long>>> SpecTable::integers(const std::string& key,
                                                             const std::string& expected) const {
  const toml::node* node = table_.get(key);
  if (!node) return std::nullopt;
  if (!node->is_array()) throw_wrong_type(key, *node, expected);
  Placed<std::vector<long>> numbers{{}, at(*node)};
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_integer()) throw_wrong_type(key, element, expected);
    numbers.value.push_back(static_cast<long>(element.as_integer()->get()));
  }
  return numbers;
}

std::vector<const toml::node*> SpecTable::one_or_list(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return {};
  if (!node->is_array()) return {node};
  std::vector<const toml::node*> found;
  for (const toml::node& element : *node->as_array()) found.push_back(&element);
  if (found.empty()) throw_usage_error(at(*node), fmt::format("{}: '{}' is empty", what_, key));
  return found;
}

std::vector<Placed<double>> SpecTable::real_or_list(const std::string& key) const {
  std::vector<Placed<double>> numbers;
  for (const toml::node* node : one_or_list(key)) {
    if (!node->is_number()) throw_wrong_type(key, *node, "a number, or a list of numbers");
    numbers.push_back({*node->value<double>(), at(*node)});
  }
  return numbers;
}

std::vector<Placed<long>> SpecTable::integer_or_list(const std::string& key) const {
  std::vector<Placed<long>> numbers;
  for (const toml::node* node : one_or_list(key)) {
    if (!node->is_integer()) throw_wrong_type(key, *node, "an integer, or a list of integers");
    numbers.push_back({static_cast<long>(node->as_integer()->get()), at(*node)});
  }
  return numbers;
}

std::vector<Placed<SpecTable::WordOrPoint>> SpecTable::words_and_points(const std::string& key) const {
  const char* expected = "a list of strings and of lists of numbers";
  const toml::node* node = table_.get(key);
  if (!node) return {};
  if (!node->is_array()) throw_wrong_type(key, *node, expected);
  std::vector<Placed<WordOrPoint>> found;
  for (const toml::node& element : *node->as_array()) {
    if (element.is_string()) {
      found.push_back({element.as_string()->get(), at(element)});
    } else if (element.is_array()) {
      found.push_back({numbers_in(key, *element.as_array()), at(element)});
    } else {
      throw_wrong_type(key, element, expected);
    }
  }
  if (found.empty()) throw_usage_error(at(*node), fmt::format("{}: '{}' is empty", what_, key));
  return found;
}

bool SpecTable::is_text(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node && node->is_string();
}

bool SpecTable::is_table(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node && node->is_table();
}

std::vector<Placed<std::string>> SpecTable::values(const std::string& key) const {
  const char* expected = "a list of values";
  const toml::node* node = table_.get(key);
  if (!node) return {};
  if (!node->is_array()) throw_wrong_type(key, *node, expected);
  std::vector<Placed<std::string>> found;
  for (const toml::node& element : *node->as_array()) {
    if (const auto* text = element.as_string()) {
      found.push_back({text->get(), at(element)});
    } else if (const auto* integer = element.as_integer()) {
      found.push_back({fmt::format("{}", integer->get()), at(element)});
    } else if (const auto* real = element.as_floating_point()) {
      found.push_back({fmt::format("{}", real->get()), at(element)});
    } else if (const auto* flag = element.as_boolean()) {
      found.push_back({fmt::format("{}", flag->get()), at(element)});
    } else {
      throw_wrong_type(key, element, expected);
    }
  }
  return found;
}

std::vector<Placed<std::string>> SpecTable::texts(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return {};
  if (!node->is_array()) throw_wrong_type(key, *node, "a list of strings");
  std::vector<Placed<std::string>> strings;
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_string()) throw_wrong_type(key, element, "a list of strings");
    strings.push_back({element.as_string()->get(), at(element)});
  }
  return strings;
}

std::vector<const toml::table*> SpecTable::tables(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return {};
  if (!node->is_array()) throw_wrong_type(key, *node, fmt::format("tables, each headed [[{}]]", key));
  std::vector<const toml::table*> found;
  for (const toml::node& element : *node->as_array()) {
    if (!element.is_table()) throw_wrong_type(key, element, fmt::format("tables, each headed [[{}]]", key));
    found.push_back(element.as_table());
  }
  return found;
}

const toml::table* SpecTable::table(const std::string& key) const {
  const toml::node* node = table_.get(key);
  if (!node) return nullptr;
  if (!node->is_table()) throw_wrong_type(key, *node, fmt::format("a table, headed [{}]", key));
  return node->as_table();
}

long at_least(const Placed<long>& number, const std::string& key, long least) {
  if (number.value >= least) return number.value;
  throw_usage_error(number.at, fmt::format("'{}' = {} must be at least {}", key, number.value, least));
}

double nonnegative(const Placed<double>& number, const std::string& key) {
  if (number.value >= 0) return number.value;
  throw_usage_error(number.at, fmt::format("'{}' = {} must be at least 0", key, number.value));
}

}  // namespace optbed
