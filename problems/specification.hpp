// `name:key=value,key=value`: how a person writes a problem or a solver.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace optbed {

using KeyValues = std::vector<std::pair<std::string, std::string>>;

struct Specification {
  std::string name;
  KeyValues options;
};

// Splits `name:key=value,…`. A list inside a value is separated by ';'. A value that holds a comma stands in
// double quotes, or has it within parentheses. Throws UsageError where it does not have this form or a key is
// given twice.
Specification parse_specification(std::string_view text);

}  // namespace optbed
