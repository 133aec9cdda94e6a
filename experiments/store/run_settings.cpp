#include "experiments/store/run_settings.hpp"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <string>

namespace optbed {

std::vector<Cell> settings_cells(const RunDescription& run) {
  const Limits& limits = run.limits;
  const Trigger& trigger = run.trace.trigger;
  std::string trigger_word;
  for (const auto& [word, kind] : trigger_words()) {
    if (kind == trigger.kind) trigger_word = word;
  }
  std::vector<std::string> properties;
  for (const auto& [word, member] : property_words()) {
    if (run.trace.*member) properties.push_back(word);
  }
  return {std::int64_t{limits.max_iterations},
          std::int64_t{limits.max_evaluations},
          limits.max_seconds,
          limits.gradient_tolerance,
          limits.value_target ? Cell(*limits.value_target) : Cell(),
          limits.gap_tolerance,
          trigger_word,
          std::int64_t{trigger.interval},
          std::int64_t{trigger.points_per_decade},
          fmt::format("{}", fmt::join(properties, " ")),
          std::int64_t{run.trace.iterates}};
}

void read_settings(SQLite::Statement& row, int at, RunDescription& run) {
  const auto integer = [&row, at](int i) { return static_cast<long>(row.getColumn(at + i).getInt64()); };
  const auto real = [&row, at](int i) { return row.getColumn(at + i).getDouble(); };
  run.limits = {.max_iterations = integer(0),
                .max_evaluations = integer(1),
                .max_seconds = real(2),
                .gradient_tolerance = real(3),
                .value_target = row.isColumnNull(at + 4) ? std::nullopt : std::optional(real(4)),
                .gap_tolerance = real(5)};
  const std::string trigger = row.getColumn(at + 6).getString();
  for (const auto& [word, kind] : trigger_words()) {
    if (word == trigger) run.trace.trigger.kind = kind;
  }
  run.trace.trigger.interval = integer(7);
  run.trace.trigger.points_per_decade = static_cast<int>(integer(8));
  const std::string properties = " " + row.getColumn(at + 9).getString() + " ";
  for (const auto& [word, member] : property_words()) {
    run.trace.*member = properties.find(" " + word + " ") != std::string::npos;
  }
  run.trace.iterates = integer(10) != 0;
}

}  // namespace optbed
