#include "experiments/benchmarks/result_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analysis/statistics/quantile.hpp"
#include "experiments/json.hpp"
#include "experiments/reports/text_table.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// How it was timed and how often stands in a benchmark's name too.
bool says_how(const std::string& part) {
  if (part == "manual_time" || part == "real_time" || part == "process_time") return true;
  for (const char* key : {"iterations:", "min_time:", "min_warmup_time:", "repeats:", "threads:"}) {
    if (part.starts_with(key)) return true;
  }
  return false;
}

std::vector<std::string> parts_of(const std::string& name) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= name.size()) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    std::string part = name.substr(begin, end - begin);
    if (!says_how(part)) parts.push_back(std::move(part));
    begin = end + 1;
  }
  return parts;
}

std::string case_path(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, "/"));
}

// All repetitions of one benchmark.
struct BenchmarkCase {
  std::string name = {};
  std::vector<double> microseconds = {};
  std::map<std::string, std::vector<double>> counters = {};
  std::string remark = {};
};

struct BenchmarkFamily {
  std::string name = {};
  std::vector<BenchmarkCase> cases = {};
  std::vector<std::string> counters = {};  // in the order in which they are first seen
  std::string complexity = {};
};

double microseconds_of(const std::string& unit) {
  static const std::map<std::string, double> units = {{"ns", 1e-3}, {"us", 1}, {"ms", 1e3}, {"s", 1e6}};
  return units.at(unit);
}

// What is not a counter that a benchmark has set.
bool is_given(const std::string& key) {
  static const std::set<std::string> given = {"name",      "family_index",     "per_family_instance_index",
                                              "run_name",  "run_type",         "repetitions",
                                              "threads",   "repetition_index", "iterations",
                                              "real_time", "cpu_time",         "time_unit",
                                              "label",     "error_occurred",   "error_message"};
  return given.contains(key);
}

template <class Named>
Named& with_name(std::vector<Named>& list, const std::string& name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Named& one) { return one.name == name; });
  if (found != list.end()) return *found;
  list.push_back({.name = name});
  return list.back();
}

void add_repetition(BenchmarkFamily& family, BenchmarkCase& one, const Json& run) {
  const std::string run_name = run.at("run_name");
  const bool by_clock =
      run_name.find("/manual_time") != std::string::npos || run_name.find("/real_time") != std::string::npos;
  if (run.value("error_occurred", false)) {
    one.remark = run.value("error_message", "failed");
    return;
  }
  one.remark = run.value("label", "");
  one.microseconds.push_back(run.at(by_clock ? "real_time" : "cpu_time").get<double>() *
                             microseconds_of(run.at("time_unit")));
  for (const auto& [key, value] : run.items()) {
    if (is_given(key) || !value.is_number()) continue;
    if (std::find(family.counters.begin(), family.counters.end(), key) == family.counters.end()) {
      family.counters.push_back(key);
    }
    one.counters[key].push_back(value);
  }
}

// BigO's coefficient is in the unit of time, RMS is relative to the mean.
void add_complexity(BenchmarkFamily& family, const Json& fit) {
  if (fit.at("aggregate_name") == "BigO") {
    family.complexity = fmt::format("{:.4g} {} {}", fit.at("real_coefficient").get<double>(),
                                    fit.at("time_unit").get<std::string>(), fit.at("big_o").get<std::string>());
  } else if (fit.at("aggregate_name") == "RMS") {
    family.complexity += fmt::format(", off by {:.0f} %", 100 * fit.at("rms").get<double>());
  }
}

// In the order of the program, not in the one in which they happened to end.
std::vector<Json> in_order(const Json& file) {
  std::vector<Json> runs = file.at("benchmarks");
  const auto place = [](const Json& run) {
    return std::pair(run.value("family_index", 0), run.value("per_family_instance_index", 0));
  };
  std::stable_sort(runs.begin(), runs.end(), [&](const Json& a, const Json& b) { return place(a) < place(b); });
  return runs;
}

std::vector<BenchmarkFamily> families_of(const Json& file) {
  std::vector<BenchmarkFamily> families;
  for (const Json& run : in_order(file)) {
    std::vector<std::string> parts = parts_of(run.at("run_name"));
    if (run.at("run_type") == "aggregate") {
      const std::string aggregate = run.at("aggregate_name");
      if (aggregate == "BigO" || aggregate == "RMS") add_complexity(with_name(families, case_path(parts)), run);
      continue;
    }
    const std::string name = parts.back();
    if (parts.size() > 1) parts.pop_back();
    BenchmarkFamily& family = with_name(families, case_path(parts));
    add_repetition(family, with_name(family.cases, name), run);
  }
  return families;
}

std::optional<double> counter_median(const BenchmarkCase& one, const std::string& counter) {
  const auto found = one.counters.find(counter);
  if (found == one.counters.end()) return std::nullopt;
  return median(found->second);
}

TextTable family_table(const BenchmarkFamily& family) {
  TextTable table;
  table.columns = {{"benchmark", false}, {"median us"}, {"least us"}};
  std::vector<std::string> shown;
  for (const std::string& counter : family.counters) {
    const bool telling = std::any_of(family.cases.begin(), family.cases.end(), [&](const BenchmarkCase& one) {
      return counter_median(one, counter).value_or(0) != 0;
    });
    if (!telling) continue;
    shown.push_back(counter);
    table.columns.push_back({counter});
  }
  table.columns.push_back({"remark", false});
  for (const BenchmarkCase& one : family.cases) {
    std::vector<TableCell> row = {TableCell::words(one.name)};
    if (one.microseconds.empty()) {
      row.resize(3);
    } else {
      row.push_back(TableCell::number(median(one.microseconds)));
      row.push_back(TableCell::number(*std::min_element(one.microseconds.begin(), one.microseconds.end())));
    }
    for (const std::string& counter : shown) {
      const auto value = counter_median(one, counter);
      row.push_back(value ? TableCell::number(*value) : TableCell());
    }
    row.push_back(TableCell::words(one.remark));
    table.rows.push_back(std::move(row));
  }
  table.notes.push_back(family.name);
  if (!family.complexity.empty()) table.notes.push_back("time: " + family.complexity);
  return table;
}

// Google Benchmark writes numbers that are none (the coefficient of variation of counters that are 0) in words
// that JSON does not have.
std::string with_null_for_no_number(std::string json) {
  for (const std::string word : {"NaN", "-NaN", "Infinity", "-Infinity"}) {
    const std::string value = "\": " + word;
    for (std::size_t at = json.find(value); at != std::string::npos; at = json.find(value, at)) {
      json.replace(at + 3, word.size(), "null");
    }
  }
  return json;
}

}  // namespace

std::string result_tables(const std::string& json) {
  std::string text;
  try {
    for (const BenchmarkFamily& family : families_of(Json::parse(with_null_for_no_number(json)))) {
      if (!text.empty()) text += '\n';
      text += written(family_table(family), TableFormat::text);
    }
  } catch (const Json::exception& error) {
    throw InputError(fmt::format("these are no results of Google Benchmark: {}", error.what()));
  } catch (const std::out_of_range&) {
    throw InputError("these are no results of Google Benchmark: a unit of time is none that it writes");
  }
  return text;
}

}  // namespace optbed
