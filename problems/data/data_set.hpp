// Samples with a label each: a data set of the library, a CSV file or a LIBSVM file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

enum class DataFormat { by_content, csv, libsvm };
enum class LabelKind { number, class_name };

// What is expected of a data set.
struct DataSetRules {
  DataFormat format = DataFormat::by_content;
  std::string label_column = {};  // of a CSV file, by name or number; the last one where empty
  LabelKind kind = LabelKind::class_name;
  Index most_classes = 1024;
  std::string many_classes_remedy = {};  // what an error says where there are more
};

// Sample i is column i of the inputs (p x N). Of labels that are numbers there are targets (N); of classes, for
// each sample its class, 0 … K-1 (N), and their names (K >= 2). Classes are sorted: by value where all names
// are numbers, and by the alphabet otherwise.
struct DataSet {
  std::string name;
  std::vector<std::string> features = {};  // their names (p)
  Matrix inputs = {};
  Vector targets = {};
  std::vector<Index> classes = {};
  std::vector<std::string> class_names = {};

  Index size() const { return inputs.cols(); }
};

// The names of the data sets that are part of the library: those of problems/data/learning.
const std::vector<std::string>& built_in_data_sets();

// Is it one of those, or a file that is there?
bool is_data_set_or_file(const std::string& name_or_path);

// Reads one of those, or else the file of this path. By its content a file is LIBSVM's where the second field
// of its first sample is index:value. Every column of a CSV file but the label's is a feature. Throws
//   InputError  naming the file and the line, where a row is ragged, a value is missing or not a number, or
//               a label is not one of so many classes; where there is no sample, no feature or one class
//               only; where the file, or the matrix that it would make, is larger than the machine's memory;
//   UsageError  where it has no such column.
DataSet read_data_set(const std::string& name_or_path, const DataSetRules& rules);

// The same of a text, which errors call `name`.
DataSet parse_data_set(const std::string& name, std::string_view text, const DataSetRules& rules);

}  // namespace optbed
