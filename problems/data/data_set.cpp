#include "problems/data/data_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>

#include "problems/data/built_in_data.hpp"
#include "problems/data/csv.hpp"
#include "problems/data/libsvm.hpp"
#include "problems/data/text_file.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/number_in.hpp"

namespace optbed {
namespace {

// As it is read, with its training and test samples apart, and with signs or a column of ones.
constexpr double copies_of_inputs = 3;

void check_matrix_memory(const std::string& name, double samples, double features) {
  check_memory(name, fmt::format("{:.0f} samples of {:.0f} features", samples, features),
               copies_of_inputs * 8 * samples * features);
}

std::optional<double> finite_number_in(const std::string& text) {
  const std::optional<double> number = number_in(text);
  return number && std::isfinite(*number) ? number : std::nullopt;
}

// "+1", "1" and "1.0" are one class.
std::string class_name(const std::string& text) {
  const std::optional<double> number = finite_number_in(text);
  return number ? fmt::format("{}", *number + 0.0) : text;  // -0 is 0
}

// The labels of the samples, as they come.
class Labels {
 public:
  explicit Labels(const DataSetRules& rules) : rules_(rules) {}

  void add(double target) { targets_.push_back(target); }

  template <class Reader>
  void add(const std::string& label, const Reader& reader) {
    const auto [at, is_new] = number_of_class_.emplace(class_name(label), names_.size());
    if (is_new) {
      if (static_cast<Index>(names_.size()) == rules_.most_classes) {
        reader.fail(fmt::format("label '{}' is one more than {} classes{}{}", label, rules_.most_classes,
                                names_.size() <= 8 ? fmt::format(" ({})", fmt::join(names_, ", ")) : "",
                                rules_.many_classes_remedy));
      }
      names_.push_back(at->first);
    }
    classes_.push_back(at->second);
  }

  // In the order of the classes' names.
  void move_to(DataSet& data) const {
    data.targets = Eigen::Map<const Vector>(targets_.data(), static_cast<Index>(targets_.size()));
    if (rules_.kind == LabelKind::number) return;
    if (names_.size() == 1) {
      throw InputError(fmt::format("{}: all samples are of one class, '{}'", data.name, names_[0]));
    }
    std::vector<std::size_t> order(names_.size());
    std::iota(order.begin(), order.end(), 0);
    const bool are_numbers = std::all_of(names_.begin(), names_.end(), [](const std::string& name) {
      return finite_number_in(name).has_value();
    });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return are_numbers ? *number_in(names_[a]) < *number_in(names_[b]) : names_[a] < names_[b];
    });
    std::vector<Index> rank(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
      data.class_names.push_back(names_[order[k]]);
      rank[order[k]] = static_cast<Index>(k);
    }
    data.classes.reserve(classes_.size());
    for (const std::size_t k : classes_) data.classes.push_back(rank[k]);
  }

 private:
  const DataSetRules& rules_;
  std::vector<double> targets_;
  std::vector<std::size_t> classes_;  // numbered as they came
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> number_of_class_;
};

void check_shape(const DataSet& data) {
  if (data.inputs.cols() == 0) throw InputError(data.name + ": the file holds no sample");
  if (data.inputs.rows() == 0) throw InputError(data.name + ": the samples have no feature beside the label");
}

std::size_t label_column(const CsvReader& csv, const std::string& name, const std::string& asked) {
  if (asked.empty()) return csv.column_count() - 1;
  if (const auto found = csv.find_column(asked)) return *found;
  const std::string columns = csv.header().empty()
                                  ? fmt::format("it has no header and {} columns", csv.column_count())
                                  : fmt::format("they are {}", fmt::join(csv.header(), ", "));
  throw UsageError(fmt::format("label = '{}' is not a column of {}; {}{}", asked, name, columns,
                               did_you_mean(asked, csv.header())));
}

DataSet from_csv(const std::string& name, std::string_view text, const DataSetRules& rules) {
  CsvReader csv(name, text);
  const std::size_t label = label_column(csv, name, rules.label_column);
  DataSet data{.name = name};
  for (std::size_t j = 0; j < csv.column_count(); ++j) {
    if (j == label) continue;
    const bool is_named = !csv.header().empty() && !csv.header()[j].empty();
    data.features.push_back(is_named ? csv.header()[j] : fmt::format("column {}", j + 1));
  }
  const auto p = static_cast<Index>(data.features.size());
  const Index lines = 1 + std::count(text.begin(), text.end(), '\n');
  check_matrix_memory(name, static_cast<double>(lines), static_cast<double>(p));
  data.inputs.resize(p, lines);
  Labels labels(rules);
  Index count = 0;
  for (; csv.next(); ++count) {
    Index row = 0;
    for (std::size_t j = 0; j < csv.column_count(); ++j) {
      if (j != label) data.inputs(row++, count) = csv.number(j);
    }
    if (rules.kind == LabelKind::number) {
      labels.add(csv.number(label));
    } else {
      labels.add(csv.text(label), csv);
    }
  }
  data.inputs.conservativeResize(p, count);
  check_shape(data);
  labels.move_to(data);
  return data;
}

DataSet from_libsvm(const std::string& name, std::string_view text, const DataSetRules& rules) {
  if (!rules.label_column.empty()) {
    throw UsageError(fmt::format("'label' names a column of a CSV file, and {} is a LIBSVM file", name));
  }
  LibsvmReader file(name, text);
  Labels labels(rules);
  std::vector<LibsvmReader::Entry> entries;
  std::vector<std::size_t> ends;  // of each sample's entries
  Index p = 0;
  while (file.next()) {
    if (rules.kind == LabelKind::number) {
      labels.add(file.label_number());
    } else {
      labels.add(file.label(), file);
    }
    if (!file.entries().empty()) p = std::max<Index>(p, file.entries().back().feature + 1);
    entries.insert(entries.end(), file.entries().begin(), file.entries().end());
    ends.push_back(entries.size());
  }
  check_matrix_memory(name, static_cast<double>(ends.size()), static_cast<double>(p));
  DataSet data{.name = name, .inputs = Matrix::Zero(p, static_cast<Index>(ends.size()))};
  for (Index j = 0; j < p; ++j) data.features.push_back(fmt::format("{}", j + 1));
  std::size_t next = 0;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (; next < ends[i]; ++next) {
      data.inputs(entries[next].feature, static_cast<Index>(i)) = entries[next].value;
    }
  }
  check_shape(data);
  labels.move_to(data);
  return data;
}

// Is the second field of the first sample index:value?
bool is_libsvm(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    line = line.substr(0, line.find('#'));
    const std::size_t label = line.find_first_not_of(" \t\r");
    if (label == std::string_view::npos) continue;
    const std::size_t blank = std::min(line.find_first_of(" \t\r", label), line.size());
    const std::size_t index = std::min(line.find_first_not_of(" \t\r", blank), line.size());
    const std::size_t colon = line.find_first_not_of("0123456789", index);
    return colon != std::string_view::npos && colon > index && line[colon] == ':';
  }
  return false;
}

}  // namespace

const std::vector<std::string>& built_in_data_sets() {
  static const std::vector<std::string> names = {"breast_cancer", "diabetes", "digits", "iris", "wine"};
  return names;
}

DataSet parse_data_set(const std::string& name, std::string_view text, const DataSetRules& rules) {
  const bool libsvm =
      rules.format == DataFormat::libsvm || (rules.format == DataFormat::by_content && is_libsvm(text));
  return libsvm ? from_libsvm(name, text, rules) : from_csv(name, text, rules);
}

bool is_data_set_or_file(const std::string& name_or_path) {
  const std::vector<std::string>& known = built_in_data_sets();
  return std::count(known.begin(), known.end(), name_or_path) > 0 || std::filesystem::exists(name_or_path);
}

DataSet read_data_set(const std::string& name_or_path, const DataSetRules& rules) {
  const std::vector<std::string>& known = built_in_data_sets();
  if (std::find(known.begin(), known.end(), name_or_path) != known.end()) {
    return parse_data_set(name_or_path, built_in_data("learning/" + name_or_path + ".csv"), rules);
  }
  if (!std::filesystem::exists(name_or_path)) {
    throw InputError(fmt::format("there is no file '{}', nor is it one of {}{}", name_or_path,
                                 fmt::join(known, ", "), did_you_mean(name_or_path, known)));
  }
  return parse_data_set(name_or_path, read_text_file(name_or_path), rules);
}

}  // namespace optbed
