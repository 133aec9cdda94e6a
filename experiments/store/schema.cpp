#include "experiments/store/schema.hpp"

#include <fmt/format.h>

#include "experiments/store/environment.hpp"
#include "experiments/store/finished_run.hpp"
#include "experiments/store/store_file.hpp"

namespace optbed {
namespace {

// `results` has a row a run. What many runs share (limits and trace policy, environment, the columns of a
// trace) stands once, in a table of its own. The numbers of a trace lie in one blob, column after column: one
// insertion a run, where a row a column would be fifteen; the view `traces` cuts it.
constexpr const char* tables = R"sql(
CREATE TABLE specs(name TEXT NOT NULL, text TEXT NOT NULL, UNIQUE(name, text));

CREATE TABLE settings(
  settings INTEGER PRIMARY KEY,
  max_iterations INTEGER NOT NULL, max_evaluations INTEGER NOT NULL, max_seconds REAL NOT NULL,
  gradient_tolerance REAL NOT NULL, value_target REAL, gap_tolerance REAL NOT NULL,
  trace_trigger TEXT NOT NULL, trace_interval INTEGER NOT NULL, trace_points_per_decade INTEGER NOT NULL,
  trace_properties TEXT NOT NULL, trace_iterates INTEGER NOT NULL);

CREATE TABLE trace_layouts(layout INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
CREATE TABLE trace_columns(
  layout INTEGER NOT NULL REFERENCES trace_layouts, position INTEGER NOT NULL, name TEXT NOT NULL,
  width INTEGER NOT NULL, numbers_before INTEGER NOT NULL,
  PRIMARY KEY(layout, position)) WITHOUT ROWID;
CREATE TABLE trace_numbers(
  result INTEGER PRIMARY KEY REFERENCES results, layout INTEGER NOT NULL REFERENCES trace_layouts,
  rows INTEGER NOT NULL, numbers BLOB);
)sql";

constexpr const char* views = R"sql(
CREATE VIEW runs AS SELECT
  run, problem, solver, start, seed, dimension, stop, solved, iterations, value_evaluations, gradient_evaluations,
  value, gap, gradient_norm, seconds, tuning, trial
FROM results;

CREATE VIEW run_details AS SELECT * FROM results JOIN settings USING(settings) JOIN environments USING(environment);

CREATE VIEW traces AS SELECT
  run, name, rows, width, substr(numbers, 8 * rows * numbers_before + 1, 8 * rows * width) AS data
FROM results JOIN trace_numbers ON trace_numbers.result = results.result JOIN trace_columns USING(layout)
ORDER BY results.result, position;
)sql";

std::string results_table() {
  std::string columns;
  for (const ResultColumn& column : result_columns()) {
    columns += fmt::format("  {} {},  -- {}\n", column.name, column.type, column.meaning);
  }
  return fmt::format(
      "CREATE TABLE results(\n  result INTEGER PRIMARY KEY,\n  run TEXT NOT NULL UNIQUE,\n{}"
      "  settings INTEGER NOT NULL REFERENCES settings,\n"
      "  environment INTEGER NOT NULL REFERENCES environments,\n"
      "  x BLOB  -- the last point, float64, little-endian\n);\n",
      columns);
}

std::string environments_table() {
  std::string columns;
  for (const auto& [name, content] : this_environment()) columns += fmt::format(", {} TEXT NOT NULL", name);
  return fmt::format("CREATE TABLE environments(environment INTEGER PRIMARY KEY{});\n", columns);
}

}  // namespace

std::string schema() {
  return fmt::format("PRAGMA application_id = {};\nPRAGMA user_version = {};\n", store_application,
                     store_schema) +
         environments_table() + tables + results_table() + views;
}

}  // namespace optbed
