#include "experiments/reports/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/csv_field.hpp"
#include "experiments/text_width.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

// Text with each of these characters replaced.
std::string escaped(const std::string& text, const std::vector<std::pair<char, const char*>>& replacements) {
  std::string result;
  for (const char c : text) {
    const auto found = std::find_if(replacements.begin(), replacements.end(),
                                    [c](const auto& replacement) { return replacement.first == c; });
    if (found == replacements.end()) {
      result += c;
    } else {
      result += found->second;
    }
  }
  return result;
}

std::string latex_text(const std::string& text) {
  return escaped(text, {{'\\', "\\textbackslash{}"},
                        {'_', "\\_"},
                        {'%', "\\%"},
                        {'&', "\\&"},
                        {'#', "\\#"},
                        {'$', "\\$"},
                        {'{', "\\{"},
                        {'}', "\\}"},
                        {'~', "\\textasciitilde{}"},
                        {'^', "\\textasciicircum{}"},
                        {'<', "\\textless{}"},
                        {'>', "\\textgreater{}"}});
}

std::string markdown_text(const std::string& text) { return escaped(text, {{'|', "\\|"}, {'*', "\\*"}}); }

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string space(width - std::min(width, character_count(text)), ' ');
  return right ? space + text : text + space;
}

std::vector<std::size_t> widths_of(const TextTable& table) {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t width = character_count(table.columns[i].title);
    for (const auto& row : table.rows) width = std::max(width, character_count(row[i].shown));
    widths.push_back(width);
  }
  return widths;
}

std::string without_trailing_space(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string as_text(const TextTable& table) {
  std::string text;
  for (const std::string& note : table.notes) text += note + '\n';
  const std::vector<std::size_t> widths = widths_of(table);
  const auto add_line = [&](const auto& cell) {
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      line += (i > 0 ? "  " : "") + padded(cell(i), widths[i], table.columns[i].is_number);
    }
    text += without_trailing_space(line) + '\n';
  };
  add_line([&](std::size_t i) { return table.columns[i].title; });
  for (const auto& row : table.rows) add_line([&](std::size_t i) { return row[i].shown; });
  return text;
}

std::string as_markdown(const TextTable& table) {
  std::string text;
  for (const std::string& note : table.notes) text += markdown_text(note) + '\n';
  if (!table.notes.empty()) text += '\n';
  const auto add_line = [&](const auto& cell) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) text += fmt::format("| {} ", cell(i));
    text += "|\n";
  };
  add_line([&](std::size_t i) { return markdown_text(table.columns[i].title); });
  add_line([&](std::size_t i) { return table.columns[i].is_number ? "---:" : "---"; });
  for (const auto& row : table.rows) add_line([&](std::size_t i) { return markdown_text(row[i].shown); });
  return text;
}

std::string as_latex(const TextTable& table) {
  std::string text = "% needs \\usepackage{booktabs}\n";
  for (const std::string& note : table.notes) text += "% " + note + '\n';
  text += "\\begin{tabular}{";
  for (const TableColumn& column : table.columns) text += column.is_number ? 'r' : 'l';
  text += "}\n\\toprule\n";
  const auto add_line = [&](const auto& cell) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i > 0 ? " & " : "") + latex_text(cell(i));
    text += " \\\\\n";
  };
  add_line([&](std::size_t i) { return table.columns[i].title; });
  text += "\\midrule\n";
  for (const auto& row : table.rows) add_line([&](std::size_t i) { return row[i].shown; });
  return text + "\\bottomrule\n\\end{tabular}\n";
}

std::string as_csv(const TextTable& table) {
  std::string text;
  for (const std::string& note : table.notes) text += "# " + note + '\n';
  const auto add_line = [&](const auto& cell) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) text += (i > 0 ? "," : "") + csv_field(cell(i));
    text += '\n';
  };
  add_line([&](std::size_t i) { return table.columns[i].title; });
  for (const auto& row : table.rows) add_line([&](std::size_t i) { return row[i].data; });
  return text;
}

}  // namespace

TableCell TableCell::number(double value) {
  const bool is_count = value == std::round(value) && std::abs(value) < 1e15;
  return {is_count ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value), format_real(value)};
}

TableCell TableCell::share(double fraction) {
  return {fmt::format("{:.0f} %", 100 * fraction), format_real(fraction)};
}

TableFormat table_format(const std::string& word) {
  const std::vector<std::string> words = {"text", "markdown", "latex", "csv"};
  constexpr TableFormat formats[] = {TableFormat::text, TableFormat::markdown, TableFormat::latex,
                                     TableFormat::csv};
  return formats[parse_choice("table", "--format", word, words)];
}

std::string written(const TextTable& table, TableFormat format) {
  switch (format) {
    case TableFormat::text:
      return as_text(table);
    case TableFormat::markdown:
      return as_markdown(table);
    case TableFormat::latex:
      return as_latex(table);
    case TableFormat::csv:
      return as_csv(table);
  }
  return {};
}

}  // namespace optbed
