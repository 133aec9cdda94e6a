#include "experiments/figures/figure_caption.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "experiments/text_width.hpp"

namespace optbed {
namespace {

// A cell of a Markdown table is one line, and a bar in it would end it.
std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

}  // namespace

std::vector<std::string> verdict_lines(const std::vector<FigureRun>& runs) {
  constexpr std::size_t columns = 3;
  std::vector<std::array<std::string, columns + 1>> rows;
  std::array<std::size_t, columns> widths{};
  for (const FigureRun& run : runs) {
    rows.push_back({run.spec.label, "measured " + measured_text(run.comparison),
                    "theory " + theory_text(run.comparison), to_string(run.comparison.verdict)});
    for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], character_count(rows.back()[i]));
  }
  std::vector<std::string> lines;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < columns; ++i)
      line += row[i] + std::string(widths[i] - character_count(row[i]) + 2, ' ');
    lines.push_back(line + row[columns]);
  }
  return lines;
}

std::string figure_caption(const FigureSpec& spec, const std::vector<FigureRun>& runs,
                           const std::string& picture) {
  std::string text = fmt::format("# {}\n\n", spec.title);
  if (!picture.empty()) text += fmt::format("![{}]({})\n\n", spec.title, picture);
  if (!spec.caption.empty()) text += spec.caption + (spec.caption.back() == '\n' ? "\n" : "\n\n");
  text += "| curve | problem | solver | iterations | stop | measured | theory | verdict |\n";
  text += "|---|---|---|---:|---|---|---|---|\n";
  for (const FigureRun& run : runs) {
    fmt::format_to(std::back_inserter(text), "| {} | `{}` | `{}` | {} | {} | {} | {} | {} |\n",
                   cell(run.spec.label), cell(run.spec.problem.value), cell(run.spec.solver.value),
                   run.result.iterations, to_string(run.result.stop), cell(measured_text(run.comparison)),
                   cell(theory_text(run.comparison)), to_string(run.comparison.verdict));
  }
  text += "\nRates are per iteration and in the distance to the minimiser.\n\n";
  for (const FigureRun& run : runs) {
    const Comparison& comparison = run.comparison;
    fmt::format_to(std::back_inserter(text), "- **{}**: ", run.spec.label);
    if (comparison.theory) {
      fmt::format_to(std::back_inserter(text),
                     "{}. Conditions: {}. Source: {}. Found: ", comparison.theory->text,
                     comparison.theory->conditions, comparison.theory->source);
    }
    text += comparison.reason + ".\n";
  }
  fmt::format_to(
      std::back_inserter(text),
      "\nThe data are in `{0}.csv`, a row for each run and iteration. `gnuplot {0}.gp` draws the figure "
      "again.\n",
      spec.name);
  return text;
}

}  // namespace optbed
