#include "experiments/trace_file.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iterator>

#include "experiments/output_file.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

std::string csv(const Trace& trace) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "{}", fmt::join(trace.names(), ","));
  const Index n = trace.has_iterates() ? trace.iterate(0).size() : 0;
  for (Index i = 0; i < n; ++i) fmt::format_to(out, ",x{}", i + 1);
  text += '\n';
  std::vector<const std::vector<double>*> columns;
  for (const std::string& name : trace.names()) columns.push_back(&trace.column(name));
  for (std::size_t row = 0; row < trace.rows(); ++row) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      fmt::format_to(out, "{}{}", j == 0 ? "" : ",", (*columns[j])[row]);
    }
    if (n > 0) {
      const Vector x = trace.iterate(row);
      for (const double value : x) fmt::format_to(out, ",{}", value);
    }
    text += '\n';
  }
  return text;
}

std::string json(const RunReport& report) {
  Json object = to_json(report);
  object["trace"] = to_json(report.result.trace);
  return object.dump() + "\n";
}

bool is_json(const std::string& path) { return fs::path(path).extension() == ".json"; }

}  // namespace

void check_trace_file(const std::string& path) {
  const fs::path file(path);
  const std::string ending = file.extension();
  if (ending != ".csv" && ending != ".json") {
    throw UsageError(
        fmt::format("--trace '{}': the name must be NAME.csv or NAME.json, which says the format", path));
  }
  check_output_file(path);
}

void write_trace_file(const std::string& path, const RunReport& report) {
  write_output_file(path, is_json(path) ? json(report) : csv(report.result.trace));
}

}  // namespace optbed
