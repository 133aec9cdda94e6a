// Tables that a person reads, a paper takes, or a program reads on.
#pragma once

#include <string>
#include <vector>

namespace optbed {

enum class TableFormat { text, markdown, latex, csv };

// Throws UsageError, with the words there are, for another one.
TableFormat table_format(const std::string& word);

struct TableCell {
  std::string shown;  // to a person
  std::string data;   // in CSV; empty: not known

  static TableCell words(const std::string& text) { return {text, text}; }
  static TableCell number(double value);    // to 4 digits, a count to all of its digits
  static TableCell share(double fraction);  // in percent; in CSV the fraction
};

struct TableColumn {
  std::string title;
  bool is_number = true;  // to the right
};

struct TextTable {
  std::vector<std::string> notes;  // lines that say what it shows
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows;  // as long as the columns are
};

// text: aligned. markdown: a pipe table. latex: a tabular with the rules of booktabs. csv: the notes begin
// with #.
std::string written(const TextTable& table, TableFormat format);

}  // namespace optbed
