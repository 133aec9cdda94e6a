#include "experiments/store/export_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "experiments/csv_field.hpp"
#include "experiments/store/run_limits.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

// Where each of `wanted` stands in the trace, in their order.
std::vector<std::optional<std::size_t>> places(const std::vector<TraceColumn>& wanted,
                                               const StoredTrace& trace) {
  std::vector<std::optional<std::size_t>> found;
  for (const TraceColumn& column : wanted) {
    const auto at = std::find_if(trace.columns.begin(), trace.columns.end(),
                                 [&column](const TraceColumn& one) { return one.name == column.name; });
    found.push_back(at == trace.columns.end()
                        ? std::nullopt
                        : std::optional(static_cast<std::size_t>(at - trace.columns.begin())));
  }
  return found;
}

std::string trace_field(const StoredTrace& trace, std::size_t column, std::size_t row) {
  const std::size_t width = trace.columns[column].width;
  const auto numbers = trace.column(column).subspan(row * width, width);
  return width == 1 ? fmt::format("{}", numbers.front()) : format_reals({numbers.begin(), numbers.end()});
}

}  // namespace

void export_wide(const Store& store, const RunSelection& selects, std::FILE* out) {
  std::string header = "run";
  fmt::print(out, "# run: the run's name\n");
  for (const ResultColumn& column : result_columns()) {
    fmt::print(out, "# {}: {}\n", column.name, column.meaning);
    header += fmt::format(",{}", column.name);
  }
  std::vector<std::string> limits;
  for (const NamedLimit& limit : named_limits()) limits.emplace_back(limit.name);
  fmt::print(out, "# {}: the limits of the run (max_seconds: s), 0 or empty where there is none\n",
             fmt::join(limits, ", "));
  header += fmt::format(",{}", fmt::join(limits, ","));
  fmt::print(out, "{}\n", header);
  store.for_each(Store::Part::without_numbers, [&selects, out](const FinishedRun& run) {
    if (!selects(run)) return;
    std::string line = run.name.text();
    for (const ResultColumn& column : result_columns()) line += ',' + csv_field(to_string(column.get(run)));
    for (const NamedLimit& limit : named_limits()) {
      const std::optional<double> value = limit.of(run.description.limits);
      line += value ? fmt::format(",{}", *value) : ",";
    }
    fmt::print(out, "{}\n", line);
  });
}

void export_long(const Store& store, const RunSelection& selects, std::FILE* out) {
  const std::vector<TraceColumn> columns = store.trace_columns();
  fmt::print(out,
             "# One row a recorded iteration; a field is empty where the run's trace has no such column.\n"
             "# seconds: s; distance, step_length: 2-norms; gradient_norm: infinity norm, or the problem's own "
             "residual;\n"
             "# evaluations: counts since the start; x: the iterate, separated by ;\n");
  std::string header = "run,problem,solver,start,seed";
  for (const TraceColumn& column : columns) header += ',' + csv_field(column.name);
  fmt::print(out, "{}\n", header);
  store.for_each(Store::Part::whole, [&](const FinishedRun& run) {
    if (!selects(run)) return;
    const RunDescription& description = run.description;
    const std::string beginning =
        fmt::format("{},{},{},{},{}", run.name.text(), csv_field(description.problem),
                    csv_field(description.solver), csv_field(description.start), description.seed);
    const auto where = places(columns, run.trace);
    for (std::size_t row = 0; row < run.trace.rows; ++row) {
      std::string line = beginning;
      for (const auto& at : where) line += at ? ',' + trace_field(run.trace, *at, row) : ",";
      fmt::print(out, "{}\n", line);
    }
  });
}

}  // namespace optbed
