// Reader of tables as text: comma-separated values (RFC 4180) and their kin.
//
//   const std::string text = read_text_file("points.csv");
//   CsvReader csv("points.csv", text);
//   while (csv.next()) use(csv.number(0), csv.text(1));
//
// Fields are separated by commas, semicolons or tabs: by the first of these that the first row holds outside of
// quotes, a semicolon or tab before a comma. A field may stand in double quotes, with "" for a quote in it, and
// may then hold separators and line ends. Blanks around a field do not count, nor do blank lines and lines that
// begin with '#'. The first row is a header, the names of the columns, where no field of it is a number (one in
// quotes is a name).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optbed {

class CsvReader {
 public:
  // Of a text that outlives the reader; `name` is what errors call it. Throws InputError where there is no row.
  CsvReader(std::string name, std::string_view text);

  std::size_t column_count() const { return column_count_; }

  // The names of the columns; empty where there is no header.
  const std::vector<std::string>& header() const { return header_; }

  // The column (from 0) that the header calls so, or that has this number, from 1.
  std::optional<std::size_t> find_column(std::string_view name_or_number) const;

  // Goes on to the next row; false after the last. Throws InputError where it has not as many fields as the
  // first, or a quote is amiss.
  bool next();

  // A field of the row. Throws InputError where it is empty or marks a missing value (NA, N/A, NaN, null, ?),
  // or is not a finite number.
  const std::string& text(std::size_t column) const;
  double number(std::size_t column) const;

  // Throws InputError naming the text and the line at which the row begins.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  struct Field {
    std::string text;
    bool quoted = false;
  };

  bool read_row();
  void read_field(Field& field);
  void read_quoted(Field& field);
  void skip_line();
  void skip_blanks();
  bool at_line_end() const { return position_ == text_.size() || text_[position_] == '\n'; }
  std::string column_name(std::size_t column) const;

  std::string name_;
  std::string_view text_;
  std::size_t position_ = 0;
  long line_ = 1;      // of what is read next
  long row_line_ = 0;  // at which the row begins
  char separator_ = ',';
  std::size_t column_count_ = 0;
  std::vector<std::string> header_;
  std::vector<Field> fields_;
  bool first_row_is_next_ = false;
};

}  // namespace optbed
