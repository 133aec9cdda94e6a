#include "experiments/trace_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

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
  const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
  std::error_code ignored;  // what cannot be looked at is no folder that can be written to
  if (!fs::is_directory(folder, ignored)) {
    throw InputError(fmt::format("{}: the folder {} does not exist; make it first", path, folder.string()));
  }
  if (access(folder.c_str(), W_OK) != 0 || fs::is_directory(path, ignored)) {
    throw InputError(fmt::format("{}: cannot be written", path));
  }
}

void write_trace_file(const std::string& path, const RunReport& report) {
  const std::string text = is_json(path) ? json(report) : csv(report.result.trace);
  const std::string unfinished = path + ".part";
  std::ofstream out(unfinished, std::ios::binary);
  out << text;
  out.close();
  if (!out || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(unfinished.c_str());
    throw InputError(fmt::format("{}: cannot be written: {}", path, why));
  }
}

}  // namespace optbed
