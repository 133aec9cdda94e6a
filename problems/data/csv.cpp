#include "problems/data/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <set>

#include "problems/errors.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// What tables hold where a value is missing, in small letters.
bool stands_for_no_value(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const char* mark : {"?", "na", "n/a", "nan", "null"}) {
    if (text == mark) return true;
  }
  return false;
}

// A comma may be a decimal one where there is a semicolon or a tab.
char separator_of(std::string_view text) {
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    if (c == ';' || c == '\t') return c;
  }
  return ',';
}

}  // namespace

CsvReader::CsvReader(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  if (!read_row()) throw InputError(name_ + ": the file holds no row");
  column_count_ = fields_.size();
  const bool is_header = std::none_of(fields_.begin(), fields_.end(), [](const Field& field) {
    return !field.quoted && number_in(field.text).has_value();
  });
  first_row_is_next_ = !is_header;
  if (!is_header) return;
  std::set<std::string_view> names;
  for (const Field& field : fields_) {
    if (!field.text.empty() && !names.insert(field.text).second) {
      fail(fmt::format("two columns are called '{}'", field.text));
    }
    header_.push_back(field.text);
  }
}

std::optional<std::size_t> CsvReader::find_column(std::string_view name_or_number) const {
  const auto named = std::find(header_.begin(), header_.end(), name_or_number);
  if (named != header_.end() && !name_or_number.empty()) return named - header_.begin();
  std::size_t number = 0;
  const char* const end = name_or_number.data() + name_or_number.size();
  const auto [stopped_at, error] = std::from_chars(name_or_number.data(), end, number);
  if (error != std::errc() || stopped_at != end || number < 1 || number > column_count_) return std::nullopt;
  return number - 1;
}

bool CsvReader::next() {
  if (first_row_is_next_) {
    first_row_is_next_ = false;
    return true;
  }
  if (!read_row()) return false;
  if (fields_.size() != column_count_) {
    fail(fmt::format("the row has {} field{}, and the first one {}", fields_.size(),
                     fields_.size() == 1 ? "" : "s", column_count_));
  }
  return true;
}

const std::string& CsvReader::text(std::size_t column) const {
  const std::string& text = fields_[column].text;
  if (text.empty()) fail(fmt::format("{} has no value", column_name(column)));
  if (stands_for_no_value(text)) fail(fmt::format("{} has no value, but '{}'", column_name(column), text));
  return text;
}

double CsvReader::number(std::size_t column) const {
  const std::optional<double> value = number_in(text(column));
  if (!value) fail(fmt::format("{}: '{}' is not a number", column_name(column), text(column)));
  if (!std::isfinite(*value)) fail(fmt::format("{}: '{}' is not finite", column_name(column), text(column)));
  return *value;
}

void CsvReader::fail(const std::string& what) const {
  throw InputError(fmt::format("{}:{}: {}", name_, row_line_, what));
}

std::string CsvReader::column_name(std::size_t column) const {
  if (header_.empty() || header_[column].empty()) return fmt::format("column {}", column + 1);
  return fmt::format("column '{}'", header_[column]);
}

void CsvReader::skip_line() {
  position_ = std::min(text_.find('\n', position_), text_.size());
  if (position_ == text_.size()) return;
  ++position_;
  ++line_;
}

void CsvReader::skip_blanks() {
  const auto is_blank = [&](char c) { return c == ' ' || c == '\r' || (c == '\t' && separator_ != '\t'); };
  while (position_ < text_.size() && is_blank(text_[position_])) ++position_;
}

// The next row that is neither blank nor a comment, into fields_; false at the end of the text.
bool CsvReader::read_row() {
  while (position_ < text_.size()) {
    const std::size_t begin = position_;
    skip_blanks();
    if (!at_line_end() && text_[position_] != '#') {
      position_ = begin;
      break;
    }
    skip_line();
  }
  if (position_ == text_.size()) return false;
  row_line_ = line_;
  if (column_count_ == 0) separator_ = separator_of(text_.substr(position_));
  for (std::size_t count = 1;; ++count) {
    fields_.resize(count);
    read_field(fields_.back());
    if (at_line_end()) break;
    ++position_;
  }
  skip_line();
  return true;
}

// One field, up to the separator or the end of the line.
void CsvReader::read_field(Field& field) {
  skip_blanks();
  field.quoted = position_ < text_.size() && text_[position_] == '"';
  if (field.quoted) return read_quoted(field);
  const std::size_t begin = position_;
  while (!at_line_end() && text_[position_] != separator_) {
    if (text_[position_] == '"')
      fail("a quote in the middle of a field; one that holds a quote stands in quotes");
    ++position_;
  }
  std::string_view text = text_.substr(begin, position_ - begin);
  const auto last = text.find_last_not_of(" \t\r");
  field.text = last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

void CsvReader::read_quoted(Field& field) {
  field.text.clear();
  ++position_;
  for (;; ++position_) {
    if (position_ == text_.size()) fail("a quote is not closed");
    if (text_[position_] == '"') {
      ++position_;
      const bool doubled = position_ < text_.size() && text_[position_] == '"';
      if (!doubled) break;
    }
    if (text_[position_] == '\n') ++line_;
    field.text += text_[position_];
  }
  skip_blanks();
  if (!at_line_end() && text_[position_] != separator_)
    fail(fmt::format("text after the quote that ends '{}'", field.text));
}

}  // namespace optbed
