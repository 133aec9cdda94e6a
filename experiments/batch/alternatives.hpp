// Strings of problems and solvers made of others: `quadratic:n=10|100,kappa=10|1e4` stands for four.
#pragma once

#include <string>
#include <vector>

namespace optbed {

// Every combination of the values that are separated by |; the last option varies fastest. A text without a |
// is left as it is. Throws UsageError where it has not the form name:key=value,… or a value is empty.
std::vector<std::string> alternatives(const std::string& text);

// The string with one option more. The value stands in double quotes where parse_specification needs them.
std::string with_option(const std::string& specification, const std::string& key, const std::string& value);

}  // namespace optbed
